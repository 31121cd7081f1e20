package io.tieout.server.access;

import io.tieout.server.access.Links.Purpose;
import io.tieout.server.access.Users.User;
import io.tieout.server.access.Users.UserChange;
import io.tieout.server.audit.AuditEvent;
import io.tieout.server.audit.AuditTrail;
import io.tieout.server.database.Access;
import io.tieout.server.database.Database;
import io.tieout.server.http.Answer;
import io.tieout.server.http.Call;
import io.tieout.server.http.Cursor;
import io.tieout.server.http.Nothing;
import io.tieout.server.http.Route;
import io.tieout.server.http.Says;
import io.tieout.server.http.Text;
import io.tieout.server.http.Whole;
import io.tieout.server.idempotency.Idempotency;
import io.tieout.server.problem.Problem;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// `/api/users`: administrators say who may sign in.
final class UserRoutes {
    private static final String TAG = "users";
    private static final String ID = "user_id";
    private static final UUID FIRST = new UUID(0, 0);

    private final Database database;
    private final Idempotency idempotency;
    private final Users users;
    private final Links links;

    UserRoutes(Database database, Idempotency idempotency, Users users, Links links) {
        this.database = database;
        this.idempotency = idempotency;
        this.users = users;
        this.links = links;
    }

    List<Route<?, ?>> routes() {
        return List.of(
                Route.get("/api/users")
                        .forAdministrators()
                        .named("listUsers", TAG, "Lists people by e-mail.")
                        .query(UserQuery.class)
                        .answers(200, UserPage.class, "A page of them.")
                        .handle(this::list),
                Route.post("/api/users")
                        .forAdministrators()
                        .creates()
                        .named(
                                "inviteUser",
                                TAG,
                                "Makes a user and a link with which they set their password; no mail is sent.")
                        .body(Invite.class)
                        .answers(201, Invited.class, "The user and the link.")
                        .handle(this::invite),
                Route.get("/api/users/{user_id}")
                        .forAdministrators()
                        .named("getUser", TAG, "Shows a person.")
                        .answers(200, User.class, "The person.")
                        .handle(this::get),
                Route.patch("/api/users/{user_id}")
                        .forAdministrators()
                        .named(
                                "changeUser",
                                TAG,
                                "Renames a person, makes them an administrator or not, disables or enables them.")
                        .body(UserChange.class)
                        .answers(200, User.class, "The person as changed.")
                        .handle(this::change),
                Route.post("/api/users/{user_id}/links")
                        .forAdministrators()
                        .creates()
                        .named(
                                "makeResetLink",
                                TAG,
                                "Makes a link with which a person sets a new password; no mail is sent.")
                        .answers(201, Invited.class, "The user and the link.")
                        .handle(this::reset));
    }

    record UserQuery(
            @Says("A part of the e-mail or name.") Optional<String> filter,
            @Whole(min = 1, max = 200) Optional<Integer> limit,
            @Text(max = 4000) Optional<String> cursor) {}

    record UserPage(List<User> items, Optional<String> nextCursor) {
        UserPage {
            items = List.copyOf(items);
        }
    }

    record Invite(@Text(max = 254, pattern = EmailAddress.PATTERN) String email, String name) {}

    record Invited(
            User user,
            @Says("Shown once: null where the answer is given again for an `Idempotency-Key`.")
                    Optional<OneTimeLink> link) {}

    private Answer list(Call<UserQuery, Nothing> call) {
        UserQuery query = call.query();
        int limit = query.limit().orElse(50);
        String list = "users " + query.filter().orElse("");
        List<String> after =
                query.cursor()
                        .map(cursor -> Cursor.decode(cursor, list, 2).values())
                        .orElse(List.of("", FIRST.toString()));
        UUID afterId = Cursor.id(after.get(1));
        List<User> found =
                database.inApp(
                        Acting.as(call.caller()),
                        Access.READ,
                        handle ->
                                users.list(
                                        handle, query.filter(), after.get(0), afterId, limit + 1));
        if (found.size() <= limit) {
            return Answer.ok(new UserPage(found, Optional.empty()));
        }
        User last = found.get(limit - 1);
        Cursor next = new Cursor(list, List.of(last.email(), last.id().toString()));
        return Answer.ok(new UserPage(found.subList(0, limit), Optional.of(next.encoded())));
    }

