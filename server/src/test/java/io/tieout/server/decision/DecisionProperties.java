package io.tieout.server.decision;

import static org.assertj.core.api.Assertions.assertThat;

import io.tieout.server.database.Actor;
import io.tieout.server.database.Ids;
import io.tieout.server.database.RequestId;
import io.tieout.server.database.TestingDatabase;
import io.tieout.server.database.TestingPostgres;
import io.tieout.server.database.Work;
import io.tieout.server.problem.ProblemException;
import io.tieout.server.result.LedgerCheck;
import io.tieout.server.result.ResultStatus;
import io.tieout.server.result.ReviewedJob;
import io.tieout.server.result.ReviewedJob.Target;
import io.tieout.server.result.TestingJobs;
import io.tieout.server.result.TestingJobs.Done;
import io.tieout.server.result.TestingJobs.Owned;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.lifecycle.AfterContainer;
import org.jdbi.v3.core.Handle;

/// Whatever is decided and undone, in whatever order, every record of a job stays in one place, and
/// the totals and counts that are kept say so.
final class DecisionProperties {
    private static final int STEPS = 25;
    private static final String HEADER = "id,ref,amount,currency,date,batch\n";

    private static final TestingDatabase testing = TestingPostgres.database();
    private static final TestingJobs jobs = new TestingJobs(testing.database());
    private static final Owned owned = jobs.project();

    private final Decisions decisions = new Decisions(new Ids(Instant::now));

    @AfterContainer
    static void stop() {
        testing.close();
    }

    @Property(tries = 30)
    void everyRecordStaysInOnePlace(@ForAll long seed) {
        Random random = new Random(seed);
        Done job =
                jobs.run(
                        owned,
                        TestingJobs.PLAN,
                        jobs.source(owned, records(random, "L")),
                        jobs.source(owned, records(random, "P")));
        List<Taken> taken = new ArrayList<>();
        check(job);
        for (int step = 0; step < STEPS; step++) {
            if (random.nextInt(4) == 0 && !taken.isEmpty()) {
                undo(taken.get(random.nextInt(taken.size())));
            } else {
                take(job, random).ifPresent(taken::add);
            }
            check(job);
        }
    }

    @Property(tries = 10)
    void undoingInReverseLeavesNothingOfIt(@ForAll long seed) {
        Random random = new Random(seed);
        Done job =
                jobs.run(
                        owned,
                        TestingJobs.PLAN,
                        jobs.source(owned, records(random, "L")),
                        jobs.source(owned, records(random, "P")));
        List<String> before = as(handle -> LedgerCheck.state(handle, job));
        List<Taken> taken = new ArrayList<>();
        for (int step = 0; step < STEPS; step++) {
            take(job, random).ifPresent(taken::add);
        }
        for (Taken each : taken.reversed()) {
            as(
                    handle -> {
                        decisions.undo(handle, each.id(), owned.user());
                        return true;
                    });
        }
        List<String> after = as(handle -> LedgerCheck.state(handle, job));
        assertThat(after).isEqualTo(before);
        check(job);
    }

    private record Taken(UUID id) {}

    private static <T> T as(Work<T> work) {
        return testing.database().inApp(new Actor(owned.user(), new RequestId("test")), work);
    }

    private static void check(Done job) {
        as(
                handle -> {
                    LedgerCheck.check(handle, job);
                    return true;
                });
    }

    private static String records(Random random, String prefix) {
        StringBuilder csv = new StringBuilder(HEADER);
        int count = 8 + random.nextInt(12);
        for (int i = 1; i <= count; i++) {
            int reference = random.nextInt(14);
            String amount =
                    random.nextInt(9) == 0
                            ? ""
                            : (random.nextInt(5) == 0 ? "-" : "")
                                    + (reference + 1)
                                    + "."
                                    + random.nextInt(3)
                                    + "0";
            csv.append(prefix)
                    .append(i)
                    .append(",R-")
                    .append(reference)
                    .append(',')
                    .append(amount)
                    .append(',')
                    .append(random.nextInt(3) == 0 ? "USD" : "EUR")
                    .append(",2026-01-0")
                    .append(1 + random.nextInt(3))
                    .append(',')
                    .append(prefix.equals("L") && random.nextInt(3) == 0 ? "B" + reference % 3 : "")
                    .append('\n');
        }
        return csv.toString();
    }

    private Optional<Taken> take(Done job, Random random) {
        return as(
                handle -> {
                    ReviewedJob reviewed = ReviewedJob.hold(handle, job.id());
                    Target target =
                            target(reviewed, random.nextLong(LedgerCheck.size(handle, job)), job);
                    List<Action> fitting = new ArrayList<>();
                    for (Action action : Action.values()) {
                        if (!Effect.isRefused(action, target.status())) {
                            fitting.add(action);
                        }
                    }
                    if (fitting.isEmpty()) {
                        return Optional.empty();
                    }
                    Action action = fitting.get(random.nextInt(fitting.size()));
                    List<Target> targets = new ArrayList<>(List.of(target));
                    if (action == Action.MATCH) {
                        targets.addAll(others(handle, reviewed, job, target, random));
                        if (targets.stream().map(Target::side).distinct().count() < 2) {
                            return Optional.empty();
                        }
                    }
                    return Optional.of(
                            new Taken(
                                    decisions.take(
                                            handle, reviewed, terms(action, random), targets, "")));
                });
    }

    private static Target target(ReviewedJob reviewed, long position, Done job) {
        long place = job.job().number() << 34 | position;
        return reviewed.targets(List.of(ReviewedJob.id(job.id(), place)), "").getFirst();
    }

    private static List<Target> others(
            Handle handle, ReviewedJob reviewed, Done job, Target first, Random random) {
        List<Target> others = new ArrayList<>();
        long size = LedgerCheck.size(handle, job);
        for (long position = 0; position < size; position++) {
            Target other = target(reviewed, position, job);
            boolean isOpen = other.place() != first.place() && other.status() == ResultStatus.OPEN;
            boolean needed = others.stream().noneMatch(t -> t.side() != first.side());
            if (isOpen && ((needed && other.side() != first.side()) || random.nextInt(5) == 0)) {
                others.add(other);
            }
        }
        return others;
    }

    private static Terms terms(Action action, Random random) {
        boolean writeOff = action == Action.WRITE_OFF;
        return new Terms(
                action,
                writeOff ? Optional.of(ReasonCode.OTHER) : Optional.empty(),
                writeOff ? Optional.of("because") : Optional.empty(),
                action == Action.COMMENT ? Optional.of("hm") : Optional.empty(),
                action == Action.ASSIGN && random.nextBoolean()
                        ? Optional.of(owned.user())
                        : Optional.empty(),
                Optional.empty());
    }

    private void undo(Taken decision) {
        try {
            as(
                    handle -> {
                        decisions.undo(handle, decision.id(), owned.user());
                        return true;
                    });
        } catch (ProblemException refused) {
            assertThat(refused.problem().type()).isIn("decided-since", "decision-is-over");
        }
    }
}
