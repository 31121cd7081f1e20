package io.tieout.server.access;

import io.tieout.server.database.Actor;
import io.tieout.server.database.RequestId;
import io.tieout.server.http.RequestContext;
import io.tieout.server.permission.Caller;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/// On whose behalf, and for which request, this thread talks to the database.
public final class Acting {
    private Acting() {}

    /// As a caller, in the request that this thread serves.
    public static Actor as(Caller caller) {
        return new Actor(caller.userId(), request());
    }

    /// The request that this thread serves.
    public static RequestId request() {
        return new RequestId(RequestContext.current().requestId());
    }

    /// Lets the rest of a worker's transaction be in the name of a user, who was not known when it
    /// began: the audit trail says so.
    static void inNameOf(Handle handle, UUID userId) {
        handle.createQuery("select set_config('tieout.user_id', :user, true)")
                .bind("user", userId.toString())
                .mapTo(String.class)
                .one();
    }
}
