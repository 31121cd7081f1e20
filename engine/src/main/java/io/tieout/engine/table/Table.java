package io.tieout.engine.table;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The records of one side: a column for each field of the plan, a text column for each further
/// column that passes group by, and the records' keys. Immutable.
public final class Table {
    /// Rows are counted by an `int`.
    public static final int MAX_ROWS = Integer.MAX_VALUE - 64;

    private final int rows;
    private final @Nullable TextColumn keys;
    private final int @Nullable [] rowNumbers;
    private final Map<String, Column> fields;
    private final Map<String, TextColumn> groupings;

    /// @param rows how many records, at most [#MAX_ROWS]
    /// @param keys the records' keys, which whoever makes the table knows to be distinct; null: the
    /// row number names a record
    /// @param rowNumbers the number in its source of each row, from 1, and ascending where it names
    /// the record; null: row `i` is number `i + 1`, as when nothing was rejected
    /// @param fields a column for each field of the plan, by the field's name
    /// @param groupings a column for each name in a pass's `together` that is no field
    public Table(
            int rows,
            @Nullable TextColumn keys,
            int @Nullable [] rowNumbers,
            Map<String, Column> fields,
            Map<String, TextColumn> groupings) {
        this.rows = rows;
        this.keys = keys;
        this.rowNumbers = rowNumbers == null ? null : rowNumbers.clone();
        this.fields = Map.copyOf(fields);
        this.groupings = Map.copyOf(groupings);
        fields.forEach((name, column) -> requireRows(name, column.rows()));
        groupings.forEach((name, column) -> requireRows(name, column.rows()));
        requireRows("key", keys == null ? rows : keys.rows());
        requireRows("row numbers", rowNumbers == null ? rows : rowNumbers.length);
    }

    private void requireRows(String what, int actual) {
        if (actual != rows) {
            throw new IllegalArgumentException(
                    what + " has " + actual + " rows, the table " + rows);
        }
    }

    /// How many records.
    public int rows() {
        return rows;
    }

    /// The records' keys; null when the row number names them.
    public @Nullable TextColumn keys() {
        return keys;
    }

    /// The record's key as outcome files write it.
    public String key(int row) {
        return keys == null ? Integer.toString(rowNumber(row)) : keys.text(row);
    }

    /// The record's number in its source, from 1, counting rejected ones.
    public int rowNumber(int row) {
        return rowNumbers == null ? row + 1 : rowNumbers[row];
    }

    /// The values of a field of the plan.
    ///
    /// @throws IllegalArgumentException if the table lacks the field
    public Column field(String name) {
        Column column = fields.get(name);
        if (column == null) {
            throw new IllegalArgumentException("the table has no field " + name);
        }
        return column;
    }

    /// The values that a name in a pass's `together` stands for: a field of the plan, or else a
    /// further column.
    ///
    /// @throws IllegalArgumentException if the table lacks it
    public Column grouping(String name) {
        Column field = fields.get(name);
        if (field != null) {
            return field;
        }
        Column column = groupings.get(name);
        if (column == null) {
            throw new IllegalArgumentException("the table has no column " + name + " to group by");
        }
        return column;
    }
}
