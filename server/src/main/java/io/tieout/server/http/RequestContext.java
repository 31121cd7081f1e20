package io.tieout.server.http;

import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What is known of the request that a thread is serving, for logs, audit and SQL.
///
/// @param requestId `X-Request-Id`, as sent by the caller or made here
/// @param route method and template, such as `GET /api/projects/{project_id}`
public record RequestContext(String requestId, String route) {
    private static final Pattern ACCEPTED = Pattern.compile("[A-Za-z0-9._-]{1,64}");
    private static final ScopedValue<RequestContext> CURRENT = ScopedValue.newInstance();

    /// The context of the request or job that this thread serves; one that says so where it serves
    /// none.
    public static RequestContext current() {
        return CURRENT.orElse(new RequestContext("none", "none"));
    }

    /// Does some work within this context.
    public <T> T call(ScopedValue.CallableOp<T, RuntimeException> work) {
        return ScopedValue.where(CURRENT, this).call(work);
    }

    /// The id that a caller sent, where it is acceptable, or a new one.
    static String requestId(@Nullable String sent) {
        return sent != null && ACCEPTED.matcher(sent).matches()
                ? sent
                : UUID.randomUUID().toString();
    }
}
