package io.tieout.engine.plan;

/// How one field must agree in a pass.
///
/// @param field a field of the plan
/// @param comparison how its values must agree
/// @param weight how much its score counts in the candidate's weighted mean; positive, 1 unless
/// said
public record FieldComparison(String field, Comparison comparison, double weight) {
    public FieldComparison {
        if (!(weight > 0) || weight > 1_000_000) {
            throw new IllegalArgumentException(
                    "field "
                            + field
                            + ": a weight lies above 0 and up to 1,000,000, not at "
                            + weight);
        }
    }

    /// A comparison of weight 1.
    public FieldComparison(String field, Comparison comparison) {
        this(field, comparison, 1);
    }
}
