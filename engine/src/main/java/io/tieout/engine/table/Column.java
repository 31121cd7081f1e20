package io.tieout.engine.table;

/// The values of one field on one side, by row. Immutable once built.
public sealed interface Column permits TextColumn, AmountColumn, DateColumn, DateTimeColumn {
    /// How many rows it has.
    int rows();

    /// Whether the row has no value.
    boolean isAbsent(int row);

    /// A 64-bit hash of the value, equal for equal values of any two columns of one type and one
    /// scale; any number for an absent one.
    long hash(int row);

    /// Whether two present values are the same.
    ///
    /// @param other a column of the same type, and for amounts of the same scale
    boolean same(int row, Column other, int otherRow);

    /// The value as people write it, ISO 8601 for dates; empty when absent.
    String text(int row);
}
