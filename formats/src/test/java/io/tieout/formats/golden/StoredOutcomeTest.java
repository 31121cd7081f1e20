package io.tieout.formats.golden;

import static org.assertj.core.api.Assertions.assertThat;

import io.tieout.engine.outcome.Outcome;
import io.tieout.engine.plan.Side;
import io.tieout.engine.run.Progress;
import io.tieout.engine.run.Reconciler;
import io.tieout.engine.run.RunLimits;
import io.tieout.formats.TestingStore;
import io.tieout.formats.plan.PlanFile;
import io.tieout.formats.source.ReadOptions;
import io.tieout.formats.source.RowOptions;
import io.tieout.formats.source.SourceInput;
import io.tieout.formats.source.SourceRead;
import io.tieout.formats.source.SourceReader;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// An outcome does not tell whether its records came straight from files or were stored before.
class StoredOutcomeTest {
    private static final Path EXAMPLES = Path.of("..", "examples");

    record Job(String name, Path plan, Path left, Path right) {
        @Override
        public String toString() {
            return name;
        }
    }

    static List<Job> jobs() {
        Path invoices = EXAMPLES.resolve("invoices-and-payments");
        Path ledger = EXAMPLES.resolve("ledger-and-bank");
        return Stream.concat(
                        Stream.of(
                                new Job(
                                        "invoices and payments",
                                        invoices.resolve("plan.yaml"),
                                        invoices.resolve("invoices.csv"),
                                        invoices.resolve("payments.jsonl")),
                                new Job(
                                        "ledger and bank",
                                        ledger.resolve("plan.yaml"),
                                        ledger.resolve("ledger.csv"),
                                        ledger.resolve("bank.csv"))),
                        GoldenCase.all().stream()
                                .map(
                                        golden ->
                                                new Job(
                                                        golden.toString(),
                                                        golden.folder().resolve("plan.yaml"),
                                                        golden.folder().resolve("left.csv"),
                                                        golden.folder().resolve("right.csv"))))
                .toList();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("jobs")
    void storedRowsComeToTheSameOutcome(Job job) {
        PlanFile plan = PlanFile.read(job.plan());
        Outcome straight =
                run(
                        plan,
                        straight(plan, Side.LEFT, job.left()),
                        straight(plan, Side.RIGHT, job.right()));
        Outcome stored =
                run(
                        plan,
                        stored(plan, Side.LEFT, job.left()),
                        stored(plan, Side.RIGHT, job.right()));
        assertThat(stored.digest()).isEqualTo(straight.digest());
        assertThat(stored.matches().size()).isEqualTo(straight.matches().size());
    }

    private static SourceRead straight(PlanFile plan, Side side, Path source) {
        return SourceReader.read(SourceInput.file(source), plan.plan(), side, ReadOptions.DEFAULT);
    }

    private static SourceRead stored(PlanFile plan, Side side, Path source) {
        return TestingStore.of(SourceInput.file(source), RowOptions.DEFAULT)
                .table(plan.plan(), side, 0, 2);
    }

    private static Outcome run(PlanFile plan, SourceRead left, SourceRead right) {
        return new Reconciler(() -> 0)
                .run(plan.plan(), left.table(), right.table(), RunLimits.threads(1), Progress.NONE);
    }
}
