package io.tieout.engine.plan;

/// How two values of one field must agree, with a score from 0 to 1 for how well they do. An absent
/// value agrees with nothing, not even with another absent one.
public sealed interface Comparison {
    /// Equal after cleaning. Score 1.
    record Exact() implements Comparison {}

    /// No farther apart than a limit, inclusive. Score 1 at equality, falling linearly to 0.5 at
    /// the limit.
    ///
    /// @param below how far the right value may lie below (before) the left value
    /// @param above how far the right value may lie above (after) the left value
    record Within(Tolerance below, Tolerance above) implements Comparison {
        /// The same limit both ways.
        public Within(Tolerance limit) {
            this(limit, limit);
        }
    }

    /// Similar text. Score: the similarity.
    ///
    /// @param atLeast the least similarity that agrees, above 0 and up to 1
    record Similar(Similarity similarity, double atLeast) implements Comparison {
        public Similar {
            if (!(atLeast > 0) || atLeast > 1) {
                throw new IllegalArgumentException(
                        "a similarity lies above 0 and up to 1, not at " + atLeast);
            }
        }
    }

    /// One text holds the other, whichever is longer. Score: the shorter length over the longer.
    record Contains() implements Comparison {}

    /// One text starts with the other, whichever is longer. Score: the shorter length over the
    /// longer.
    record StartsWith() implements Comparison {}

    /// One text ends with the other, whichever is longer. Score: the shorter length over the
    /// longer.
    record EndsWith() implements Comparison {}

    /// The amounts of a group add up to the other side's. Score as [Within].
    ///
    /// @param limit how far the sums may lie apart
    record Sum(Within limit) implements Comparison {}

    /// Why this comparison does not suit a type; empty if it does.
    default String objectionTo(FieldType type) {
        return switch (this) {
            case Exact _ -> "";
            case Within within -> {
                String below = within.below().objectionTo(type);
                yield below.isEmpty() ? within.above().objectionTo(type) : below;
            }
            case Similar _ -> textOnly("similar", type);
            case Contains _ -> textOnly("contains", type);
            case StartsWith _ -> textOnly("starts-with", type);
            case EndsWith _ -> textOnly("ends-with", type);
            case Sum sum ->
                    switch (type) {
                        case FieldType.Amount _, FieldType.Quantity _ ->
                                sum.limit().objectionTo(type);
                        case FieldType.Text _, FieldType.Date _, FieldType.DateTime _ ->
                                "`sum` needs an amount or a number, not type `" + type.word() + "`";
                    };
        };
    }

    private static String textOnly(String word, FieldType type) {
        return type instanceof FieldType.Text
                ? ""
                : "`" + word + "` compares text, not type `" + type.word() + "`";
    }
}
