package io.tieout.server.result;

import io.tieout.engine.plan.Plan;
import io.tieout.engine.plan.Side;
import io.tieout.server.database.Access;
import io.tieout.server.database.Database;
import io.tieout.server.http.Answer;
import io.tieout.server.http.Call;
import io.tieout.server.http.Nothing;
import io.tieout.server.http.Route;
import io.tieout.server.permission.Permission;
import io.tieout.server.permission.Resource;
import io.tieout.server.problem.Problem;
import io.tieout.server.reconciliation.SourceLookup;
import io.tieout.server.result.DetailForms.Basis;
import io.tieout.server.result.DetailForms.RecordView;
import io.tieout.server.result.DetailForms.ResultDetail;
import io.tieout.server.result.RunResults.RunResult;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/// Everything about one result.
///
/// The engine explains it, given tables of records and the matches between them: of a job that is
/// small, all of them, so that the explanation is that of the command; of a large one the records
/// involved and those that indexes show to be near.
final class ResultDetails {
    private static final long SMALL = 20_000;

    private static final String AT_PLACE =
            "select "
                    + ResultRow.COLUMNS
                    + """
                       from reconciliation_results r
                      where r.segment = :segment and r.place = :place and r.shelf = any(:shelves)
                    """;

    private final Database database;
    private final SourceLookup sources;
    private final ResultHistory history;
    private final long small;

    ResultDetails(Database database, SourceLookup sources, ResultHistory history) {
        this(database, sources, history, SMALL);
    }

    /// @param small up to how many results of a job all its records are looked at
    ResultDetails(Database database, SourceLookup sources, ResultHistory history, long small) {
        this.database = database;
        this.sources = sources;
        this.history = history;
        this.small = small;
    }

    List<Route<?, ?>> routes() {
        return List.of(
                Route.get("/api/results/{result_id}")
                        .forMembers(Permission.PROJECT_READ, Resource.RESULT)
                        .named(
                                "getResult",
                                "results",
                                "Shows a result: its records, how they were compared, what was decided.")
                        .answers(200, ResultDetail.class, "The result.")
                        .handle(this::get));
    }

    private Answer get(Call<Nothing, Nothing> call) {
        UUID id = call.id(Resource.RESULT);
        return database.inApp(
                call.actor(),
                Access.READ,
                handle -> {
                    ResultDetail detail =
                            ResultId.parse(id)
                                    .flatMap(parsed -> detail(handle, parsed))
                                    .orElseThrow(() -> Problem.notFound().exception());
                    return Answer.ok(detail).version(detail.result().version());
                });
    }

    Optional<ResultDetail> detail(Handle handle, ResultId id) {
        Optional<KeptOutcome> outcome =
                Outcomes.ofNumber(handle, Places.jobNumber(id.place()))
                        .filter(kept -> id.isOf(kept.jobId()));
        if (outcome.isEmpty()) {
            return Optional.empty();
        }
        Shelves shelves =
                Shelves.read(handle, outcome.get().jobNumber(), outcome.get().projectId());
        return row(handle, outcome.get(), shelves, id.place())
                .map(row -> new Looking(handle, outcome.get(), shelves).at(row));
    }

    private static Optional<ResultRow> row(
            Handle handle, KeptOutcome outcome, Shelves shelves, long place) {
        return handle.createQuery(AT_PLACE)
                .bind("segment", outcome.segment())
                .bind("place", place)
                .bind("shelves", Shelves.numbers(shelves.results()))
                .map((row, _) -> ResultRow.of(row))
                .findOne();
    }

    /// One look at one result.
    private final class Looking {
        private final Handle handle;
        private final KeptOutcome outcome;
        private final Shelves shelves;
        private final RunResults run;

        Looking(Handle handle, KeptOutcome outcome, Shelves shelves) {
            this.handle = handle;
            this.outcome = outcome;
            this.shelves = shelves;
            this.run = new RunResults(handle, outcome, shelves);
        }

        ResultDetail at(ResultRow row) {
            Plan plan = Outcomes.plan(handle, outcome.jobNumber());
            RunResult now = run.now(row);
            Optional<RunResult> origin = run.origin(row);
            boolean whole = run.size() <= small;
            Map<Long, RunResult> results = whole ? run.all() : around(now, origin);
            Neighbourhood near = Neighbourhood.of(plan, results.values(), this::fetch);
            Explaining explaining =
                    new Explaining(outcome, near, whole ? Basis.ALL_RECORDS : Basis.NEAR_RECORDS);
            return new ResultDetail(
                    ResultItem.of(outcome, shelves, row),
                    records(explaining, near, now, Side.LEFT),
                    records(explaining, near, now, Side.RIGHT),
                    origin.map(explaining::of),
                    history.of(handle, row.place()));
        }

        private StoredRecords fetch(Side side, long[] references) {
            return StoredRecords.fetch(handle, sources, outcome.jobId(), side, references);
        }

        /// The results of the run that tell most of one.
        private Map<Long, RunResult> around(RunResult now, Optional<RunResult> origin) {
            Map<Long, RunResult> around = new HashMap<>();
            if (origin.isEmpty()) {
                // Made by hand: its records are in results of the run of their own.
                Set<Long> places = new HashSet<>();
                for (ResultRow each : run.matchedInto(now.own().place())) {
                    run.origin(each).ifPresent(one -> places.add(one.own().place()));
                }
                around.putAll(run.at(places));
                return around;
            }
            RunResult of = origin.get();
            around.put(of.own().place(), of);
            if (of.isBreak()) {
                Set<Long> places = run.near(of);
                nearest(of).ifPresent(places::add);
                around.putAll(run.at(places));
            }
            return around;
        }

        private Optional<Long> nearest(RunResult of) {
            Long reference = of.own().otherRecord();
            String key = of.own().otherKey();
            return reference == null || key == null
                    ? Optional.empty()
                    : run.holder(of.traits().requiredSide().opposite(), key, reference);
        }

        private List<RecordView> records(
                Explaining explaining, Neighbourhood near, RunResult now, Side side) {
            List<RecordView> views = new ArrayList<>();
            for (long reference : now.references(side)) {
                if (views.size() < Explaining.MOST_SHOWN) {
                    views.add(explaining.record(side, near.records(side).row(reference)));
                }
            }
            return views;
        }
    }
}
