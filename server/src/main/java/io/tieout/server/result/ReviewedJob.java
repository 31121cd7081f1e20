package io.tieout.server.result;

import io.tieout.engine.plan.Side;
import io.tieout.server.problem.InputError;
import io.tieout.server.problem.Problem;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlStatement;
import org.jdbi.v3.core.statement.SqlStatements;
import org.jspecify.annotations.Nullable;

/// The results of one job, held so that one decision at a time changes them. For one transaction.
///
/// A decision first chooses results, which keeps how they were; then it changes those it has
/// chosen. Every change counts them before and after, so that the tally of the job follows.
public final class ReviewedJob {
    private static final String CHOSEN_COLUMNS =
            """
            insert into reconciliation_decision_results
              (decision, place, project_id, from_shelf, from_assignee, from_linked, from_decision)
            select :decision, r.place, :project_id, r.shelf, r.assignee_id, r.linked, r.last_decision
            """;
    private static final String CHOOSE =
            CHOSEN_COLUMNS
                    + """
                       from reconciliation_results r
                      where r.segment = :segment and r.place = any(:places) and r.shelf = any(:shelves)
                    """;
    private static final String AT_PLACES =
            "select "
                    + ResultRow.COLUMNS
                    + """
                       from reconciliation_results r
                      where r.segment = :segment and r.place = any(:places) and r.shelf = any(:shelves)
                    """;
    private static final String OF_DECISION =
            "select "
                    + ResultRow.COLUMNS
                    + """
                       from reconciliation_decision_results d
                       join reconciliation_results r on r.segment = :segment and r.place = d.place and r.shelf = any(:shelves)
                      where d.decision = :decision order by r.place
                    """;
    private static final String WHERE_CHOSEN =
            """
              from reconciliation_decision_results d
             where d.decision = :decision and r.segment = :segment and r.place = d.place and r.shelf = any(:shelves)
            """;
    private static final String MOVE =
            """
            update reconciliation_results r
               set shelf = m.to_shelf, last_decision = :decision, pending = null, version = r.version + 1
              from reconciliation_decision_results d
              join unnest(:from::bigint[], :to::bigint[]) as m(from_shelf, to_shelf) on m.from_shelf = d.from_shelf
             where d.decision = :decision and r.segment = :segment and r.place = d.place and r.shelf = d.from_shelf
            """;
    private static final String ASSIGN =
            """
            update reconciliation_results r
               set assignee_id = :assignee, last_decision = :decision, version = r.version + 1
            """
                    + WHERE_CHOSEN;
    private static final String COMMENT =
            """
            update reconciliation_results r set comment_count = r.comment_count + :more, version = r.version + 1
            """
                    + WHERE_CHOSEN;
    private static final String PENDING =
            """
            update reconciliation_results r set pending = :pending, version = r.version + 1
            """
                    + WHERE_CHOSEN;
    private static final String LINK =
            """
            update reconciliation_results r set linked = :linked
            """
                    + WHERE_CHOSEN
                    + " and d.from_shelf is not null";
    private static final String OVERTAKEN =
            """
            select r.place from reconciliation_decision_results d
              join reconciliation_results r on r.segment = :segment and r.place = d.place and r.shelf = any(:shelves)
             where d.decision = :decision and (r.last_decision is distinct from :decision or r.pending is not null)
             order by r.place limit 1
            """;
    private static final String RESTORE =
            """
            update reconciliation_results r
               set shelf = d.from_shelf, assignee_id = d.from_assignee, linked = d.from_linked,
                   last_decision = d.from_decision, pending = null, version = r.version + 1
            """
                    + WHERE_CHOSEN
                    + " and d.from_shelf is not null";
    private static final String TAKE_BACK =
            """
            update reconciliation_results r set shelf = m.to_shelf, version = r.version + 1
              from reconciliation_decision_results d,
                   unnest(:from::bigint[], :to::bigint[]) as m(from_shelf, to_shelf)
             where d.decision = :decision and d.from_shelf is null
               and r.segment = :segment and r.place = d.place and r.shelf = m.from_shelf
            """;

