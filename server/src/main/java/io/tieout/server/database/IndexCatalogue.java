package io.tieout.server.database;

import static io.tieout.server.database.Index.on;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.CRC32;

/// Every index that is there for speed; those of primary keys and unique constraints are with their
/// tables. An entry is added, changed or removed here, and the next start makes the database
/// follow.
///
/// Row-level security decides which operators an index may serve: a condition of ours is used
/// before the policy's only if its function is marked leakproof, or rows of others could be told by
/// errors or timing. PostgreSQL 15 to 18 mark so the comparisons (`=`, `<`, `between`, rows of
/// them) of `int2/4/8`, `uuid`, `date`, `timestamptz`, `bytea`, `boolean`, `float8` and `text`
/// (`^@` too, and with it prefixes, on a column collated "C"), but none of `numeric`, enums, arrays
/// or `jsonb`, nor `LIKE` and regular expressions. Amounts to be searched by need a whole number or
/// bytes that sort alike. An index's order, unlike a condition, may be of any type.
public final class IndexCatalogue {
    private static final List<Index> ALL =
            List.of(
                    on(
                            "project_members",
                            "idx_project_members_user",
                            "user_id, project_id",
                            "projects of a user"),
                    on("sessions", "idx_sessions_user", "user_id", "sessions of a user"),
                    on(
                            "refresh_tokens",
                            "idx_refresh_tokens_session",
                            "session_id",
                            "refresh tokens of a session"),
                    on("invitations", "idx_invitations_user", "user_id", "invitations of a user"),
                    on(
                            "service_tokens",
                            "idx_service_tokens_project",
                            "project_id, id",
                            "service tokens of a project"),
                    on(
                            "service_tokens",
                            "idx_service_tokens_user",
                            "user_id",
                            "service token of a user"),
                    on(
                                    "data_sources",
                                    "idx_data_sources_project",
                                    "project_id, id",
                                    "data sources of a project")
                            .whereOnly("deleted_at is null"),
                    on(
                                    "data_sources",
                                    "idx_data_sources_digest",
                                    "project_id, digest",
                                    "data source by digest")
                            .whereOnly("deleted_at is null"),
                    on("data_sources", "idx_data_sources_loading", "node_id", "loads of a node")
                            .whereOnly("status = 'loading'"),
                    on(
                            "reconciliation_records",
                            "idx_reconciliation_records_rows",
                            "source_number, row_number",
                            "records of a data source"),
                    on(
                                    "reconciliation_records",
                                    "idx_reconciliation_records_key",
                                    "source_number, key",
                                    "record by key")
                            .whereOnly("key is not null"),
                    on(
                                    "reconciliations",
                                    "idx_reconciliation_project",
                                    "project_id, id",
                                    "reconciliations of a project")
                            .whereOnly("deleted_at is null"),
                    on(
                                    "reconciliations",
                                    "idx_reconciliation_due",
                                    "next_run_at",
                                    "reconciliations that are due")
                            .whereOnly("next_run_at is not null and deleted_at is null"),
                    on(
                            "reconciliations",
                            "idx_reconciliation_left_source",
                            "left_data_source_id",
                            "reconciliations of a left data source"),
                    on(
                            "reconciliations",
                            "idx_reconciliation_right_source",
                            "right_data_source_id",
                            "reconciliations of a right data source"),
                    on(
                            "reconciliation_jobs",
                            "idx_reconciliation_jobs_list",
                            "reconciliation_id, id",
                            "jobs of a reconciliation"),
                    on(
                            "reconciliation_jobs",
                            "idx_reconciliation_jobs_project",
                            "project_id, id",
                            "jobs of a project"),
                    on(
                                    "reconciliation_jobs",
                                    "idx_reconciliation_jobs_open",
                                    "queued_at",
                                    "jobs that are not over")
                            .whereOnly("status in ('queued', 'running')"),
                    on(
                            "reconciliation_jobs",
                            "idx_reconciliation_jobs_left_source",
                            "left_data_source_id",
                            "jobs of a left data source"),
                    on(
                            "reconciliation_jobs",
                            "idx_reconciliation_jobs_right_source",
                            "right_data_source_id",
                            "jobs of a right data source"),
                    on(
                            "reconciliation_results",
                            "idx_reconciliation_results_place",
                            "place",
                            "results at places"),
                    on(
                            "reconciliation_results",
                            "idx_reconciliation_results_weight",
                            "shelf, weight, place",
                            "results by amount"),
                    on(
                            "reconciliation_results",
                            "idx_reconciliation_results_day",
                            "shelf, day, place",
                            "results by date"),
                    on(
                            "reconciliation_results",
                            "idx_reconciliation_results_key",
                            "shelf, key",
                            "results by key"),
                    on(
                                    "reconciliation_results",
                                    "idx_reconciliation_results_other_key",
                                    "shelf, other_key",
                                    "matches by right key")
                            .whereOnly("score is not null"),
                    on(
                                    "reconciliation_results",
                                    "idx_reconciliation_results_assignee",
                                    "assignee_id, place",
                                    "results of an assignee")
                            .whereOnly("assignee_id is not null"),
                    on(
                                    "reconciliation_results",
                                    "idx_reconciliation_results_linked",
                                    "linked",
                                    "results linked to a result")
                            .whereOnly("linked is not null"),
                    on(
                            "reconciliation_outcomes",
                            "idx_reconciliation_outcomes_project",
                            "project_id, stored_at",
                            "outcomes of a project"),
                    on(
                            "reconciliation_decisions",
                            "idx_reconciliation_decisions_job",
                            "job_id, id",
                            "decisions of a job"),
                    on(
                                    "reconciliation_decisions",
                                    "idx_reconciliation_decisions_pending",
                                    "project_id, id",
                                    "pending decisions of a project")
                            .whereOnly("status = 'pending'"),
                    on(
                            "reconciliation_decision_results",
                            "idx_reconciliation_decision_results_place",
                            "place",
                            "decisions on a result"),
                    on(
                            "audit_log",
                            "idx_audit_log_actor",
                            "actor_id, at, chain_id, number",
                            "audit entries by actor"),
                    on(
                            "audit_log",
                            "idx_audit_log_time",
                            "at, chain_id, number",
                            "audit entries by time"),
                    on(
                            "idempotency_keys",
                            "idx_idempotency_keys_age",
                            "created_at",
                            "idempotency keys that are over"),
                    on(
                            "scheduled_tasks",
                            "idx_scheduled_tasks_due",
                            "execution_time",
                            "tasks that are due"));

    private IndexCatalogue() {}

    /// Every entry, those of one table together.
    public static List<Index> all() {
        return ALL;
    }

    /// Changes when an entry does.
    static int checksum(List<Index> indexes) {
        CRC32 sum = new CRC32();
        for (Index index : indexes) {
            String line = index.name() + index.table() + index.definition();
            sum.update(line.getBytes(StandardCharsets.UTF_8));
        }
        return (int) sum.getValue();
    }
}
