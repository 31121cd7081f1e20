package io.tieout.engine.plan;

import java.util.List;
import java.util.Optional;

/// What the values of a field are, with how each side writes them.
public sealed interface FieldType {
    /// The type as a plan writes it.
    String word();

    /// Text, compared after cleaning.
    record Text() implements FieldType {
        @Override
        public String word() {
            return "text";
        }
    }

    /// Money: an exact decimal with a currency. Two amounts in different currencies never agree,
    /// whatever the comparison.
    record Amount(
            CurrencyOf left,
            CurrencyOf right,
            DecimalNotation leftNotation,
            DecimalNotation rightNotation)
            implements FieldType {
        @Override
        public String word() {
            return "amount";
        }

        /// Where a side's currency is found.
        public CurrencyOf currency(Side side) {
            return side == Side.LEFT ? left : right;
        }

        /// How a side writes the amount.
        public DecimalNotation notation(Side side) {
            return side == Side.LEFT ? leftNotation : rightNotation;
        }
    }

    /// An exact decimal without a currency: a quantity, a rate.
    record Quantity(DecimalNotation leftNotation, DecimalNotation rightNotation)
            implements FieldType {
        @Override
        public String word() {
            return "number";
        }

        /// How a side writes the number.
        public DecimalNotation notation(Side side) {
            return side == Side.LEFT ? leftNotation : rightNotation;
        }
    }

    /// A calendar day.
    ///
    /// @param leftPatterns patterns of `java.time.format.DateTimeFormatter`, tried in order; empty:
    /// ISO 8601 (`2026-11-23`) and whatever the format of the source itself marks as a date
    /// @param rightPatterns the same for the right side
    record Date(List<String> leftPatterns, List<String> rightPatterns) implements FieldType {
        public Date {
            leftPatterns = List.copyOf(leftPatterns);
            rightPatterns = List.copyOf(rightPatterns);
        }

        @Override
        public String word() {
            return "date";
        }

        /// How a side writes the date.
        public List<String> patterns(Side side) {
            return side == Side.LEFT ? leftPatterns : rightPatterns;
        }
    }

    /// A moment in time, to the microsecond; one without an offset is taken as UTC.
    ///
    /// @param leftPatterns as for [Date]; empty: ISO 8601 (`2026-11-23T18:59:29Z`)
    /// @param rightPatterns the same for the right side
    record DateTime(List<String> leftPatterns, List<String> rightPatterns) implements FieldType {
        public DateTime {
            leftPatterns = List.copyOf(leftPatterns);
            rightPatterns = List.copyOf(rightPatterns);
        }

        @Override
        public String word() {
            return "date-time";
        }

        /// How a side writes the moment.
        public List<String> patterns(Side side) {
            return side == Side.LEFT ? leftPatterns : rightPatterns;
        }
    }

    /// Where the currency of an amount is found.
    sealed interface CurrencyOf {
        /// No currency is known; such amounts agree with each other only.
        record None() implements CurrencyOf {}

        /// Every amount of the side is in one currency, by ISO 4217 code.
        record Fixed(String code) implements CurrencyOf {}

        /// A column of the side holds the code.
        record InColumn(String column) implements CurrencyOf {}
    }

    /// How a side writes a decimal.
    ///
    /// @param decimal the decimal mark: `.` or `,`
    /// @param grouping what separates thousands: `,`, `.`, `'`, space; empty: nothing may
    /// @param negated whether the written sign is the opposite of what is meant, as when a bank
    /// counts from its own side
    record DecimalNotation(char decimal, Optional<Character> grouping, boolean negated) {
        /// `1234.56`, where `1,234.56` is read too.
        public static final DecimalNotation DEFAULT =
                new DecimalNotation('.', Optional.of(','), false);
    }
}
