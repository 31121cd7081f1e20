package io.tieout.server.job;

import io.tieout.server.permission.Caller;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/// Who of those who watch a job may still do so: members of its project whose session or token is
/// alive. One question for all of them.
final class StreamStanding {
    private static final String STANDING =
            """
            select w.user_id, w.session_id
              from unnest(:users::uuid[], :sessions::uuid[]) w(user_id, session_id)
              join users u on u.id = w.user_id and u.disabled_at is null
              join project_members m on m.user_id = w.user_id and m.project_id = :project_id
              join projects p on p.id = m.project_id and p.deleted_at is null
              left join sessions s on s.id = w.session_id
             where case when w.session_id is not null
                        then s.user_id = w.user_id and s.revoked_at is null and s.expires_at > :now
                        else exists (select 1 from service_tokens t
                                      where t.user_id = w.user_id and t.revoked_at is null
                                        and (t.expires_at is null or t.expires_at > :now))
                   end
            """;

    private StreamStanding() {}

    /// Somebody who watches.
    ///
    /// @param sessionId their session; the user's own id for a service, which has none
    record Watcher(UUID userId, UUID sessionId) {
        static Watcher of(Caller caller) {
            return new Watcher(caller.userId(), caller.sessionId().orElse(caller.userId()));
        }

        private boolean hasSession() {
            return !userId.equals(sessionId);
        }
    }

    /// Those who still may.
    ///
    /// @param handle a transaction of the worker
    static Set<Watcher> of(
            Handle handle, UUID projectId, Collection<Watcher> watchers, Instant now) {
        List<Watcher> asked = List.copyOf(watchers);
        Set<Watcher> standing = new HashSet<>();
        handle.createQuery(STANDING)
                .bind("project_id", projectId)
                .bind("now", now)
                .bind("users", array(asked.stream().map(w -> w.userId().toString()).toList()))
                .bind(
                        "sessions",
                        array(
                                asked.stream()
                                        .map(
                                                w ->
                                                        w.hasSession()
                                                                ? w.sessionId().toString()
                                                                : "null")
                                        .toList()))
                .map(
                        (row, _) -> {
                            UUID user = row.getObject("user_id", UUID.class);
                            UUID session = row.getObject("session_id", UUID.class);
                            return new Watcher(user, session == null ? user : session);
                        })
                .forEach(standing::add);
        return standing;
    }

    private static String array(List<String> ids) {
        return "{" + String.join(",", ids) + "}";
    }
}
