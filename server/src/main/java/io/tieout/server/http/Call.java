package io.tieout.server.http;

import io.tieout.server.database.Actor;
import io.tieout.server.database.RequestId;
import io.tieout.server.permission.Admission;
import io.tieout.server.permission.Caller;
import io.tieout.server.permission.Resource;
import io.tieout.server.problem.Problem;
import java.io.InputStream;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// One call of a route, admitted and valid.
///
/// @param route the route that serves it
/// @param admission who calls, and in which project
/// @param ids the ids in the path, by the names of their parameters
/// @param query the query
/// @param body the body; [Nothing] where the route takes none, or takes a stream
/// @param bytes the body as it came, where it was read as a whole
/// @param raw what came otherwise
public record Call<Q, B>(
        Route<Q, B> route,
        Admission admission,
        Map<String, UUID> ids,
        Q query,
        B body,
        byte[] bytes,
        Raw raw) {
    private static final Pattern ETAG = Pattern.compile("(?:W/)?\"([0-9]{1,9})\"");

    /// What came with the request and is in no record.
    public interface Raw {
        /// A header, by its name in lower case.
        Optional<String> header(String name);

        /// The path and query as they were sent.
        String target();

        /// The address that the call comes from, as far as trusted proxies tell.
        String address();

        /// The body of a route that takes a stream; ends where the body ends.
        InputStream stream();
    }

    /// Who calls.
    public Caller caller() {
        return admission.required();
    }

    /// On whose behalf the database is used.
    public Actor actor() {
        return new Actor(caller().userId(), new RequestId(RequestContext.current().requestId()));
    }

    /// The id of what the path names.
    public UUID id(Resource resource) {
        return id(resource.parameter());
    }

    /// An id in the path.
    public UUID id(String parameter) {
        UUID id = ids.get(parameter);
        if (id == null) {
            throw new IllegalArgumentException(route.template() + " has no " + parameter);
        }
        return id;
    }

    /// The version that the caller read, from `If-Match`, without which an update is refused: it
    /// could undo another's.
    public int ifMatch() {
        String header =
                raw.header("if-match")
                        .orElseThrow(
                                () ->
                                        Problem.of(
                                                        "version-required",
                                                        "Say which version you change",
                                                        428,
                                                        "send the `ETag` of what you read in `If-Match`")
                                                .exception());
        Matcher tag = ETAG.matcher(header);
        if (!tag.matches()) {
            throw Problem.changedMeanwhile().exception();
        }
        return Integer.parseInt(tag.group(1));
    }
}
