package io.tieout.server.project;

import io.tieout.server.access.Acting;
import io.tieout.server.access.ServiceTokens;
import io.tieout.server.access.ServiceTokens.Issued;
import io.tieout.server.access.ServiceTokens.Token;
import io.tieout.server.audit.AuditEvent;
import io.tieout.server.audit.AuditTrail;
import io.tieout.server.database.Access;
import io.tieout.server.database.Database;
import io.tieout.server.http.Answer;
import io.tieout.server.http.Call;
import io.tieout.server.http.Nothing;
import io.tieout.server.http.Route;
import io.tieout.server.http.Says;
import io.tieout.server.idempotency.Idempotency;
import io.tieout.server.permission.Permission;
import io.tieout.server.permission.Resource;
import io.tieout.server.permission.Role;
import io.tieout.server.problem.Problem;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.jdbi.v3.core.Handle;

/// `/api/projects/{project_id}/service-tokens`: ways in for machines.
final class ServiceTokenRoutes {
    private static final String TAG = "service-tokens";
    private static final String ALL = "/api/projects/{project_id}/service-tokens";
    private static final String ID = "service_token_id";

    private final Database database;
    private final Idempotency idempotency;
    private final Members members;
    private final ServiceTokens tokens;
    private final InstantSource clock;

    ServiceTokenRoutes(
            Database database,
            Idempotency idempotency,
            Members members,
            ServiceTokens tokens,
            InstantSource clock) {
        this.database = database;
        this.idempotency = idempotency;
        this.members = members;
        this.tokens = tokens;
        this.clock = clock;
    }

    List<Route<?, ?>> routes() {
        return List.of(
                Route.get(ALL)
                        .forMembers(Permission.PROJECT_MANAGE, Resource.PROJECT)
                        .named("listServiceTokens", TAG, "Lists the tokens that are not revoked.")
                        .query(PageQuery.class)
                        .answers(200, TokenPage.class, "A page of them, oldest first.")
                        .handle(this::list),
                Route.post(ALL)
                        .forMembers(Permission.PROJECT_MANAGE, Resource.PROJECT)
                        .creates()
                        .named("createServiceToken", TAG, "Makes a token for a machine.")
                        .body(NewToken.class)
                        .answers(201, MadeToken.class, "The token; it is shown this once.")
                        .handle(this::create),
                Route.delete(ALL + "/{service_token_id}")
                        .forMembers(Permission.PROJECT_MANAGE, Resource.PROJECT)
                        .named("revokeServiceToken", TAG, "Revokes a token, which ends at once.")
                        .answersEmpty("It is revoked.")
                        .handle(this::revoke));
    }

    record TokenPage(List<Token> items, Optional<String> nextCursor) {
        TokenPage {
            items = List.copyOf(items);
        }
    }

    record NewToken(
            @Says("What the machine is called.") String name,
            @Says("What it may do: up to `editor`.") Role role,
            @Says("When it ends by itself; null for never.") Optional<Instant> expiresAt) {}

    record MadeToken(
            UUID id,
            @Says("The machine as a user and member.") UUID userId,
            String name,
            Role role,
            Optional<Instant> expiresAt,
            @Says("Shown once: null where the answer is given again for an `Idempotency-Key`.")
                    Optional<String> token) {
        @Override
        public String toString() {
            return "MadeToken[" + id + "]";
        }
    }

    private Answer list(Call<PageQuery, Nothing> call) {
        UUID project = call.admission().project();
        String list = "service tokens " + project;
        UUID after = call.query().after(list);
        List<Token> found =
                database.inApp(
                        Acting.as(call.caller()),
                        Access.READ,
                        handle -> tokens.list(handle, project, after, call.query().fetched()));
        return Answer.ok(
                new TokenPage(
                        found.subList(0, Math.min(found.size(), call.query().shown())),
                        call.query().next(list, found.stream().map(Token::id).toList())));
    }

    private Answer create(Call<Nothing, NewToken> call) {
        NewToken wanted = call.body();
        UUID project = call.admission().project();
        AtomicReference<MadeToken> made = new AtomicReference<>();
        Answer kept =
                idempotency.once(
                        call,
                        handle -> {
                            check(wanted);
                            MadeToken token = make(handle, project, wanted);
                            made.set(token);
                            return created(project, withoutSecret(token));
                        });
        // What is kept for a repetition of the call must not hold the secret.
        MadeToken token = made.get();
        return token == null ? kept : created(project, token).with("Cache-Control", "no-store");
    }

    private void check(NewToken wanted) {
        if (wanted.role() == Role.OWNER) {
            throw Problem.invalid("/role", "is owner; a machine may be up to editor").exception();
        }
        if (wanted.expiresAt().filter(at -> !at.isAfter(clock.instant())).isPresent()) {
            throw Problem.invalid("/expires_at", "is not in the future").exception();
        }
    }

    private MadeToken make(Handle handle, UUID project, NewToken wanted) {
        UUID machine = tokens.machine(handle, wanted.name());
        members.add(handle, project, machine, wanted.role());
        Issued issued = tokens.issue(handle, project, machine, wanted.name(), wanted.expiresAt());
        AuditTrail.append(
                handle,
                AuditEvent.in(project, "service_token.create", "service_token", issued.id())
                        .with("role", wanted.role()));
        return new MadeToken(
                issued.id(),
                machine,
                wanted.name(),
                wanted.role(),
                wanted.expiresAt(),
                Optional.of(issued.secret()));
    }

    private static MadeToken withoutSecret(MadeToken token) {
        return new MadeToken(
                token.id(),
                token.userId(),
                token.name(),
                token.role(),
                token.expiresAt(),
                Optional.empty());
    }

    private static Answer created(UUID project, MadeToken token) {
        return Answer.created("/api/projects/" + project + "/service-tokens/" + token.id(), token);
    }

    private Answer revoke(Call<Nothing, Nothing> call) {
        UUID project = call.admission().project();
        UUID id = call.id(ID);
        database.inApp(
                Acting.as(call.caller()),
                handle -> {
                    UUID machine =
                            tokens.revoke(handle, project, id)
                                    .orElseThrow(() -> Problem.notFound().exception());
                    members.remove(handle, project, machine);
                    AuditTrail.append(
                            handle,
                            AuditEvent.in(project, "service_token.revoke", "service_token", id));
                    return true;
                });
        return Answer.empty();
    }
}
