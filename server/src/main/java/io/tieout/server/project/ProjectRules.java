package io.tieout.server.project;

import java.util.UUID;
import org.jdbi.v3.core.Handle;

/// What other features ask about a project.
public final class ProjectRules {
    private static final String FOUR_EYES = "select four_eyes from projects where id = :project_id";
    private static final String MEMBER =
            """
            select exists (select 1 from project_members m join users u on u.id = m.user_id and u.disabled_at is null
                            where m.project_id = :project_id and m.user_id = :user_id)
            """;

    private ProjectRules() {}

    /// Whether write-offs and manual matches need somebody else's approval.
    public static boolean needsFourEyes(Handle handle, UUID projectId) {
        return handle.createQuery(FOUR_EYES)
                .bind("project_id", projectId)
                .mapTo(Boolean.class)
                .one();
    }

    /// Whether a user is a member who can sign in.
    public static boolean isMember(Handle handle, UUID projectId, UUID userId) {
        return handle.createQuery(MEMBER)
                .bind("project_id", projectId)
                .bind("user_id", userId)
                .mapTo(Boolean.class)
                .one();
    }
}
