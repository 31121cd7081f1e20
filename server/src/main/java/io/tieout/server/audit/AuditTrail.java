package io.tieout.server.audit;

import io.tieout.server.http.Json;
import io.tieout.server.http.RequestContext;
import java.nio.charset.StandardCharsets;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;

/// Writes the trail. What is done and its entry are one transaction: neither is there without the
/// other.
public final class AuditTrail {
    private static final String APPEND =
            """
            select tieout_audit(:action, :project_id, :subject_kind, :subject_id, :details::jsonb, :request_id)
            """;

    private AuditTrail() {}

    /// Appends an entry, in the name of the user as whom the transaction runs. Entries of one
    /// project wait for each other until their transactions end, so it belongs at the end of one.
    public static void append(Handle handle, AuditEvent event) {
        byte[] details = Json.writeTree(new TreeMap<>(event.details()));
        handle.createQuery(APPEND)
                .bind("action", event.action())
                .bind("project_id", event.projectId().orElse(null))
                .bind("subject_kind", event.subjectKind())
                .bind("subject_id", event.subjectId())
                .bind("details", new String(details, StandardCharsets.UTF_8))
                .bind("request_id", RequestContext.current().requestId())
<<<<<<< HEAD
                .map((_, _) -> true)
=======
                .mapTo(Long.class)
>>>>>>> main
                .one();
    }
}
