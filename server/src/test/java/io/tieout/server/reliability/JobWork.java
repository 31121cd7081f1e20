package io.tieout.server.reliability;

import io.tieout.server.ApiClient;
import java.util.Optional;
import java.util.UUID;

/// A job that is started and run.
final class JobWork implements Work {
    private static final String STARTED =
            "select count(*) from reconciliation_jobs where reconciliation_id = ?";
    private static final String RESULTS =
            """
            select count(*) from reconciliation_results r join reconciliation_jobs j
                on r.place >= j.number << 34 and r.place < (j.number + 1) << 34
             where j.id = ?
            """;
    private static final String SHELVES =
            """
            select coalesce(sum(s.result_count), 0) from reconciliation_result_shelves s join reconciliation_jobs j
                on s.shelf >> 20 = j.number
             where j.id = ?
            """;

    private final Scene.Trial trial;
    private final String key;
    private final long before;
    private Optional<UUID> id = Optional.empty();

    JobWork(Scene scene, Scene.Trial trial, Books books) {
        this.trial = trial;
        this.key = "job-" + scene.name();
        this.before = books.count(STARTED, trial.reconciliation());
    }

    @Override
    public void act(ApiClient api) {
        if (id.isEmpty()) {
            String path = "/api/reconciliations/" + trial.reconciliation() + "/jobs";
            ApiClient keyed = api.with("Idempotency-Key", key);
            id = Optional.of(Calls.done(() -> keyed.post(path)).id("id"));
        }
        Calls.over(api, Scene.job(id.get()));
    }

    @Override
    public boolean isAnswered() {
        return id.isPresent();
    }

    @Override
    public boolean hasEffect(Books books) {
        return books.count(STARTED, trial.reconciliation()) > before;
    }

    @Override
    public void check(ApiClient api, Books books, Findings findings) {
        UUID job = id.orElseThrow();
        findings.count("jobs", before + 1, books.count(STARTED, trial.reconciliation()));
        ApiClient.Reply shown = Calls.done(() -> api.get(Scene.job(job)));
        findings.same("a job's status", "succeeded", shown.text("status"));
        findings.same("a job's digest", trial.digest(), shown.text("digest"));
        findings.same("adding up", true, Calls.addsUp(shown.json().path("control_totals")));
        findings.count("results", trial.results(), books.count(RESULTS, job));
        findings.count("results by shelves", trial.results(), books.count(SHELVES, job));
        findings.count("starts of a job", 1, books.audited("job.start", job));
        findings.count("ends of a job", 1, books.audited("job.finish", job));
        findings.count(
                "inputs of a job",
                2,
                books.count(
                        "select count(*) from reconciliation_job_inputs where job_id = ?", job));
        findings.count(
                "outcomes of a job",
                1,
                books.count("select count(*) from reconciliation_outcomes where job_id = ?", job));
        findings.count(
                "tasks of jobs that are over",
                0,
                Books.settled(
                        () ->
                                books.count(
                                        "select count(*) from scheduled_tasks where task_instance = ?",
                                        job.toString())));
        ApiClient.Reply summary = Calls.done(() -> api.get(Scene.job(job) + "/summary"));
        findings.same("a summary's adding up", true, Calls.addsUp(summary.json()));
    }
}
