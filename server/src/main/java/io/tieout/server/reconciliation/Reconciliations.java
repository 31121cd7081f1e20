package io.tieout.server.reconciliation;

import io.tieout.formats.plan.PlanFile;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// Reconciliations and the versions of their plans in the database. What a transaction sees of them
/// depends on as whom it runs.
public final class Reconciliations {
    private static final String COLUMNS =
            """
            id, project_id, name, left_data_source_id, right_data_source_id, plan_version, max_rejects,
            carry_forward, schedule, time_zone, next_run_at, created_by, created_at, updated_at, version
            """;
    private static final String FIND =
            "select " + COLUMNS + " from reconciliations where id = :id and deleted_at is null";
    private static final String LOCK = FIND + " for update";
    private static final String LIST =
            "select "
                    + COLUMNS
                    + """
                     from reconciliations
                    where project_id = :project_id and deleted_at is null and id < :before
                    order by id desc limit :limit
                    """;
    private static final String INSERT =
            """
            insert into reconciliations (id, project_id, name, left_data_source_id, right_data_source_id, plan_version,
                                         max_rejects, carry_forward, schedule, time_zone, next_run_at, created_by,
                                         created_at, updated_at, version)
            values (:id, :project_id, :name, :left, :right, :plan_version, :max_rejects, :carry_forward, :schedule,
                    :time_zone, :next_run_at, :created_by, :created_at, :updated_at, :version)
            """;
    private static final String UPDATE =
            """
            update reconciliations
               set name = :name, left_data_source_id = :left, right_data_source_id = :right,
                   plan_version = :plan_version, max_rejects = :max_rejects, carry_forward = :carry_forward,
                   schedule = :schedule, time_zone = :time_zone, next_run_at = :next_run_at,
                   updated_at = :updated_at, version = :version
             where id = :id and version = :version - 1 and deleted_at is null
            """;
    private static final String DELETE =
            """
            update reconciliations set deleted_at = :at, next_run_at = null, version = version + 1
             where id = :id and version = :version and deleted_at is null
            """;
    private static final String ADD_PLAN =
            """
            insert into reconciliation_plans (reconciliation_id, version, project_id, plan_text, canonical, digest,
                                              created_by, created_at)
            values (:reconciliation_id, :version, :project_id, :plan_text, :canonical, :digest, :created_by, :created_at)
            """;
    private static final String PLAN =
            """
            select version, plan_text, canonical, digest, created_by, created_at
              from reconciliation_plans where reconciliation_id = :id and version = :version
            """;
    private static final String PLANS =
            """
            select version, '' as plan_text, '' as canonical, digest, created_by, created_at
              from reconciliation_plans where reconciliation_id = :id and version < :before
             order by version desc limit :limit
            """;
    private static final String DUE =
            "select "
                    + COLUMNS
                    + """
                     from reconciliations r
                    where next_run_at <= :now and deleted_at is null
                      and exists (select 1 from projects p where p.id = r.project_id and p.deleted_at is null)
                    order by next_run_at limit :limit for update skip locked
                    """;
    private static final String RAN =
            "update reconciliations set next_run_at = :next_run_at where id = :id";

    private Reconciliations() {}

    /// One that is not deleted.
    public static Optional<StoredReconciliation> find(Handle handle, UUID id) {
        return handle.createQuery(FIND).bind("id", id).map((row, _) -> read(row)).findOne();
    }

    /// As [#find], held until the transaction ends: what is changed is what was read.
    static Optional<StoredReconciliation> lock(Handle handle, UUID id) {
        return handle.createQuery(LOCK).bind("id", id).map((row, _) -> read(row)).findOne();
    }

    /// Those of a project, newest first.
    static List<StoredReconciliation> list(Handle handle, UUID projectId, UUID before, int limit) {
        return handle.createQuery(LIST)
                .bind("project_id", projectId)
                .bind("before", before)
                .bind("limit", limit)
                .map((row, _) -> read(row))
                .list();
    }

    static void insert(Handle handle, StoredReconciliation made) {
        handle.createUpdate(INSERT).bindMap(values(made)).execute();
    }

    /// Replaces the version before this one.
    ///
    /// @return false where that is no longer the one there is
    static boolean update(Handle handle, StoredReconciliation changed) {
        return handle.createUpdate(UPDATE).bindMap(values(changed)).execute() == 1;
    }

