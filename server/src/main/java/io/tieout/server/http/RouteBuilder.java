package io.tieout.server.http;

import io.tieout.server.http.Route.Answers;
import io.tieout.server.http.Route.Quota;
import io.tieout.server.http.Route.Takes;
import io.tieout.server.permission.Permission;
import io.tieout.server.permission.Requirement;
import io.tieout.server.permission.Resource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Declares a route step by step; immutable.
public record RouteBuilder<Q, B>(
        String method,
        String template,
        Optional<Requirement> requirement,
        String name,
        String summary,
        String tag,
        Class<Q> queryType,
        Takes takes,
        Class<B> bodyType,
        List<Answers> answers,
        boolean creating,
        Quota quota) {
    private static final int USUAL_BODY_BYTES = 1 << 20;

    public RouteBuilder {
        answers = List.copyOf(answers);
    }

    static RouteBuilder<Nothing, Nothing> of(String method, String template) {
        return new RouteBuilder<>(
                method,
                template,
                Optional.empty(),
                "",
                "",
                "",
                Nothing.class,
                new Takes.None(),
                Nothing.class,
                List.of(),
                false,
                Quota.USUAL);
    }

    /// Anyone may call it.
    public RouteBuilder<Q, B> forAnyone() {
        return requires(new Requirement.Anyone());
    }

    /// Whoever is signed in may call it.
    public RouteBuilder<Q, B> forSignedIn() {
        return requires(new Requirement.SignedIn());
    }

    /// Administrators may call it.
    public RouteBuilder<Q, B> forAdministrators() {
        return requires(new Requirement.Administrator());
    }

    /// Members may call it whose role gives the permission, in the project of the resource whose id
    /// is in the path.
    public RouteBuilder<Q, B> forMembers(Permission permission, Resource resource) {
        if (!template.contains("{" + resource.parameter() + "}")) {
            throw new IllegalArgumentException(template + " names no " + resource.parameter());
        }
        return requires(new Requirement.InProject(permission, resource));
    }

    private RouteBuilder<Q, B> requires(Requirement required) {
        return new RouteBuilder<>(
                method,
                template,
                Optional.of(required),
                name,
                summary,
                tag,
                queryType,
                takes,
                bodyType,
                answers,
                creating,
                quota);
    }

    /// What it is called and does.
    ///
    /// @param operation unique, in camelCase
    /// @param says what it does, in a sentence
    public RouteBuilder<Q, B> named(String operation, String group, String says) {
        return new RouteBuilder<>(
                method,
                template,
                requirement,
                operation,
                says,
                group,
                queryType,
                takes,
                bodyType,
                answers,
                creating,
                quota);
    }

    /// Takes a query.
    public <R> RouteBuilder<R, B> query(Class<R> record) {
        return new RouteBuilder<>(
                method,
                template,
                requirement,
                name,
                summary,
                tag,
                record,
                takes,
                bodyType,
                answers,
                creating,
                quota);
    }

    /// Takes JSON of at most 1 MiB.
    public <R> RouteBuilder<Q, R> body(Class<R> record) {
        return body(record, USUAL_BODY_BYTES, false);
    }

    /// Takes JSON, or none.
    public <R> RouteBuilder<Q, R> optionalBody(Class<R> record) {
        return body(record, USUAL_BODY_BYTES, true);
    }

    /// Takes JSON of at most so many bytes.
    public <R> RouteBuilder<Q, R> body(Class<R> record, int maxBytes, boolean optional) {
        return new RouteBuilder<>(
                method,
                template,
                requirement,
                name,
                summary,
                tag,
                queryType,
                new Takes.JsonBody(maxBytes, optional),
                record,
                answers,
                creating,
                quota);
    }

    /// Takes bytes that its handler reads and limits.
    public RouteBuilder<Q, Nothing> bytes(String... mediaTypes) {
        return new RouteBuilder<>(
                method,
                template,
                requirement,
                name,
                summary,
                tag,
                queryType,
                new Takes.Bytes(List.of(mediaTypes)),
                Nothing.class,
                answers,
                creating,
                quota);
    }

    /// Answers with a record as JSON.
    public RouteBuilder<Q, B> answers(int status, Class<?> record, String says) {
        return answers(new Answers(status, Answer.JSON, Optional.of(record), says));
    }

    /// Answers without a body.
    public RouteBuilder<Q, B> answersEmpty(String says) {
        return answers(new Answers(204, "", Optional.empty(), says));
    }

    /// Answers with something else.
    public RouteBuilder<Q, B> answersStream(String contentType, String says) {
        return answers(new Answers(200, contentType, Optional.empty(), says));
    }

    private RouteBuilder<Q, B> answers(Answers one) {
        List<Answers> more = new ArrayList<>(answers);
        more.add(one);
        return new RouteBuilder<>(
                method,
                template,
                requirement,
                name,
                summary,
                tag,
                queryType,
                takes,
                bodyType,
                more,
                creating,
                quota);
    }

    /// Makes something: an `Idempotency-Key` is honoured.
    public RouteBuilder<Q, B> creates() {
        return new RouteBuilder<>(
                method,
                template,
                requirement,
                name,
                summary,
                tag,
                queryType,
                takes,
                bodyType,
                answers,
                true,
                quota);
    }

    /// Counts against another limit than the usual one.
    public RouteBuilder<Q, B> counts(Quota against) {
        return new RouteBuilder<>(
                method,
                template,
                requirement,
                name,
                summary,
                tag,
                queryType,
                takes,
                bodyType,
                answers,
                creating,
                against);
    }

    /// The route.
    ///
    /// @throws IllegalStateException where it does not say who may call it or what it does
    public Route<Q, B> handle(Handler<Q, B> handler) {
        Requirement required =
                requirement.orElseThrow(
                        () ->
                                new IllegalStateException(
                                        method
                                                + " "
                                                + template
                                                + " requires nothing of its caller"));
        if (name.isEmpty() || summary.isEmpty() || tag.isEmpty()) {
            throw new IllegalStateException(method + " " + template + " has no name");
        }
        return new Route<>(
                method, template, required, name, summary, tag, queryType, takes, bodyType, answers,
                creating, quota, handler);
    }
}
