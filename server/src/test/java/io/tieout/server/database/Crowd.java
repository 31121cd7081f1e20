package io.tieout.server.database;

import java.util.UUID;
import org.jdbi.v3.core.Handle;

/// Many projects with a few of everything each, and one with many data sources, so that a plan is
/// chosen as it would be for real.
final class Crowd {
    /// A member of one of the projects.
    static final UUID USER = new UUID(0, 1);

    private Crowd() {}

    /// Fills every table that has an index of the catalogue. As the worker.
    static void fill(Handle handle, int size) {
        for (String sql : ROWS.split(";\n", -1)) {
            if (!sql.isBlank()) {
                handle.createUpdate(sql)
                        .bind("n", size)
                        .configure(
                                org.jdbi.v3.core.statement.SqlStatements.class,
                                c -> c.setUnusedBindingAllowed(true))
                        .execute();
            }
        }
    }

    // id(i): the i-th UUID in order.
    private static final String ROWS =
            """
            create function pg_temp.id(i bigint) returns uuid language sql immutable
              return lpad(to_hex(i), 32, '0')::uuid;
            insert into users (id, name, email)
            select pg_temp.id(i), 'user', i || '@x' from generate_series(1, :n) i;
            insert into projects (id, name, created_by)
            select pg_temp.id(i), 'project', pg_temp.id(1) from generate_series(1, :n) i;
            insert into project_members (project_id, user_id, role, added_by)
            select pg_temp.id(i), pg_temp.id(1 + i / 10), 'owner', pg_temp.id(1)
              from generate_series(1, :n) i;
            insert into service_tokens (id, project_id, user_id, name, token_hash, created_by)
            select pg_temp.id(i), pg_temp.id(1 + i / 10), pg_temp.id(i), 't', int8send(i), pg_temp.id(1)
              from generate_series(1, :n) i;
            insert into sessions (id, user_id, expires_at)
            select pg_temp.id(i), pg_temp.id(1 + i / 10), now() from generate_series(1, :n) i;
            insert into refresh_tokens (token_hash, session_id, expires_at)
            select int8send(i), pg_temp.id(1 + i / 10), now() from generate_series(1, :n) i;
            insert into invitations (token_hash, purpose, user_id, expires_at)
            select int8send(i), 'reset', pg_temp.id(1 + i / 10), now() from generate_series(1, :n) i;
            insert into data_sources
              (id, project_id, name, size_bytes, digest, status, segment, node_id, created_by)
            select pg_temp.id(i), pg_temp.id(case i % 2 when 0 then 1 else 1 + i / 20 end), 'bank', 1, int8send(i),
                   case i % 100 when 0 then 'loading' else 'ready' end, 0, pg_temp.id(i % 100 + i % 3),
                   pg_temp.id(1)
              from generate_series(1, :n) i;
            insert into reconciliation_records
              (segment, source_number, row_number, line, project_id, key, cells)
            select 0, 1 + i / 200, i % 200, 2, pg_temp.id(1 + i / 4000), i::text, '\\x0261'
              from generate_series(1, :n) i;
            insert into reconciliations
              (id, project_id, name, left_data_source_id, right_data_source_id, created_by, next_run_at)
            select pg_temp.id(i), pg_temp.id(1 + i / 10), 'month', pg_temp.id(i), pg_temp.id(i),
                   pg_temp.id(1), case i % 10 when 0 then now() + i * interval '1 hour' end
              from generate_series(1, :n) i;
            insert into reconciliation_jobs
              (id, project_id, reconciliation_id, plan_version, left_data_source_id,
               right_data_source_id, max_rejects, trigger, request_id, started_by, status)
            select pg_temp.id(i), pg_temp.id(1 + i / 200), pg_temp.id(1 + i / 20), 1, pg_temp.id(i),
                   pg_temp.id(i), 0, 'person', 'r', pg_temp.id(1),
                   case i % 100 when 0 then 'queued' else 'succeeded' end
              from generate_series(1, :n) i;
            insert into reconciliation_outcomes
              (job_number, job_id, project_id, reconciliation_id, left_data_source_id, right_data_source_id, segment,
               next_position, plan, passes, fields, amount_scale, left_since, right_since, at_end, now, stored_at)
            select number, id, project_id, reconciliation_id, id, id, 0, 1, '', '{}', '{}', 2, '{}', '{}', '{}', '{}',
                   now() - number * interval '1 minute'
              from reconciliation_jobs;
            insert into reconciliation_results
              (segment, place, shelf, project_id, weight, record, day, key, other_key, score, assignee_id, linked)
            select 0, i, 1 + i / 200, pg_temp.id(1 + i / 4000), -i, i, i, i::text, i::text, 1,
                   case i % 100 when 0 then pg_temp.id(1 + i / 1000) end, case i % 50 when 0 then i end
              from generate_series(1, :n) i;
            insert into reconciliation_decisions
              (id, project_id, job_id, action, status, result_count, decided_by, request_id)
            select pg_temp.id(i), pg_temp.id(1 + i / 200), pg_temp.id(1 + i / 20), 'comment',
                   case i % 50 when 0 then 'pending' else 'applied' end, 1, pg_temp.id(1), 'r'
              from generate_series(1, :n) i;
            insert into reconciliation_decision_results (decision, place, project_id)
            select i, i, pg_temp.id(1 + i / 200) from generate_series(1, :n) i;
            insert into audit_log
              (chain_id, number, at, actor_id, action, project_id, subject_kind, subject_id, details,
               request_id, previous_hash, hash)
            select pg_temp.id(1 + i / 20), i, now() - i * interval '1 minute', pg_temp.id(1 + i / 20),
                   'create', pg_temp.id(1 + i / 20), 'p', 'x', '{}', 'r', '', ''
              from generate_series(1, :n) i;
            insert into idempotency_keys
              (user_id, key, route, body_digest, status, headers, answer, created_at)
            select pg_temp.id(i), 'key', 'r', '', 200, '{}', '', now() - i * interval '10 seconds'
              from generate_series(1, :n) i;
            insert into scheduled_tasks
              (task_name, task_instance, execution_time, picked, version)
            select 'task', i || '', now() + (i - 100) * interval '1 minute', false, 1
              from generate_series(1, :n) i;
            drop function pg_temp.id(bigint);
            """;
}
