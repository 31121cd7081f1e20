package io.tieout.server.access;

import io.tieout.server.access.Acceptance.Accept;
import io.tieout.server.access.SignIn.Tokens;
import io.tieout.server.database.Access;
import io.tieout.server.database.Database;
import io.tieout.server.http.Answer;
import io.tieout.server.http.Call;
import io.tieout.server.http.Nothing;
import io.tieout.server.http.Route;
import io.tieout.server.http.Says;
import io.tieout.server.http.Text;
import io.tieout.server.permission.Caller;
import io.tieout.server.problem.Problem;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// `/api/auth`: signing in and out.
final class AuthRoutes {
    private static final String TAG = "auth";

    private final Database database;
    private final SignIn signIn;
    private final Acceptance acceptance;

    AuthRoutes(Database database, SignIn signIn, Acceptance acceptance) {
        this.database = database;
        this.signIn = signIn;
        this.acceptance = acceptance;
    }

    List<Route<?, ?>> routes() {
        return List.of(
                Route.post("/api/auth/login")
                        .forAnyone()
                        .counts(Route.Quota.SIGN_IN)
                        .named("login", TAG, "Signs in with e-mail and password.")
                        .body(Login.class)
                        .answers(200, Tokens.class, "Signed in.")
                        .handle(this::login),
                Route.post("/api/auth/refresh")
                        .forAnyone()
                        .named("refresh", TAG, "Gets the next tokens of a session.")
                        .body(Refresh.class)
                        .answers(200, Tokens.class, "The next tokens.")
                        .handle(call -> secret(signIn.refresh(call.body().refreshToken()))),
                Route.post("/api/auth/logout")
                        .forSignedIn()
                        .named("logout", TAG, "Ends the session.")
                        .answersEmpty("It is over.")
                        .handle(this::logout),
                Route.get("/api/auth/me")
                        .forSignedIn()
                        .named("me", TAG, "Who is signed in.")
                        .answers(200, Me.class, "The caller.")
                        .handle(this::me),
                Route.post("/api/auth/password")
                        .forSignedIn()
                        .counts(Route.Quota.SIGN_IN)
                        .named(
                                "changePassword",
                                TAG,
                                "Changes one's password, ends all one's sessions, and begins a new one.")
                        .body(ChangePassword.class)
                        .answers(200, Tokens.class, "Changed; these are of the new session.")
                        .handle(this::changePassword),
                Route.post("/api/auth/accept")
                        .forAnyone()
                        .counts(Route.Quota.SIGN_IN)
                        .named(
                                "acceptLink",
                                TAG,
                                "Opens a one-time link: sets a password, and signs in.")
                        .body(Accept.class)
                        .answers(200, Tokens.class, "Signed in.")
                        .handle(call -> secret(acceptance.accept(call.body()))));
    }

    record Login(@Text(max = 254) String email, @Text(min = 0, max = 1000) String password) {
        @Override
        public String toString() {
            return "Login";
        }
    }

    record Refresh(String refreshToken) {
        @Override
        public String toString() {
            return "Refresh";
        }
    }

    record ChangePassword(
            @Text(min = 0, max = 1000) String currentPassword,
            @Text(min = 0, max = 1000) String newPassword) {
        @Override
        public String toString() {
            return "ChangePassword";
        }
    }

    record Me(
            UUID id,
            @Says("A person, or a machine with a service token.") Caller.Kind kind,
            Optional<String> email,
            String name,
            boolean administrator) {}

    private Answer login(Call<Nothing, Login> call) {
        Login login = call.body();
        return secret(
                signIn.login(
                        EmailAddress.normal(login.email()),
                        login.password(),
                        call.raw().address()));
    }

    private static Answer secret(Tokens tokens) {
        return Answer.ok(tokens).with("Cache-Control", "no-store");
    }

    private Answer logout(Call<Nothing, Nothing> call) {
        signIn.logout(call.caller());
        return Answer.empty();
    }

    private Answer changePassword(Call<Nothing, ChangePassword> call) {
        return secret(
                signIn.changePassword(
                        call.caller(),
                        call.body().currentPassword(),
                        call.body().newPassword(),
                        call.raw().address()));
    }

    private Answer me(Call<Nothing, Nothing> call) {
        Caller caller = call.caller();
        People.Person person =
                database.inApp(
                                Acting.as(caller),
                                Access.READ,
                                handle -> People.of(handle, List.of(caller.userId())))
                        .get(caller.userId());
        if (person == null) {
            throw Problem.notFound().exception();
        }
        return Answer.ok(
                new Me(
                        person.id(),
                        person.kind(),
                        person.email(),
                        person.name(),
                        caller.administrator()));
    }
}
