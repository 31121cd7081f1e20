package io.tieout.server.result;

import static org.assertj.core.api.Assertions.assertThat;

import io.tieout.engine.plan.Side;
import io.tieout.server.job.ReconciledSide;
import io.tieout.server.result.ResultStatus.Holding;
import io.tieout.server.result.TestingJobs.Done;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// Finds every record of a job again, and adds up what it finds, apart from what decisions keep.
public final class LedgerCheck {
    private static final String ALL =
            "select "
                    + ResultRow.COLUMNS
                    + " from reconciliation_results r where segment = :segment and place >= :first and place < :after";

    private final Done job;
    private final KeptOutcome outcome;
    private final Shelves shelves;
    private final List<ResultRow> rows;

    private LedgerCheck(Handle handle, Done job) {
        this.job = job;
        this.outcome = Outcomes.ofJob(handle, job.id());
        this.shelves = Shelves.read(handle, outcome.jobNumber(), outcome.projectId());
        this.rows =
                handle.createQuery(ALL)
                        .bind("segment", outcome.segment())
                        .bind("first", Places.place(outcome.jobNumber(), 0))
                        .bind("after", Places.place(outcome.jobNumber() + 1, 0))
                        .map((row, _) -> ResultRow.of(row))
                        .list();
    }

    /// How many results the job has, those that were undone included.
    public static long size(Handle handle, Done job) {
        return Outcomes.ofJob(handle, job.id()).nextPosition();
    }

    /// Everything that decisions can change, but for versions: equal when nothing has changed.
    public static List<String> state(Handle handle, Done job) {
        LedgerCheck check = new LedgerCheck(handle, job);
        return check.rows.stream()
                .filter(row -> check.shelves.traits(row.shelf()).isShown())
                .map(
                        row ->
                                row.place()
                                        + " "
                                        + check.shelves.traits(row.shelf())
                                        + row.assigneeId()
                                        + row.linked()
                                        + row.pending()
                                        + row.lastDecision()
                                        + row.commentCount())
                .sorted()
                .toList();
    }

    /// Checks that every record is in one place, and that totals and counts say so.
    public static void check(Handle handle, Done job) {
        LedgerCheck check = new LedgerCheck(handle, job);
        check.checkTally();
        check.checkCounts();
    }

    private record Held(Side side, long reference) {}

    private Map<Held, Holding> held() {
        Map<Held, Holding> held = new HashMap<>();
        for (ResultRow row : rows) {
            Traits traits = shelves.traits(row.shelf());
            Holding holding = traits.holding();
            if (holding == Holding.NONE) {
                continue;
            }
            if (traits.kind() == Traits.Kind.BREAK) {
                hold(held, traits.requiredSide(), row.record(), holding);
            } else if (row.record() != null) {
                hold(held, Side.LEFT, row.record(), holding);
                hold(held, Side.RIGHT, row.otherRecord(), holding);
            } else {
                for (ResultRow member : rows) {
                    Traits of = shelves.traits(member.shelf());
                    if (of.isMember() && member.place() == row.place()) {
                        hold(held, of.requiredSide(), member.record(), holding);
                    }
                }
            }
        }
        return held;
    }

    private static void hold(
            Map<Held, Holding> held, Side side, @Nullable Long record, Holding holding) {
        assertThat(record).isNotNull();
        assertThat(held.put(new Held(side, Objects.requireNonNull(record)), holding))
                .as("%s record %s is in one place", side, record)
                .isNull();
    }

    private void checkTally() {
        HeadlineAmounts amounts =
                new HeadlineAmounts(
                        job.inputs().plan().plan(),
                        job.inputs().left().table(),
                        job.inputs().right().table());
        Map<Held, Holding> held = held();
        Map<String, BigDecimal> expected = new TreeMap<>();
        int records = 0;
        for (Side side : Side.values()) {
            ReconciledSide of = job.inputs().side(side);
            records += of.table().rows();
            for (int row = 0; row < of.table().rows(); row++) {
                Holding holding = held.get(new Held(side, of.reference(row)));
                assertThat(holding).as("%s row %s is somewhere", side, row).isNotNull();
                long units = amounts.units(side, row);
                String line = side + amounts.currency(amounts.currency(side, row));
                expected.merge(line + " " + holding, BigDecimal.ONE, BigDecimal::add);
                expected.merge(
                        line + " amount " + holding,
                        units == HeadlineAmounts.ABSENT
                                ? BigDecimal.ZERO
                                : BigDecimal.valueOf(units, amounts.scale()),
                        BigDecimal::add);
            }
        }
        assertThat(held).hasSize(records);
        Map<String, BigDecimal> told = new TreeMap<>();
        for (Tally.Line line : outcome.now().lines()) {
            String name = line.side() + line.currency();
            tell(told, name, Holding.MATCHED, line.matched(), line.amountMatched());
            tell(told, name, Holding.OPEN, line.open(), line.amountOpen());
            tell(told, name, Holding.WRITTEN_OFF, line.writtenOff(), line.amountWrittenOff());
        }
        assertThat(plain(told)).isEqualTo(plain(expected));
    }

    private static void tell(
            Map<String, BigDecimal> told,
            String name,
            Holding holding,
            long count,
            BigDecimal amount) {
        if (count != 0) {
            told.put(name + " " + holding, BigDecimal.valueOf(count));
            told.put(name + " amount " + holding, amount);
        } else {
            assertThat(amount).isZero();
        }
    }

    private static Map<String, String> plain(Map<String, BigDecimal> amounts) {
        Map<String, String> plain = new TreeMap<>();
        amounts.forEach(
                (name, value) ->
                        plain.put(
                                name,
                                value.signum() == 0
                                        ? "0"
                                        : value.stripTrailingZeros().toPlainString()));
        return plain;
    }

    private void checkCounts() {
        Map<Long, Long> counts = new HashMap<>();
        rows.forEach(row -> counts.merge(row.shelf(), 1L, Long::sum));
        for (Shelf shelf : shelves.results()) {
            assertThat(shelf.count())
                    .as("%s", shelf)
                    .isEqualTo(counts.getOrDefault(shelf.number(), 0L));
        }
        Map<String, Long> open = new TreeMap<>();
        for (ResultRow row : rows) {
            Traits traits = shelves.traits(row.shelf());
            if (traits.kind() == Traits.Kind.BREAK && traits.status() == ResultStatus.OPEN) {
                open.merge(String.valueOf(traits.breakKind()), 1L, Long::sum);
            }
        }
        Map<String, Long> told = new TreeMap<>();
        outcome.now().open().forEach(o -> told.merge(o.kind().toString(), o.count(), Long::sum));
        assertThat(told).isEqualTo(open);
    }
}