    private static final String FROM_SHELVES =
            """
            select distinct from_shelf from reconciliation_decision_results
             where decision = :decision and from_shelf is not null order by 1
            """;
    private static final String MADE_SHELVES =
            """
            select distinct r.shelf from reconciliation_decision_results d
              join reconciliation_results r on r.segment = :segment and r.place = d.place and r.shelf = any(:shelves)
             where d.decision = :decision and d.from_shelf is null order by 1
            """;

    private final Handle handle;
    private final KeptOutcome outcome;
    private final Shelves shelves;
    private final TallySheet tally;
    private long nextPosition;

    private ReviewedJob(Handle handle, KeptOutcome outcome) {
        this.handle = handle;
        this.outcome = outcome;
        this.shelves = Shelves.read(handle, outcome.jobNumber(), outcome.projectId());
        this.tally = new TallySheet(outcome.now());
        this.nextPosition = outcome.nextPosition();
    }

    /// Holds the results of a job until the transaction ends.
    ///
    /// @throws io.tieout.server.problem.ProblemException 409 where it has none
    public static ReviewedJob hold(Handle handle, UUID jobId) {
        return new ReviewedJob(handle, Outcomes.held(handle, jobId));
    }

    /// The job of a result.
    ///
    /// @throws io.tieout.server.problem.ProblemException 404 where there is no such result
    public static UUID jobOf(Handle handle, UUID resultId) {
        return ResultId.parse(resultId)
                .flatMap(id -> Outcomes.ofNumber(handle, Places.jobNumber(id.place())))
                .map(KeptOutcome::jobId)
                .orElseThrow(() -> Problem.notFound().exception());
    }

    /// The id of the result of a job at a place.
    public static UUID id(UUID jobId, long place) {
        return ResultId.of(jobId, place);
    }

    /// A result to decide on.
    ///
    /// @param place names it among those of its job
    /// @param side of a break
    /// @param isPending whether a decision on it waits for approval
    public record Target(
            long place,
            UUID id,
            ResultKind kind,
            ResultStatus status,
            @Nullable Side side,
            boolean isPending,
            int version) {}

    /// The job.
    public UUID jobId() {
        return outcome.jobId();
    }

    /// The project of the job.
    public UUID projectId() {
        return outcome.projectId();
    }

    /// Results by their ids, in that order.
    ///
    /// @param at the pointer to the list of ids, for what is wrong with one of them
    /// @throws io.tieout.server.problem.ProblemException 422 where one is no result of this job, or
    /// is named twice
    public List<Target> targets(List<UUID> ids, String at) {
        List<InputError> mistakes = new ArrayList<>();
        List<Long> places = new ArrayList<>();
        for (int i = 0; i < ids.size(); i++) {
            Optional<Long> place = place(ids.get(i));
            if (place.isEmpty()) {
                mistakes.add(new InputError(at + "/" + i, "is no result of this job"));
            } else if (places.contains(place.get())) {
                mistakes.add(new InputError(at + "/" + i, "is named twice"));
            } else {
                places.add(place.get());
            }
        }
        if (!mistakes.isEmpty()) {
            throw Problem.invalid(mistakes).exception();
        }
        Map<Long, Target> found = new HashMap<>();
        for (ResultRow row : rows(places)) {
            found.put(row.place(), target(row));
        }
        List<Target> targets = new ArrayList<>();
        for (int i = 0; i < places.size(); i++) {
            Target target = found.get(places.get(i));
            if (target == null) {
                throw Problem.invalid(at + "/" + i, "is no result of this job").exception();
            }
            targets.add(target);
        }
        return targets;
    }

