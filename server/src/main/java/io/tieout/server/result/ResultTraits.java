package io.tieout.server.result;

import io.tieout.engine.plan.Pass.Status;
import io.tieout.engine.plan.Side;

/// The traits of results as one number each, and back. A currency is its code.
final class ResultTraits {
    private static final int KIND_BITS = 2;
    private static final int SIGN_BITS = 2;
    private static final int CURRENCY_BITS = 16;
    private static final int PASS_BITS = 8;
    private static final int CHOICE_BITS = 2;
    private static final int BREAK = 0;
    private static final int MATCH = 1;
    private static final int MEMBER = 2;

    private static final Side[] SIDES = Side.values();
    private static final BreakKind[] KINDS = BreakKind.values();
    private static final Cardinality[] CARDINALITIES = Cardinality.values();

    private final HeadlineAmounts amounts;

    ResultTraits(HeadlineAmounts amounts) {
        this.amounts = amounts;
    }

    static long ofBreak(Side side, BreakKind kind, int currency, int sign) {
        long code = kind.ordinal();
        code = (code << 1) | side.ordinal();
        return (amount(code, currency, sign) << KIND_BITS) | BREAK;
    }

    static long ofMember(Side side, int currency, int sign) {
        return (amount(side.ordinal(), currency, sign) << KIND_BITS) | MEMBER;
    }

    static long ofMatch(
            int pass,
            Status status,
            boolean ambiguous,
            Cardinality cardinality,
            int currency,
            int otherCurrency,
            int sign) {
        long code = pass;
        code = (code << 1) | (status == Status.SUGGESTED ? 1 : 0);
        code = (code << 1) | (ambiguous ? 1 : 0);
        code = (code << CHOICE_BITS) | cardinality.ordinal();
        code = (code << CURRENCY_BITS) | otherCurrency;
        return (amount(code, currency, sign) << KIND_BITS) | MATCH;
    }

    private static long amount(long code, int currency, int sign) {
        return (((code << CURRENCY_BITS) | currency) << SIGN_BITS) | (sign + 1);
    }

    Traits of(long code) {
        int sign = (int) bits(code, KIND_BITS, SIGN_BITS) - 1;
        int shift = KIND_BITS + SIGN_BITS;
        String currency = amounts.currency((int) bits(code, shift, CURRENCY_BITS));
        long rest = code >>> (shift + CURRENCY_BITS);
        return switch ((int) bits(code, 0, KIND_BITS)) {
            case BREAK ->
                    Traits.ofBreak(
                            ResultStatus.OPEN,
                            SIDES[(int) bits(rest, 0, 1)],
                            KINDS[(int) (rest >>> 1)],
                            currency,
                            sign);
            case MEMBER -> Traits.ofMember(SIDES[(int) rest], currency, sign);
            default -> match(rest, currency, sign);
        };
    }

    private Traits match(long rest, String currency, int sign) {
        long code = rest >>> CURRENCY_BITS;
        long flags = code >>> CHOICE_BITS;
        return Traits.ofMatch(
                bits(flags, 1, 1) == 1 ? ResultStatus.SUGGESTED : ResultStatus.CONFIRMED,
                (int) bits(flags, 2, PASS_BITS),
                CARDINALITIES[(int) bits(code, 0, CHOICE_BITS)],
                bits(flags, 0, 1) == 1,
                currency,
                amounts.currency((int) bits(rest, 0, CURRENCY_BITS)),
                sign);
    }

    private static long bits(long code, int shift, int count) {
        return (code >>> shift) & ((1L << count) - 1);
    }
}
