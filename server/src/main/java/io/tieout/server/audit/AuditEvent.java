package io.tieout.server.audit;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;

/// Something that was done and is worth keeping.
///
/// @param action what, as `subject.verb`, such as `member.add`
/// @param projectId in which project; empty for what belongs to none
/// @param subjectKind what it was done to, such as `data_source`
/// @param subjectId the id of that
/// @param details more, by name; never a customer's values, a password or a token
public record AuditEvent(
        String action,
        Optional<UUID> projectId,
        String subjectKind,
        String subjectId,
        Map<String, String> details) {
    public AuditEvent {
        details = Map.copyOf(details);
    }

    /// Something done in a project.
    public static AuditEvent in(UUID projectId, String action, String subjectKind, UUID subjectId) {
        return new AuditEvent(
                action, Optional.of(projectId), subjectKind, subjectId.toString(), Map.of());
    }

    /// Something done outside of projects.
    public static AuditEvent of(String action, String subjectKind, String subjectId) {
        return new AuditEvent(action, Optional.empty(), subjectKind, subjectId, Map.of());
    }

    /// The same with one more detail.
    public AuditEvent with(String name, Object value) {
        Map<String, String> more = new TreeMap<>(details);
        more.put(name, value.toString());
        return new AuditEvent(action, projectId, subjectKind, subjectId, more);
    }
}
