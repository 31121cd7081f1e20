package io.tieout.formats.profile;

import io.tieout.engine.plan.FieldType.DecimalNotation;
import java.util.List;

/// What the values of a column are, as a plan would say it: every value that is not empty can be
/// read so.
public sealed interface ColumnType {
    /// The type as a plan writes it; `empty` and `nested` are no types of a plan.
    String word();

    /// No row has a value.
    record Empty() implements ColumnType {
        @Override
        public String word() {
            return "empty";
        }
    }

    /// Texts, and identifiers of digits: with zeros in front, or of more than fifteen.
    record Text() implements ColumnType {
        @Override
        public String word() {
            return "text";
        }
    }

    /// Objects and arrays of JSON, which no plan reads; the members of objects are columns of their
    /// own.
    record Nested() implements ColumnType {
        @Override
        public String word() {
            return "nested";
        }
    }

    /// Exact decimals.
    ///
    /// @param money whether these look like amounts: with a currency's sign, or one to three
    /// decimals
    /// @param notation how they are written
    /// @param decimals most digits after the decimal mark
    /// @param alternatives other notations in which all values can be read, but some as other
    /// numbers: `1,234`
    record Decimal(
            boolean money,
            DecimalNotation notation,
            int decimals,
            List<DecimalNotation> alternatives)
            implements ColumnType {
        public Decimal {
            alternatives = List.copyOf(alternatives);
        }

        @Override
        public String word() {
            return money ? "amount" : "number";
        }
    }

    /// Calendar days.
    ///
    /// @param patterns for `format` in a plan; empty: none is needed
    /// @param alternatives what would read all values as well, but as other days, when it cannot be
    /// told which comes first, the day or the month
    record Date(List<String> patterns, List<String> alternatives) implements ColumnType {
        public Date {
            patterns = List.copyOf(patterns);
            alternatives = List.copyOf(alternatives);
        }

        @Override
        public String word() {
            return "date";
        }
    }

    /// Moments in time.
    ///
    /// @param patterns as for [Date]
    /// @param alternatives as for [Date]
    record DateTime(List<String> patterns, List<String> alternatives) implements ColumnType {
        public DateTime {
            patterns = List.copyOf(patterns);
            alternatives = List.copyOf(alternatives);
        }

        @Override
        public String word() {
            return "date-time";
        }
    }
}
