package io.tieout.server.database;

import java.util.UUID;

/// A database with two projects that know nothing of each other, each with one member and one row
/// in every table whose rows belong to a project.
final class SeededDatabase implements AutoCloseable {
    static final RequestId REQUEST = new RequestId("seed");

    private final TestingDatabase testing = TestingPostgres.database();
    final Side ours = new Side();
    final Side theirs = new Side();
    final UUID stranger = UUID.randomUUID();

    /// A user and their project.
    static final class Side {
        final UUID user = UUID.randomUUID();
        final UUID project = UUID.randomUUID();
        final UUID dataSource = UUID.randomUUID();
        final UUID reconciliation = UUID.randomUUID();
        final UUID job = UUID.randomUUID();
        final UUID decision = UUID.randomUUID();
        final UUID serviceToken = UUID.randomUUID();
        final UUID session = UUID.randomUUID();
    }

    SeededDatabase() {
        seed(ours, 1);
        seed(theirs, 2);
        testing.database()
                .inWorker(
                        REQUEST,
                        handle ->
                                handle.createUpdate(
                                                "insert into users (id, name, email) values (:id, 'stranger', 's@x')")
                                        .bind("id", stranger)
                                        .execute());
    }

    Database database() {
        return testing.database();
    }

    DatabaseUrl url() {
        return testing.url();
    }

    Actor as(UUID user) {
        return new Actor(user, REQUEST);
    }

    private void seed(Side side, int number) {
        testing.database()
                .inWorker(
                        REQUEST,
                        handle -> {
                            for (String sql : ROWS.split(";\n", -1)) {
                                if (!sql.isBlank()) {
                                    handle.createUpdate(sql)
                                            .bind("user", side.user)
                                            .bind("project", side.project)
                                            .bind("source", side.dataSource)
                                            .bind("reconciliation", side.reconciliation)
                                            .bind("job", side.job)
                                            .bind("decision", side.decision)
                                            .bind("token", side.serviceToken)
                                            .bind("session", side.session)
                                            .bind("number", number)
                                            .configure(
                                                    org.jdbi.v3.core.statement.SqlStatements.class,
                                                    c -> c.setUnusedBindingAllowed(true))
                                            .execute();
                                }
                            }
                            return null;
                        });
    }

    private static final String ROWS =
            """
            insert into users (id, name, email, password_hash)
            values (:user, 'user ' || :number, :number || '@example.org', 'secret');
            insert into projects (id, name, created_by) values (:project, 'project', :user);
            insert into project_members (project_id, user_id, role, added_by)
            values (:project, :user, 'owner', :user);
            insert into service_tokens (id, project_id, user_id, name, token_hash, created_by)
            values (:token, :project, :user, 'token', decode('0' || :number, 'hex'), :user);
            insert into sessions (id, user_id, expires_at) values (:session, :user, now());
            insert into refresh_tokens (token_hash, session_id, expires_at)
            values (decode('0' || :number, 'hex'), :session, now());
            insert into invitations (token_hash, purpose, user_id, expires_at)
            values (decode('0' || :number, 'hex'), 'reset', :user, now());
            insert into data_sources
              (id, project_id, name, size_bytes, digest, segment, node_id, created_by)
            values (:source, :project, 'bank', 1, '', 0, :source, :user);
            insert into data_source_rejects
              (data_source_id, number, project_id, line, row_number, column_name, reason)
            values (:source, 1, :project, 2, 1, 'amount', 'no amount');
            insert into reconciliation_records
              (segment, source_number, row_number, line, project_id, cells)
            values (0, :number, 1, 2, :project, '\\x026100');
            insert into reconciliations
              (id, project_id, name, left_data_source_id, right_data_source_id, created_by)
            values (:reconciliation, :project, 'month', :source, :source, :user);
            insert into reconciliation_plans
              (reconciliation_id, version, project_id, plan_text, canonical, digest, created_by)
            values (:reconciliation, 1, :project, '', '', '', :user);
            insert into reconciliation_jobs
              (id, project_id, reconciliation_id, plan_version, left_data_source_id,
               right_data_source_id, max_rejects, trigger, request_id, started_by)
            values (:job, :project, :reconciliation, 1, :source, :source, 0, 'person', 'r', :user);
            insert into reconciliation_job_inputs
              (job_id, side, ordinal, project_id, data_source_id, record_count)
            values (:job, 'left', 0, :project, :source, 1);
            insert into reconciliation_outcomes
              (job_number, job_id, project_id, reconciliation_id, left_data_source_id, right_data_source_id, segment,
               next_position, plan, passes, fields, amount_scale, left_since, right_since, at_end, now)
            select number, id, project_id, reconciliation_id, :source, :source, 0, 1, '', '{}', '{}', 2, '{}', '{}', '{}', '{}'
              from reconciliation_jobs where id = :job;
            insert into reconciliation_result_shelves
              (shelf, project_id, kind, status, side, break_kind, pass, cardinality, ambiguous, currency, other_currency,
               sign, first_count, result_count)
            values (:number, :project, 'break', 'open', 'left', 'missing', -1, '', false, '', '', 1, 1, 1);
            insert into reconciliation_results (segment, place, shelf, project_id, weight, record, day, key)
            values (0, :number, 1, :project, 0, 1, 0, 'A-1');
            insert into reconciliation_decisions
              (id, project_id, job_id, action, status, result_count, decided_by, request_id)
            values (:decision, :project, :job, 'comment', 'applied', 1, :user, 'r');
            insert into reconciliation_decision_results (decision, place, project_id)
            values (1, :number, :project);
            insert into audit_log
              (chain_id, number, at, actor_id, action, project_id, subject_kind, subject_id, details,
               request_id, previous_hash, hash)
            values (:project, 1, now(), :user, 'create', :project, 'project', 'x', '{}', 'r', '', '');
            insert into idempotency_keys
              (user_id, key, route, body_digest, status, headers, answer)
            values (:user, 'key', 'r', '', 200, '{}', '');
            insert into nodes (id, started_at, seen_at, version) values (:user, now(), now(), '1');
            insert into scheduled_tasks
              (task_name, task_instance, execution_time, picked, version)
            values ('task', :number || '', now(), false, 1);
            """;

    @Override
    public void close() {
        testing.close();
    }
}
