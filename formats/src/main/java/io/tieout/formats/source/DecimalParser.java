package io.tieout.formats.source;

import io.tieout.engine.plan.FieldType.DecimalNotation;
import org.jspecify.annotations.Nullable;

/// Reads decimals as ledgers write them: `1,234.50`, `1.234,50`, `(12.00)`, `12.00-`, `−12`,
/// `1.2E3`, `$5`, `5 €`. The result is exact or refused; a currency's sign is passed over, for the
/// plan says which currency it is. For one thread: it holds its last result.
public final class DecimalParser {
    static final String NOT_A_DECIMAL = "is not a decimal as the plan says this side writes them";
    static final String BAD_GROUPING =
            "has a thousands mark that does not stand before three digits; if it is the decimal"
                    + " mark, say so with `decimal` in the plan";
    static final String TOO_LONG = "has more than 18 significant digits, or 18 decimals";

    private static final int MAX_DIGITS = 18;
    private static final int MAX_EXPONENT = 99;

    /// More decimals than a currency has; zeros from here on come from the type of a database.
    private static final int USUAL_DECIMALS = 4;

    private final byte decimal;
    private final byte grouping;
    private final boolean negated;

    private byte[] text = new byte[0];
    private int at;
    private int end;
    private long unscaled;
    private int scale;

    /// @param notation how the decimals are written
    public DecimalParser(DecimalNotation notation) {
        decimal = (byte) notation.decimal();
        grouping = (byte) (notation.grouping().isPresent() ? notation.grouping().get() : 0);
        negated = notation.negated();
    }

    /// The last value, in units of `10^-scale()`.
    public long unscaled() {
        return unscaled;
    }

    /// Digits after the decimal mark of the last value, 0 to 18.
    public int scale() {
        return scale;
    }

    /// Reads `bytes[from..to)`, which must not be blank.
    ///
    /// @return null, or what is wrong with it
    public @Nullable String parse(byte[] bytes, int from, int to) {
        return isPlain(bytes, from, to) ? null : parseAny(bytes, from, to);
    }

    /// Reads what most amounts are: digits with at most a minus and a decimal mark.
    ///
    /// @return whether it was that, and within the limits
    private boolean isPlain(byte[] bytes, int from, int to) {
        boolean negative = from < to && bytes[from] == '-';
        int first = negative ? from + 1 : from;
        if (to - first > MAX_DIGITS + 1) {
            return false;
        }
        long value = 0;
        int mark = 0;
        for (int i = first; i < to; i++) {
            int digit = bytes[i] - '0';
            if (digit >= 0 && digit <= 9) {
                value = value * 10 + digit;
            } else if (bytes[i] == decimal && mark == 0) {
                mark = i + 1;
            } else {
                return false;
            }
        }
        int count = to - first - (mark > 0 ? 1 : 0);
        int decimals = mark > 0 ? to - mark : 0;
        if (count == 0 || count > MAX_DIGITS || decimals > USUAL_DECIMALS) {
            return false;
        }
        unscaled = negative ^ negated ? -value : value;
        scale = decimals;
        return true;
    }

    private @Nullable String parseAny(byte[] bytes, int from, int to) {
        text = bytes;
        at = from;
        end = to;
        trim();
        boolean stripped = stripCurrencySign();
        boolean negative = stripSign();
        if (!stripped) {
            stripCurrencySign();
        }
        @Nullable String wrong = digits();
        if (wrong == null && (negative ^ negated)) {
            unscaled = -unscaled;
        }
        return wrong;
    }

    /// Takes off blanks, also those that typography puts between an amount and its currency.
    private void trim() {
        for (int blank = blankAt(at); blank > 0; blank = blankAt(at)) {
            at += blank;
        }
        while (end > at && (text[end - 1] <= ' ' || text[end - 1] < 0)) {
            int length = 1;
            while (length < 3 && end - length > at && (text[end - length] & 0xC0) == 0x80) {
                length++;
            }
            if (blankAt(end - length) != length) {
                return;
            }
            end -= length;
        }
    }

    /// The length of the blank at a place before the end; 0 when there is none.
    private int blankAt(int place) {
        if (place >= end) {
            return 0;
        }
        byte b = text[place];
        if (b == ' ' || b == '\t') {
            return 1;
        }
        if (b == (byte) 0xC2) {
            return end - place >= 2 && text[place + 1] == (byte) 0xA0 ? 2 : 0;
        }
        return isTriple(place, 0x80, 0xAF) || isTriple(place, 0x80, 0x89) ? 3 : 0;
    }

    /// Takes one sign off: in front, behind, or as parentheses.
    private boolean stripSign() {
        if (at >= end) {
            return false;
        }
        boolean negative = false;
        byte first = text[at];
        byte last = text[end - 1];
        if (first == '(' && last == ')') {
            negative = true;
            at++;
            end--;
        } else if (first == '-' || first == '+') {
            negative = first == '-';
            at++;
        } else if (last == '-' || last == '+') {
            negative = last == '-';
            end--;
        } else if (isUnicodeMinus(at)) {
            negative = true;
            at += 3;
        } else if (end - at > 3 && isUnicodeMinus(end - 3)) {
            negative = true;
            end -= 3;
        }
        trim();
        return negative;
    }

