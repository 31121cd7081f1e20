package io.tieout.server.result;

import io.tieout.engine.plan.Side;
import io.tieout.server.result.ResultStatus.Holding;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What the results on one shelf have in common, and other shelves' have not.
///
/// @param kind what they are
/// @param status how far they are
/// @param side of a break, or of a record of a match
/// @param breakKind of a break
/// @param pass of a match, an index into the plan's passes; [#BY_HAND] for one made by hand, and
/// for what is no match
/// @param cardinality of a match
/// @param ambiguous whether another match would have been as good
/// @param currency of the amount: a break's own, a match's left one; empty where there is none, or
/// where there are several
/// @param otherCurrency of a match's right amount
/// @param sign of the amount: -1 below zero, 1 from zero on, 0 where there is none
record Traits(
        Kind kind,
        ResultStatus status,
        @Nullable Side side,
        @Nullable BreakKind breakKind,
        int pass,
        @Nullable Cardinality cardinality,
        boolean ambiguous,
        String currency,
        String otherCurrency,
        int sign) {
    /// No pass: a match made by hand.
    static final int BY_HAND = -1;

    /// What lies on a shelf.
    enum Kind {
        BREAK,
        MATCH,
        /// Records of matches of more than two, at the places of these.
        MEMBER
    }

    static Traits ofBreak(
            ResultStatus status, Side side, BreakKind breakKind, String currency, int sign) {
        return new Traits(
                Kind.BREAK, status, side, breakKind, BY_HAND, null, false, currency, "", sign);
    }

    static Traits ofMatch(
            ResultStatus status,
            int pass,
            Cardinality cardinality,
            boolean ambiguous,
            String currency,
            String otherCurrency,
            int sign) {
        return new Traits(
                Kind.MATCH,
                status,
                null,
                null,
                pass,
                cardinality,
                ambiguous,
                currency,
                otherCurrency,
                sign);
    }

    static Traits ofMember(Side side, String currency, int sign) {
        return new Traits(
                Kind.MEMBER,
                ResultStatus.CONFIRMED,
                side,
                null,
                BY_HAND,
                null,
                false,
                currency,
                "",
                sign);
    }

    Traits with(ResultStatus other) {
        return new Traits(
                kind,
                other,
                side,
                breakKind,
                pass,
                cardinality,
                ambiguous,
                currency,
                otherCurrency,
                sign);
    }

    boolean isMember() {
        return kind == Kind.MEMBER;
    }

    /// Whether lists show what is on the shelf.
    boolean isShown() {
        return kind != Kind.MEMBER && status != ResultStatus.UNDONE;
    }

    ResultKind resultKind() {
        return switch (kind) {
            case BREAK -> ResultKind.BREAK;
            case MATCH -> ResultKind.MATCH;
            case MEMBER -> throw new IllegalStateException("records are no results");
        };
    }

    /// Where the records of the results on the shelf count; the records of a match are held by it.
    Holding holding() {
        return isMember() ? Holding.NONE : status.holding();
    }

    Optional<Side> sideIfAny() {
        return Optional.ofNullable(side);
    }

    /// The side of a break or of a record of a match.
    Side requiredSide() {
        return sideIfAny().orElseThrow(() -> new IllegalStateException("a match has two sides"));
    }
}
