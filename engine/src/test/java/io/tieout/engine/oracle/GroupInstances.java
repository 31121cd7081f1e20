package io.tieout.engine.oracle;

import io.tieout.engine.plan.Cardinality;
import io.tieout.engine.plan.Comparison;
import io.tieout.engine.plan.FieldComparison;
import io.tieout.engine.plan.Pass;
import io.tieout.engine.plan.Pass.Status;
import io.tieout.engine.plan.Tolerance;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Provide;
import net.jqwik.api.domains.DomainContextBase;

/// Small instances whose passes match groups that share a batch, a reference, or both.
final class GroupInstances extends DomainContextBase {
    @Provide
    Arbitrary<Instance> grouped() {
        return Instances.instances(pass().list().ofMinSize(1).ofMaxSize(2), Instances.rows(6));
    }

    private static Arbitrary<Pass> pass() {
        return Combinators.combine(
                        Arbitraries.of(
                                Cardinality.MANY_TO_ONE,
                                Cardinality.ONE_TO_MANY,
                                Cardinality.MANY_TO_MANY),
                        Arbitraries.of(
                                List.of("batch"), List.of("reference"), List.of("batch", "date")),
                        sumLimits(),
                        exactOrPart().optional(0.5),
                        Instances.ofDate().optional(0.5))
                .as(GroupInstances::pass);
    }

    private static Pass pass(
            Cardinality cardinality,
            List<String> together,
            Comparison sum,
            Optional<Comparison> reference,
            Optional<Comparison> date) {
        List<FieldComparison> match = new ArrayList<>();
        boolean all = reference.isPresent() && date.isPresent();
        match.add(new FieldComparison("amount", sum, all ? 2 : 1));
        reference.ifPresent(c -> match.add(new FieldComparison("reference", c)));
        date.ifPresent(c -> match.add(new FieldComparison("date", c)));
        return new Pass(
                "pass",
                cardinality,
                cardinality == Cardinality.ONE_TO_MANY ? List.of() : together,
                cardinality == Cardinality.MANY_TO_ONE ? List.of() : together,
                match,
                Status.CONFIRMED);
    }

    static Arbitrary<Comparison> sumLimits() {
        Tolerance none = TestingPasses.absolute("0");
        return Arbitraries.of(
                new Comparison.Sum(new Comparison.Within(none)),
                new Comparison.Sum(new Comparison.Within(none)),
                new Comparison.Sum(new Comparison.Within(TestingPasses.absolute("4"))),
                new Comparison.Sum(new Comparison.Within(TestingPasses.absolute("20"), none)));
    }

    private static Arbitrary<Comparison> exactOrPart() {
        return Arbitraries.of(
                new Comparison.Exact(), new Comparison.Exact(), new Comparison.Contains());
    }
}
