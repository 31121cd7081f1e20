package io.tieout.server.http;

import io.tieout.server.permission.Requirement;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// A method on a path, with everything that the server needs to know of it.
///
/// @param method such as `GET`
/// @param template the path with its parameters in braces
/// @param requirement who may call it
/// @param name of the operation, as generated clients will call it: unique, in camelCase
/// @param summary what it does, in a sentence
/// @param tag the group it is documented in
/// @param query the record of its query
/// @param body what body it takes
/// @param bodyType the record of its body
/// @param answers what it answers when it succeeds
/// @param creates whether it makes something, so that an `Idempotency-Key` makes repeats harmless
/// @param quota which rate limit it counts against
/// @param handler serves it
public record Route<Q, B>(
        String method,
        String template,
        Requirement requirement,
        String name,
        String summary,
        String tag,
        Class<Q> query,
        Takes body,
        Class<B> bodyType,
        List<Answers> answers,
        boolean creates,
        Quota quota,
        Handler<Q, B> handler) {
    public Route {
        answers = List.copyOf(answers);
        if (!template.startsWith("/api/")) {
            throw new IllegalArgumentException(template + " is not under /api/");
        }
        if (answers.isEmpty()) {
            throw new IllegalArgumentException(method + " " + template + " answers nothing");
        }
    }

    /// What body a route takes.
    public sealed interface Takes {
        /// None; one that is sent is not read.
        record None() implements Takes {}

        /// JSON that fits a record.
        ///
        /// @param maxBytes how large it may be
        /// @param optional whether it may be left out
        record JsonBody(int maxBytes, boolean optional) implements Takes {}

        /// Bytes that the handler reads as they come, and limits.
        ///
        /// @param mediaTypes what is documented
        record Bytes(List<String> mediaTypes) implements Takes {
            public Bytes {
                mediaTypes = List.copyOf(mediaTypes);
            }
        }
    }

    /// What a route answers when it succeeds.
    ///
    /// @param record the record of the answer, where it is JSON that has one
    public record Answers(int status, String contentType, Optional<Class<?>> record, String says) {}

    /// Which limit a route's calls count against.
    public enum Quota {
        /// Calls of one user, or of one address where nobody is signed in.
        USUAL,
        /// Tries to sign in or to guess a token.
        SIGN_IN,
        /// Not counted: health and metrics.
        NONE
    }

    /// The template cut at its slashes.
    List<String> segments() {
        return Arrays.asList(template.substring(1).split("/"));
    }

    /// Begins to declare a route. It can only be finished with a requirement.
    public static RouteBuilder<Nothing, Nothing> get(String template) {
        return RouteBuilder.of("GET", template);
    }

    /// As [#get].
    public static RouteBuilder<Nothing, Nothing> post(String template) {
        return RouteBuilder.of("POST", template);
    }

    /// As [#get].
    public static RouteBuilder<Nothing, Nothing> put(String template) {
        return RouteBuilder.of("PUT", template);
    }

    /// As [#get].
    public static RouteBuilder<Nothing, Nothing> patch(String template) {
        return RouteBuilder.of("PATCH", template);
    }

    /// As [#get].
    public static RouteBuilder<Nothing, Nothing> delete(String template) {
        return RouteBuilder.of("DELETE", template);
    }
}
