package io.tieout.formats.source;

/// The proleptic Gregorian calendar over ASCII digits, without an object a value.
final class Calendar {
    /// No such day.
    static final long NONE = Long.MIN_VALUE;

    private static final int[] DAYS_IN_MONTH = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

    private Calendar() {}

    /// Days since 1970-01-01, or [#NONE] when there is no such day. Howard Hinnant's
    /// `days_from_civil`.
    static long epochDay(int year, int month, int day) {
        if (year < 1 || year > 9999 || month < 1 || month > 12 || day < 1) {
            return NONE;
        }
        boolean leap = (year & 3) == 0 && (year % 100 != 0 || year % 400 == 0);
        if (day > DAYS_IN_MONTH[month - 1] + (leap && month == 2 ? 1 : 0)) {
            return NONE;
        }
        int y = month <= 2 ? year - 1 : year;
        int era = y / 400;
        int yearOfEra = y - era * 400;
        int dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
        int dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear;
        return era * 146_097L + dayOfEra - 719_468;
    }

    /// The number that `count` digits from `at` write; -1 when one of them is no digit.
    static int number(byte[] bytes, int at, int count) {
        int value = 0;
        for (int i = at; i < at + count; i++) {
            int digit = bytes[i] - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            value = value * 10 + digit;
        }
        return value;
    }

    /// The day that `yyyy-MM-dd` at `at` writes, or [#NONE]; ten bytes must be there.
    static long isoDay(byte[] bytes, int at) {
        if (bytes[at + 4] != '-' || bytes[at + 7] != '-') {
            return NONE;
        }
        int year = twoDigits(bytes, at) * 100 + twoDigits(bytes, at + 2);
        int month = twoDigits(bytes, at + 5);
        int day = twoDigits(bytes, at + 8);
        return epochDay(year, month, day);
    }

    /// The number that two digits write; what is far below zero when one of them is no digit, and
    /// stays so in a sum with another or a multiple of a hundred.
    private static int twoDigits(byte[] bytes, int at) {
        int tens = bytes[at] - '0';
        int ones = bytes[at + 1] - '0';
        // The sign of each is set where it is not from 0 to 9.
        int wrong = (tens | ones | (9 - tens) | (9 - ones)) >> 31;
        return tens * 10 + ones + wrong * 1_000_000;
    }
}