    private Optional<Long> place(UUID id) {
        return ResultId.parse(id)
                .filter(parsed -> parsed.isOf(outcome.jobId()))
                .map(ResultId::place)
                .filter(place -> Places.jobNumber(place) == outcome.jobNumber());
    }

    private List<ResultRow> rows(List<Long> places) {
        return bound(handle.createQuery(AT_PLACES), 0)
                .bind("places", places.toArray(Long[]::new))
                .map((row, _) -> ResultRow.of(row))
                .list();
    }

    private Target target(ResultRow row) {
        Traits traits = shelves.traits(row.shelf());
        return new Target(
                row.place(),
                outcome.id(row.place()),
                traits.resultKind(),
                traits.status(),
                traits.side(),
                row.pending() != null,
                row.version());
    }

    // What all statements share. A result is told from the records of matches at its place by its
    // shelf.
    private <S extends SqlStatement<S>> S bound(S statement, long decision) {
        return statement
                .configure(SqlStatements.class, config -> config.setUnusedBindingAllowed(true))
                .bind("segment", outcome.segment())
                .bind("project_id", outcome.projectId())
                .bind("decision", decision)
                .bind("shelves", Shelves.numbers(shelves.results()));
    }

    /// Chooses results.
    public void choose(long decision, List<Target> targets) {
        bound(handle.createUpdate(CHOOSE), decision)
                .bind("places", targets.stream().map(Target::place).toArray(Long[]::new))
                .execute();
    }

    /// Chooses the results that meet a filter.
    ///
    /// @param caller whose results are meant by `me`
    /// @return what was chosen
    /// @throws io.tieout.server.problem.ProblemException 422 where the filter cannot be taken
    public Chosen choose(long decision, ResultFilter filter, UUID caller) {
        Selection selection = Selection.of(outcome, shelves, filter, caller, "/filter/");
        ResultSql.bind(
                        handle.createUpdate(CHOSEN_COLUMNS + " from " + ResultSql.all(selection)),
                        outcome,
                        selection,
                        Sort.whole(selection))
                .bind("decision", decision)
                .bind("project_id", outcome.projectId())
                .execute();
        return chosen(decision);
    }

    /// Results that were chosen.
    ///
    /// @param byStatus how many are of each status
    /// @param pending how many wait for the approval of another decision
    public record Chosen(Map<ResultStatus, Long> byStatus, long pending) {
        public Chosen {
            byStatus = Map.copyOf(byStatus);
        }

        /// How many there are.
        public long count() {
            return byStatus.values().stream().mapToLong(Long::longValue).sum();
        }
    }

    private static final String COUNT_CHOSEN =
            """
            select d.from_shelf, count(*) as chosen, count(r.pending) as pending
              from reconciliation_decision_results d
              join reconciliation_results r on r.segment = :segment and r.place = d.place and r.shelf = d.from_shelf
             where d.decision = :decision group by 1
            """;

    private Chosen chosen(long decision) {
        Map<ResultStatus, Long> byStatus = new HashMap<>();
        long[] pending = new long[1];
        bound(handle.createQuery(COUNT_CHOSEN), decision)
                .map(
                        (row, _) -> {
                            byStatus.merge(
                                    shelves.traits(row.getLong("from_shelf")).status(),
                                    row.getLong("chosen"),
                                    Long::sum);
                            pending[0] += row.getLong("pending");
                            return true;
                        })
                .list();
        return new Chosen(byStatus, pending[0]);
    }

    /// Lets the chosen results wait for approval.
    public void await(long decision) {
        setPending(decision, decision);
    }

    /// Lets the chosen results wait no more.
    public void release(long decision) {
        setPending(decision, null);
    }

    private void setPending(long decision, @Nullable Long pending) {
        bound(handle.createUpdate(PENDING), decision)
                .bindByType("pending", pending, Long.class)
                .execute();
    }

    /// Gives the chosen results to somebody, or to nobody.
    public void assign(long decision, @Nullable UUID assignee) {
        bound(handle.createUpdate(ASSIGN), decision)
                .bindByType("assignee", assignee, UUID.class)
                .execute();
    }

