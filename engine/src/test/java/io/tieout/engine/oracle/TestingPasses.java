package io.tieout.engine.oracle;

import io.tieout.engine.plan.Cardinality;
import io.tieout.engine.plan.Comparison;
import io.tieout.engine.plan.FieldComparison;
import io.tieout.engine.plan.Pass;
import io.tieout.engine.plan.Pass.Status;
import io.tieout.engine.plan.Similarity;
import io.tieout.engine.plan.Tolerance;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;

/// Comparisons and passes in few words.
final class TestingPasses {
    private TestingPasses() {}

    static Pass oneToOne(String name, FieldComparison... match) {
        return new Pass(
                name,
                Cardinality.ONE_TO_ONE,
                List.of(),
                List.of(),
                List.of(match),
                Status.CONFIRMED);
    }

    static FieldComparison exact(String field) {
        return new FieldComparison(field, new Comparison.Exact());
    }

    static FieldComparison date(int before, int after) {
        return new FieldComparison("date", new Comparison.Within(days(before), days(after)));
    }

    static FieldComparison amount(Tolerance limit) {
        return new FieldComparison("amount", new Comparison.Within(limit));
    }

    static FieldComparison sum(Tolerance limit) {
        return new FieldComparison("amount", new Comparison.Sum(new Comparison.Within(limit)));
    }

    static FieldComparison similar(Similarity similarity, double atLeast) {
        return new FieldComparison("reference", new Comparison.Similar(similarity, atLeast));
    }

    static Tolerance days(int days) {
        return new Tolerance.Elapsed(Duration.ofDays(days));
    }

    static Tolerance absolute(String limit) {
        return new Tolerance.Absolute(new BigDecimal(limit));
    }

    static Tolerance percent(String percent) {
        return new Tolerance.Relative(new BigDecimal(percent));
    }
}
