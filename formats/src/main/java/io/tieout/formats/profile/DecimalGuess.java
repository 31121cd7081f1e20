package io.tieout.formats.profile;

import io.tieout.engine.plan.FieldType.DecimalNotation;
import io.tieout.formats.source.CellKind;
import io.tieout.formats.source.DecimalParser;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Finds out in which notation all values of a column are decimals.
final class DecimalGuess {
    private static final int IDENTIFIER_DIGITS = 15;
    private static final byte NO_MARK = 0;
    private static final byte OTHER = 1;
    private static final DecimalNotation PLAIN = new DecimalNotation('.', Optional.empty(), false);

    /// Those that plans have words for, the likely ones first.
    private static final List<DecimalNotation> NOTATIONS =
            List.of(
                    DecimalNotation.DEFAULT,
                    new DecimalNotation(',', Optional.of('.'), false),
                    new DecimalNotation(',', Optional.of(' '), false),
                    new DecimalNotation('.', Optional.of('\''), false),
                    new DecimalNotation('.', Optional.of(' '), false));

    private final List<Candidate> candidates = new ArrayList<>();
    private final DecimalParser marked = new DecimalParser(PLAIN);
    private boolean identifiers;
    private boolean signs;

    DecimalGuess() {
        NOTATIONS.forEach(notation -> candidates.add(new Candidate(notation)));
    }

    /// The values are no decimals.
    void refuse() {
        candidates.clear();
    }

    void add(byte[] bytes, int from, int to, byte kind) {
        if (candidates.isEmpty()) {
            return;
        }
        if (kind == CellKind.DATE) {
            refuse();
        } else if (kind != CellKind.TEXT) {
            addMarked(bytes, from, to);
        } else {
            addText(bytes, from, to);
        }
    }

    private void addMarked(byte[] bytes, int from, int to) {
        if (marked.parse(bytes, from, to) != null) {
            refuse();
            return;
        }
        candidates.forEach(c -> c.take(marked.unscaled(), marked.scale()));
    }

    private void addText(byte[] bytes, int from, int to) {
        if (isIdentifier(bytes, from, to)) {
            identifiers = true;
            refuse();
            return;
        }
        byte mark = onlyMark(bytes, from, to);
        Candidate first = null;
        for (int i = 0; i < candidates.size(); i++) {
            Candidate candidate = candidates.get(i);
            // Digits with a decimal mark alone are the same number in each notation that has it.
            boolean same = first != null && first.reads(mark) && candidate.reads(mark);
            if (!same && candidate.parser.parse(bytes, from, to) != null) {
                candidates.remove(i--);
                continue;
            }
            DecimalParser parser = same && first != null ? first.parser : candidate.parser;
            if (first == null) {
                first = candidate;
            } else if (!same) {
                candidate.differs |=
                        parser.unscaled() != first.parser.unscaled()
                                || parser.scale() != first.parser.scale();
            }
            candidate.take(parser.unscaled(), parser.scale());
        }
        signs |= mark == OTHER && first != null && hasCurrencySign(bytes, from, to);
    }

    /// The one mark among the digits: a point, a comma, [#NO_MARK]; or [#OTHER], where there is
    /// more to it.
    private static byte onlyMark(byte[] bytes, int from, int to) {
        byte mark = NO_MARK;
        for (int i = from; i < to; i++) {
            byte b = bytes[i];
            if (b == '.' || b == ',') {
                if (mark != NO_MARK) {
                    return OTHER;
                }
                mark = b;
            } else if ((b < '0' || b > '9') && (b != '-' || i != from)) {
                return OTHER;
            }
        }
        return mark;
    }

    /// Whether the text is digits that no number is written with.
    private static boolean isIdentifier(byte[] bytes, int from, int to) {
        boolean zero = to - from > 1 && bytes[from] == '0';
        if (!zero && to - from <= IDENTIFIER_DIGITS) {
            return false;
        }
        for (int i = from; i < to; i++) {
            if (bytes[i] < '0' || bytes[i] > '9') {
                return false;
            }
        }
        return true;
    }

    private static boolean hasCurrencySign(byte[] bytes, int from, int to) {
        for (int i = from; i < to; i++) {
            byte next = i + 1 < to ? bytes[i + 1] : 0;
            if (bytes[i] == '$'
                    || (bytes[i] == (byte) 0xC2 && (next == (byte) 0xA3 || next == (byte) 0xA5))
                    || (bytes[i] == (byte) 0xE2 && next == (byte) 0x82)) {
                return true;
            }
        }
        return false;
    }

    /// The type, where all values are decimals.
    Optional<ColumnType> type() {
        if (candidates.isEmpty() || identifiers) {
            return Optional.empty();
        }
        Candidate best = candidates.getFirst();
        List<DecimalNotation> alternatives =
                candidates.stream().filter(c -> c.differs).map(c -> c.notation).toList();
        boolean money = signs || (best.decimals >= 1 && best.decimals <= 3);
        return Optional.of(
                new ColumnType.Decimal(money, best.notation, best.decimals, alternatives));
    }

    String min() {
        return candidates.getFirst().min.toPlainString();
    }

    String max() {
        return candidates.getFirst().max.toPlainString();
    }

    /// One notation, in which all values so far could be read.
    private static final class Candidate {
        private static final long[] POWERS = {1, 10, 100, 1000, 10_000};
        private static final long LARGEST = Long.MAX_VALUE / 10_000;

        private final DecimalNotation notation;
        private final DecimalParser parser;
        private boolean differs;
        private boolean any;
        private long minUnscaled;
        private long maxUnscaled;
        private int scale;
        private int decimals;
        private BigDecimal min = BigDecimal.ZERO;
        private BigDecimal max = BigDecimal.ZERO;

        Candidate(DecimalNotation notation) {
            this.notation = notation;
            parser = new DecimalParser(notation);
        }

        boolean reads(byte mark) {
            return mark == NO_MARK || mark == notation.decimal();
        }

        void take(long unscaled, int valueScale) {
            decimals = Math.max(decimals, valueScale);
            // Most values have no more decimals than those before, and few digits: then whole
            // numbers are compared.
            if (valueScale <= scale && isWithin(unscaled, scale - valueScale)) {
                return;
            }
            BigDecimal value = BigDecimal.valueOf(unscaled, valueScale);
            if (!any || value.compareTo(min) < 0) {
                min = value;
            }
            if (!any || value.compareTo(max) > 0) {
                max = value;
            }
            any = true;
            scale = decimals;
            minUnscaled = bound(min, scale, RoundingMode.CEILING);
            maxUnscaled = bound(max, scale, RoundingMode.FLOOR);
        }

        private boolean isWithin(long unscaled, int zeros) {
            if (!any || zeros >= POWERS.length || Math.abs(unscaled) > LARGEST) {
                return false;
            }
            long value = unscaled * POWERS[zeros];
            return value >= minUnscaled && value <= maxUnscaled;
        }

        private static long bound(BigDecimal value, int scale, RoundingMode mode) {
            BigInteger whole = value.setScale(scale, mode).unscaledValue();
            return whole.bitLength() < Long.SIZE
                    ? whole.longValue()
                    : whole.signum() < 0 ? Long.MIN_VALUE : Long.MAX_VALUE;
        }
    }
}
