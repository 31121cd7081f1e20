package io.tieout.server.problem;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// A problem document, without the request id, which is added where it is sent.
///
/// @param type names the kind of problem, a word of the API's documentation
/// @param title what kind it is, the same for all of its type
/// @param status the HTTP status
/// @param detail what happened and what to do
/// @param errors each thing that is wrong with the input; empty where it is not the input
/// @param headers sent along, such as `Retry-After`
public record Problem(
        String type,
        String title,
        int status,
        String detail,
        List<InputError> errors,
        Map<String, String> headers) {
    public Problem {
        errors = List.copyOf(errors);
        headers = Map.copyOf(headers);
    }

    private Problem(String type, String title, int status, String detail) {
        this(type, title, status, detail, List.of(), Map.of());
    }

    /// The request cannot be understood.
    public static Problem malformed(String detail) {
        return new Problem("malformed-request", "The request cannot be understood", 400, detail);
    }

    /// The request is understood, but what it says cannot be taken.
    public static Problem invalid(List<InputError> errors) {
        String detail =
                errors.size() == 1
                        ? errors.getFirst().pointer() + " " + errors.getFirst().problem()
                        : errors.size() + " things are wrong; see `errors`";
        return new Problem(
                "invalid-input", "The input is not valid", 422, detail, errors, Map.of());
    }

    /// One thing of the input cannot be taken.
    public static Problem invalid(String pointer, String problem) {
        return invalid(List.of(new InputError(pointer, problem)));
    }

    /// Nobody, or nobody known, is calling.
    public static Problem unauthenticated(String detail) {
        return new Problem("unauthenticated", "Sign in first", 401, detail)
                .with("WWW-Authenticate", "Bearer");
    }

    /// The caller may see the thing, but not do this.
    public static Problem forbidden(String detail) {
        return new Problem("forbidden", "You may not do this", 403, detail);
    }

    /// There is no such thing, or none that the caller may know of: the two answer alike.
    public static Problem notFound() {
        return new Problem(
                "not-found",
                "There is no such thing",
                404,
                "it does not exist, or you are not let in");
    }

    /// The route is there, but not for this method.
    public static Problem methodNotAllowed(String allowed) {
        return new Problem(
                        "method-not-allowed",
                        "This route does not take this method",
                        405,
                        "use one of " + allowed)
                .with("Allow", allowed);
    }

    /// The request does not fit the state in which things are.
    public static Problem conflict(String type, String title, String detail) {
        return new Problem(type, title, 409, detail);
    }

    /// The thing was changed since the caller read it.
    public static Problem changedMeanwhile() {
        return new Problem(
                "changed-meanwhile",
                "It was changed meanwhile",
                412,
                "read it again and repeat the change with its new `ETag` in `If-Match`");
    }

    /// More bytes than are taken.
    public static Problem tooLarge(String detail) {
        return new Problem("too-large", "The request is too large", 413, detail);
    }

    /// A body in a form that the route does not read.
    public static Problem unsupportedMediaType(String wanted) {
        return new Problem(
                "unsupported-media-type", "The body is of another kind", 415, "send " + wanted);
    }

    /// Too many requests.
    public static Problem tooMany(long retryAfterSeconds) {
        return new Problem(
                        "too-many-requests",
                        "Too many requests",
                        429,
                        "wait " + retryAfterSeconds + " s and try again")
                .with("Retry-After", Long.toString(Math.max(1, retryAfterSeconds)));
    }

    /// A defect; what it was is in the log under the request id.
    public static Problem internal() {
        return new Problem(
                "internal-error",
                "Something is broken on our side",
                500,
                "it is in the log under this request id; try again, and tell your administrator the id");
    }

    /// Not now.
    public static Problem unavailable(String detail) {
        return new Problem("unavailable", "Not available now", 503, detail)
                .with("Retry-After", "1");
    }

    /// A problem of another kind.
    public static Problem of(String type, String title, int status, String detail) {
        return new Problem(type, title, status, detail);
    }

    /// The same with one more header.
    public Problem with(String name, String value) {
        Map<String, String> more = new TreeMap<>(headers);
        more.put(name, value);
        return new Problem(type, title, status, detail, errors, more);
    }

    /// As something to throw.
    public ProblemException exception() {
        return new ProblemException(this);
    }
}