    static boolean delete(Handle handle, UUID id, int version, Instant at) {
        return handle.createUpdate(DELETE)
                        .bind("id", id)
                        .bind("version", version)
                        .bind("at", at)
                        .execute()
                == 1;
    }

    private static java.util.Map<String, @Nullable Object> values(StoredReconciliation r) {
        java.util.Map<String, @Nullable Object> values = new java.util.HashMap<>();
        values.put("id", r.id());
        values.put("project_id", r.projectId());
        values.put("name", r.name());
        values.put("left", r.leftDataSourceId());
        values.put("right", r.rightDataSourceId());
        values.put("plan_version", r.planVersion());
        values.put("max_rejects", r.maxRejects());
        values.put("carry_forward", r.carryForward());
        values.put("schedule", r.schedule().orElse(null));
        values.put("time_zone", r.timeZone());
        values.put("next_run_at", r.nextRunAt().orElse(null));
        values.put("created_by", r.createdBy());
        values.put("created_at", r.createdAt());
        values.put("updated_at", r.updatedAt());
        values.put("version", r.version());
        return values;
    }

    private static StoredReconciliation read(ResultSet row) throws SQLException {
        return new StoredReconciliation(
                row.getObject("id", UUID.class),
                row.getObject("project_id", UUID.class),
                row.getString("name"),
                row.getObject("left_data_source_id", UUID.class),
                row.getObject("right_data_source_id", UUID.class),
                row.getInt("plan_version"),
                row.getInt("max_rejects"),
                row.getBoolean("carry_forward"),
                Optional.ofNullable(row.getString("schedule")),
                row.getString("time_zone"),
                Optional.ofNullable(row.getTimestamp("next_run_at"))
                        .map(java.sql.Timestamp::toInstant),
                row.getObject("created_by", UUID.class),
                row.getTimestamp("created_at").toInstant(),
                row.getTimestamp("updated_at").toInstant(),
                row.getInt("version"));
    }

    /// Keeps a version of a plan.
    static void addPlan(
            Handle handle, StoredReconciliation of, int version, PlanInput plan, UUID by) {
        handle.createUpdate(ADD_PLAN)
                .bind("reconciliation_id", of.id())
                .bind("version", version)
                .bind("project_id", of.projectId())
                .bind("plan_text", plan.text())
                .bind("canonical", plan.file().canonicalJson())
                .bind("digest", HexFormat.of().parseHex(plan.file().digest()))
                .bind("created_by", by)
                .bind("created_at", of.updatedAt())
                .execute();
    }

    /// A version of a reconciliation's plan.
    public static Optional<StoredPlan> plan(Handle handle, UUID id, int version) {
        return handle.createQuery(PLAN)
                .bind("id", id)
                .bind("version", version)
                .map((row, _) -> readPlan(row))
                .findOne();
    }

    /// The plan that a version says.
    public static PlanFile file(StoredPlan plan) {
        return PlanInput.kept(plan.canonical());
    }

    /// Versions without their texts, newest first.
    static List<StoredPlan> plans(Handle handle, UUID id, int before, int limit) {
        return handle.createQuery(PLANS)
                .bind("id", id)
                .bind("before", before)
                .bind("limit", limit)
                .map((row, _) -> readPlan(row))
                .list();
    }

    private static StoredPlan readPlan(ResultSet row) throws SQLException {
        return new StoredPlan(
                row.getInt("version"),
                row.getString("plan_text"),
                row.getString("canonical"),
                HexFormat.of().formatHex(row.getBytes("digest")),
                row.getObject("created_by", UUID.class),
                row.getTimestamp("created_at").toInstant());
    }

    /// Those that are due, longest first, held until the transaction ends and skipped by others
    /// meanwhile.
    ///
    /// @param handle a transaction of the worker
    public static List<StoredReconciliation> due(Handle handle, Instant now, int limit) {
        return handle.createQuery(DUE)
                .bind("now", now)
                .bind("limit", limit)
                .map((row, _) -> read(row))
                .list();
    }

    /// Says when it is due next.
    public static void ran(Handle handle, UUID id, Optional<Instant> next) {
        handle.createUpdate(RAN).bind("id", id).bind("next_run_at", next.orElse(null)).execute();
    }
}
