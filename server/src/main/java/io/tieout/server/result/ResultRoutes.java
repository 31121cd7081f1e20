package io.tieout.server.result;

import io.tieout.server.database.Access;
import io.tieout.server.database.Database;
import io.tieout.server.http.Answer;
import io.tieout.server.http.Call;
import io.tieout.server.http.Nothing;
import io.tieout.server.http.Route;
import io.tieout.server.http.Says;
import io.tieout.server.permission.Permission;
import io.tieout.server.permission.Resource;
import io.tieout.server.result.ResultPages.Page;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// Lists of results.
final class ResultRoutes {
    private static final String TAG = "results";
    private static final String OF_JOB = "/api/jobs/{job_id}/results";

    private final Database database;

    ResultRoutes(Database database) {
        this.database = database;
    }

    List<Route<?, ?>> routes() {
        return List.of(
                Route.get(OF_JOB)
                        .forMembers(Permission.PROJECT_READ, Resource.JOB)
                        .named("listResults", TAG, "Lists the matches and breaks of a job.")
                        .query(ResultQuery.class)
                        .answers(200, ResultList.class, "A page of them.")
                        .handle(this::list),
                Route.get(OF_JOB + "/count")
                        .forMembers(Permission.PROJECT_READ, Resource.JOB)
                        .named("countResults", TAG, "Counts the matches and breaks of a job.")
                        .query(ResultFilter.class)
                        .answers(200, ResultCount.class, "How many meet the filter.")
                        .handle(this::count));
    }

    record ResultList(List<ResultItem> items, Optional<String> nextCursor) {
        ResultList {
            items = List.copyOf(items);
        }
    }

    record ResultCount(@Says("How many there are now.") long count) {}

    private Answer list(Call<ResultQuery, Nothing> call) {
        ResultQuery query = call.query();
        UUID job = call.id(Resource.JOB);
        UUID caller = call.caller().userId();
        String list =
                "results " + job + " " + query.order() + " " + query.filter().toString().hashCode();
        return database.inApp(
                call.actor(),
                Access.READ,
                handle -> {
                    KeptOutcome outcome = Outcomes.ofJob(handle, job);
                    Shelves shelves =
                            Shelves.read(handle, outcome.jobNumber(), outcome.projectId());
                    Selection selection =
                            Selection.of(outcome, shelves, query.filter(), caller, "?");
                    Page page =
                            new ResultPages(handle, outcome, selection, query.order())
                                    .page(list, query.shown(), query.cursor());
                    return Answer.ok(
                            new ResultList(
                                    page.rows().stream()
                                            .map(row -> ResultItem.of(outcome, shelves, row))
                                            .toList(),
                                    page.next()));
                });
    }

    private Answer count(Call<ResultFilter, Nothing> call) {
        return database.inApp(
                call.actor(),
                Access.READ,
                handle -> {
                    KeptOutcome outcome = Outcomes.ofJob(handle, call.id(Resource.JOB));
                    Shelves shelves =
                            Shelves.read(handle, outcome.jobNumber(), outcome.projectId());
                    Selection selection =
                            Selection.of(
                                    outcome, shelves, call.query(), call.caller().userId(), "?");
                    return Answer.ok(new ResultCount(ResultCounts.of(handle, outcome, selection)));
                });
    }
}