    /// Counts a comment on the chosen results, or takes one away.
    ///
    /// @param more 1 or -1
    public void comment(long decision, int more) {
        bound(handle.createUpdate(COMMENT), decision).bind("more", more).execute();
    }

    /// Brings the chosen results to another status.
    ///
    /// @param to the status by the one before
    public void move(long decision, UnaryOperator<ResultStatus> to) {
        change(decision, () -> moveChosen(decision, to));
    }

    /// Brings the chosen matches to another status, and makes their records open breaks.
    public void takeApart(long decision, UnaryOperator<ResultStatus> to) {
        change(
                decision,
                () -> {
                    nextPosition +=
                            new Reopening(handle, outcome, shelves)
                                    .reopen(
                                            decision,
                                            shelvesOf(FROM_SHELVES, decision),
                                            nextPosition);
                    moveChosen(decision, to);
                });
    }

    /// Makes one match of the records of the chosen breaks.
    ///
    /// @return the match
    public UUID match(long decision) {
        long place = Places.place(outcome.jobNumber(), nextPosition++);
        change(
                decision,
                () -> {
                    List<ResultRow> rows =
                            bound(handle.createQuery(OF_DECISION), decision)
                                    .map((row, _) -> ResultRow.of(row))
                                    .list();
                    new ManualMatch(handle, outcome, shelves).make(decision, place, rows);
                    moveChosen(
                            decision,
                            status -> status == ResultStatus.OPEN ? ResultStatus.MATCHED : status);
                    bound(handle.createUpdate(LINK), decision).bind("linked", place).execute();
                });
        return outcome.id(place);
    }

    private void moveChosen(long decision, UnaryOperator<ResultStatus> to) {
        List<Long> from = shelvesOf(FROM_SHELVES, decision);
        List<Long> into = new ArrayList<>();
        for (long shelf : from) {
            Traits traits = shelves.traits(shelf);
            into.add(shelves.numberOf(handle, traits.with(to.apply(traits.status()))));
        }
        bound(handle.createUpdate(MOVE), decision)
                .bind("from", from.toArray(Long[]::new))
                .bind("to", into.toArray(Long[]::new))
                .execute();
    }

    private List<Long> shelvesOf(String sql, long decision) {
        return bound(handle.createQuery(sql), decision).mapTo(Long.class).list();
    }

    /// A result of a decision that another decision was taken on since.
    public Optional<UUID> overtaken(long decision) {
        return bound(handle.createQuery(OVERTAKEN), decision)
                .mapTo(Long.class)
                .findOne()
                .map(outcome::id);
    }

    /// Makes the chosen results what they were, and takes back those that the decision made.
    public void restore(long decision) {
        change(
                decision,
                () -> {
                    List<Long> from = shelvesOf(MADE_SHELVES, decision);
                    List<Long> into = new ArrayList<>();
                    for (long shelf : from) {
                        Traits undone = shelves.traits(shelf).with(ResultStatus.UNDONE);
                        into.add(shelves.numberOf(handle, undone));
                    }
                    bound(handle.createUpdate(RESTORE), decision).execute();
                    bound(handle.createUpdate(TAKE_BACK), decision)
                            .bind("from", from.toArray(Long[]::new))
                            .bind("to", into.toArray(Long[]::new))
                            .execute();
                });
    }

    private void change(long decision, Runnable body) {
        Map<Long, Long> counts = Census.counts();
        Census before = Census.of(handle, outcome, shelves, decision);
        body.run();
        Census after = Census.of(handle, outcome, shelves, decision);
        before.addTo(tally, -1);
        before.addTo(counts, -1);
        after.addTo(tally, 1);
        after.addTo(counts, 1);
        Shelves.add(handle, counts);
        Outcomes.change(handle, outcome.jobNumber(), nextPosition, tally.proven());
    }
}
