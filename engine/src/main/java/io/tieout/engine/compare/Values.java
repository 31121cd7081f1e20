package io.tieout.engine.compare;

import io.tieout.engine.table.AmountColumn;
import io.tieout.engine.table.Column;
import io.tieout.engine.table.DateColumn;
import io.tieout.engine.table.DateTimeColumn;
import io.tieout.engine.table.TextColumn;

/// The values of an amount, date or date-time column as whole numbers in its own smallest unit.
public interface Values {
    /// The row's value; meaningless when absent.
    long at(int row);

    /// The numbers of a column.
    ///
    /// @throws IllegalArgumentException for text, which has none
    static Values of(Column column) {
        return switch (column) {
            case AmountColumn amounts -> amounts::unscaled;
            case DateColumn dates -> dates::day;
            case DateTimeColumn moments -> moments::micros;
            case TextColumn _ -> throw new IllegalArgumentException("text is not a number");
        };
    }
}
