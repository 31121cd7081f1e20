package io.tieout.server.result;

import io.tieout.server.database.Access;
import io.tieout.server.database.Database;
import io.tieout.server.http.Answer;
import io.tieout.server.http.Call;
import io.tieout.server.http.Nothing;
import io.tieout.server.http.Route;
import io.tieout.server.permission.Permission;
import io.tieout.server.permission.Resource;
import io.tieout.server.result.StatisticsView.StatisticsQuery;
import java.time.InstantSource;
import java.util.List;

/// What results come to: of one job, and of the jobs of a project.
final class SummaryRoutes {
    private static final String TAG = "results";

    private final Database database;
    private final Statistics statistics;

    SummaryRoutes(Database database, InstantSource clock) {
        this.database = database;
        this.statistics = new Statistics(clock);
    }

    List<Route<?, ?>> routes() {
        return List.of(
                Route.get("/api/jobs/{job_id}/summary")
                        .forMembers(Permission.PROJECT_READ, Resource.JOB)
                        .named("summarizeJob", TAG, "Tells what the results of a job come to.")
                        .answers(200, SummaryView.class, "At the end of the job, and now.")
                        .handle(this::summary),
                Route.get("/api/projects/{project_id}/statistics")
                        .forMembers(Permission.PROJECT_READ, Resource.PROJECT)
                        .named(
                                "showStatistics",
                                TAG,
                                "Tells how the reconciliations of a project do over time.")
                        .query(StatisticsQuery.class)
                        .answers(200, StatisticsView.class, "Jobs, and what is open.")
                        .handle(this::statistics));
    }

    private Answer summary(Call<Nothing, Nothing> call) {
        return database.inApp(
                call.actor(),
                Access.READ,
                handle -> {
                    KeptOutcome outcome = Outcomes.ofJob(handle, call.id(Resource.JOB));
                    Shelves shelves =
                            Shelves.read(handle, outcome.jobNumber(), outcome.projectId());
                    return Answer.ok(Summaries.of(outcome, shelves));
                });
    }

    private Answer statistics(Call<StatisticsQuery, Nothing> call) {
        return database.inApp(
                call.actor(),
                Access.READ,
                handle ->
                        Answer.ok(statistics.of(handle, call.id(Resource.PROJECT), call.query())));
    }
}