    private Answer invite(Call<Nothing, Invite> call) {
        AtomicReference<OneTimeLink> link = new AtomicReference<>();
        AtomicReference<User> made = new AtomicReference<>();
        Answer kept =
                idempotency.once(
                        call,
                        handle -> {
                            UUID id = insert(handle, call.body());
                            link.set(links.make(handle, Purpose.INVITE, id));
                            AuditTrail.append(
                                    handle, AuditEvent.of("user.invite", "user", id.toString()));
                            User user = find(handle, id);
                            made.set(user);
                            return created(user, Optional.empty());
                        });
        return withSecret(kept, made.get(), link.get());
    }

    private UUID insert(Handle handle, Invite invite) {
        return users.invite(handle, EmailAddress.normal(invite.email()), invite.name())
                .orElseThrow(
                        () ->
                                Problem.conflict(
                                                "email-taken",
                                                "Somebody has this e-mail",
                                                "find them in the list; a link for them is made at /links")
                                        .exception());
    }

    private Answer reset(Call<Nothing, Nothing> call) {
        AtomicReference<OneTimeLink> link = new AtomicReference<>();
        AtomicReference<User> of = new AtomicReference<>();
        Answer kept =
                idempotency.once(
                        call,
                        handle -> {
                            User user = find(handle, call.id(ID));
                            if (user.disabledAt().isPresent()) {
                                throw Problem.conflict(
                                                "user-disabled",
                                                "The user is disabled",
                                                "enable the user first")
                                        .exception();
                            }
                            link.set(links.make(handle, Purpose.RESET, user.id()));
                            AuditTrail.append(
                                    handle,
                                    AuditEvent.of("user.make_link", "user", user.id().toString()));
                            of.set(user);
                            return created(user, Optional.empty());
                        });
        return withSecret(kept, of.get(), link.get());
    }

    /// The answer of this call with its secret, which is not in what is kept for its repetition.
    private static Answer withSecret(Answer kept, @Nullable User user, @Nullable OneTimeLink link) {
        return user == null || link == null
                ? kept
                : created(user, Optional.of(link)).with("Cache-Control", "no-store");
    }

    private static Answer created(User user, Optional<OneTimeLink> link) {
        return Answer.created("/api/users/" + user.id(), new Invited(user, link))
                .version(user.version());
    }

    private Answer get(Call<Nothing, Nothing> call) {
        User user =
                database.inApp(
                        Acting.as(call.caller()), Access.READ, handle -> find(handle, call.id(ID)));
        return Answer.ok(user).version(user.version());
    }

    private User find(Handle handle, UUID id) {
        return users.find(handle, id).orElseThrow(() -> Problem.notFound().exception());
    }

    private Answer change(Call<Nothing, UserChange> call) {
        UserChange change = call.body();
        if (change.equals(new UserChange(Optional.empty(), Optional.empty(), Optional.empty()))) {
            throw Problem.invalid("", "changes nothing").exception();
        }
        int version = call.ifMatch();
        UUID id = call.id(ID);
        User changed =
                database.inApp(
                        Acting.as(call.caller()),
                        handle -> {
                            if (!users.lock(handle)) {
                                throw Problem.forbidden("only administrators may").exception();
                            }
                            find(handle, id);
                            if (!users.change(handle, id, version, change)) {
                                throw Problem.changedMeanwhile().exception();
                            }
                            AuditTrail.append(handle, event(id, change));
                            return find(handle, id);
                        });
        return Answer.ok(changed).version(changed.version());
    }

    private static AuditEvent event(UUID id, UserChange change) {
        AuditEvent event = AuditEvent.of("user.change", "user", id.toString());
        if (change.administrator().isPresent()) {
            event = event.with("administrator", change.administrator().get());
        }
        if (change.disabled().isPresent()) {
            event = event.with("disabled", change.disabled().get());
        }
        return change.name().isPresent() ? event.with("renamed", true) : event;
    }
}