    /// Takes one of $ £ ¥ € off, in front or behind: `$-5`, `-$5`, `5 €`.
    private boolean stripCurrencySign() {
        int before = end - at;
        int front = currencySignLength(at, end);
        at += front;
        for (int length = 1; front == 0 && length <= 3 && end - at > length; length++) {
            if (currencySignLength(end - length, end) == length) {
                end -= length;
                break;
            }
        }
        boolean stripped = end - at < before;
        trim();
        return stripped;
    }

    private int currencySignLength(int from, int to) {
        if (from >= to) {
            return 0;
        }
        int first = text[from] & 0xFF;
        int second = to - from > 1 ? text[from + 1] & 0xFF : 0;
        if (first == '$') {
            return 1;
        }
        if (first == 0xC2 && (second == 0xA3 || second == 0xA5)) {
            return 2;
        }
        boolean euro = first == 0xE2 && second == 0x82 && to - from > 2;
        return euro && (text[from + 2] & 0xFF) == 0xAC ? 3 : 0;
    }

    private boolean isUnicodeMinus(int i) {
        return isTriple(i, 0x88, 0x92);
    }

    private @Nullable String digits() {
        long value = 0;
        int decimals = 0;
        int significant = 0;
        int seen = 0;
        int sinceMark = 0;
        boolean grouped = false;
        boolean fraction = false;
        while (at < end) {
            int digit = text[at] - '0';
            if (digit >= 0 && digit <= 9) {
                at++;
                seen++;
                sinceMark++;
                if (significant == MAX_DIGITS || decimals == MAX_DIGITS) {
                    if (digit != 0 || !fraction) {
                        return TOO_LONG;
                    }
                    continue;
                }
                value = value * 10 + digit;
                significant += value > 0 ? 1 : 0;
                decimals += fraction ? 1 : 0;
            } else if (text[at] == decimal && !fraction) {
                if (grouped && sinceMark != 3) {
                    return BAD_GROUPING;
                }
                fraction = true;
                at++;
            } else if (!fraction && groupingLength() > 0) {
                // No one groups after a zero, so the mark of 0,500 is the decimal one.
                if (value == 0 || sinceMark > 3 || (grouped && sinceMark < 2)) {
                    return BAD_GROUPING;
                }
                at += groupingLength();
                grouped = true;
                sinceMark = 0;
            } else {
                break;
            }
        }
        if (seen == 0) {
            return NOT_A_DECIMAL;
        }
        if (grouped && !fraction && sinceMark != 3) {
            return BAD_GROUPING;
        }
        // A column's amounts share a scale, so decimals that say nothing would cost digits before
        // it.
        while (decimals > USUAL_DECIMALS && value % 10 == 0) {
            value /= 10;
            decimals--;
        }
        unscaled = value;
        scale = decimals;
        return at == end ? null : exponent();
    }

    /// How many bytes the thousands mark at the current place has; 0 when there is none. Blanks and
    /// apostrophes have typographic forms.
    private int groupingLength() {
        byte b = text[at];
        if (grouping == 0) {
            return 0;
        }
        if (b == grouping) {
            return 1;
        }
        if (grouping == ' ') {
            return b == '\t' ? 0 : blankAt(at);
        }
        return grouping == '\'' && isTriple(at, 0x80, 0x99) ? 3 : 0;
    }

    private boolean isTriple(int place, int second, int third) {
        return end - place >= 3
                && text[place] == (byte) 0xE2
                && text[place + 1] == (byte) second
                && text[place + 2] == (byte) third;
    }

    private @Nullable String exponent() {
        if ((text[at] | 0x20) != 'e' || ++at == end) {
            return NOT_A_DECIMAL;
        }
        boolean negative = text[at] == '-';
        at += negative || text[at] == '+' ? 1 : 0;
        int exponent = 0;
        if (at == end) {
            return NOT_A_DECIMAL;
        }
        for (; at < end; at++) {
            int digit = text[at] - '0';
            if (digit < 0 || digit > 9) {
                return NOT_A_DECIMAL;
            }
            exponent = Math.min(MAX_EXPONENT, exponent * 10 + digit);
        }
        return shift(negative ? -exponent : exponent);
    }

    private @Nullable String shift(int exponent) {
        scale -= exponent;
        while (scale > 0 && unscaled % 10 == 0 && (scale > MAX_DIGITS || exponent < 0)) {
            unscaled /= 10;
            scale--;
            if (unscaled == 0) {
                scale = 0;
            }
        }
        while (scale < 0) {
            if (unscaled >= 100_000_000_000_000_000L) {
                return TOO_LONG;
            }
            unscaled *= 10;
            scale++;
        }
        return scale > MAX_DIGITS ? TOO_LONG : null;
    }
}
