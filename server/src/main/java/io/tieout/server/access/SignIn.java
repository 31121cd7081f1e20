package io.tieout.server.access;

import io.tieout.server.access.Accounts.Account;
import io.tieout.server.access.Sessions.Prolonged;
import io.tieout.server.access.Sessions.Why;
import io.tieout.server.audit.AuditEvent;
import io.tieout.server.audit.AuditTrail;
import io.tieout.server.database.Access;
import io.tieout.server.database.Database;
import io.tieout.server.http.Says;
import io.tieout.server.permission.Caller;
import io.tieout.server.problem.Problem;
import io.tieout.server.problem.ProblemException;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/// Begins, prolongs and ends sessions, and changes passwords. Passwords are hashed outside of
/// transactions, which would hold a connection for that long.
final class SignIn {
    private final Database database;
    private final Accounts accounts;
    private final Sessions sessions;
    private final Passwords passwords;
    private final AccessTokens tokens;
    private final RateLimiter limiter;

    SignIn(
            Database database,
            Accounts accounts,
            Sessions sessions,
            Passwords passwords,
            AccessTokens tokens,
            RateLimiter limiter) {
        this.database = database;
        this.accounts = accounts;
        this.sessions = sessions;
        this.passwords = passwords;
        this.tokens = tokens;
        this.limiter = limiter;
    }

    /// What a client goes on with.
    record Tokens(
            @Says("Goes into `Authorization: Bearer …` of each call.") String accessToken,
            @Says("Gets the next two from `POST /api/auth/refresh`; works once.")
                    String refreshToken,
            @Says("`Bearer`") String tokenType,
            @Says("How many seconds the access token is valid.") long expiresIn) {
        @Override
        public String toString() {
            return "Tokens";
        }
    }

    /// Signs a person in.
    ///
    /// @throws io.tieout.server.problem.ProblemException 401, the same and after the same time
    /// whether the person is unknown, disabled, or has another password
    Tokens login(String email, String password, String address) {
        limiter.countTry(email, address);
        Optional<Account> account =
                database.inWorker(
                        Acting.request(), Access.READ, handle -> accounts.byEmail(handle, email));
        Passwords.Check check = passwords.check(password, account.flatMap(Account::hash));
        if (account.isEmpty() || !check.matches() || account.get().disabled()) {
            throw wrong();
        }
        UUID userId = account.get().id();
        String checked = account.get().hash().orElseThrow();
        String hash = check.outdated() ? passwords.hash(password) : checked;
        Prolonged session =
                database.inWorker(
                        Acting.request(),
                        handle -> {
                            if (!hash.equals(checked)
                                    && !accounts.changeHash(handle, userId, checked, hash)) {
                                throw wrong();
                            }
                            return begin(handle, userId, hash, "session.begin");
                        });
        limiter.succeeded(email, address);
        return tokens(session);
    }

    private static ProblemException wrong() {
        return Problem.unauthenticated("the e-mail or the password is wrong").exception();
    }

    private Prolonged begin(Handle handle, UUID userId, String hash, String action) {
        Prolonged session = sessions.begin(handle, userId, hash).orElseThrow(SignIn::wrong);
        Acting.inNameOf(handle, userId);
        AuditTrail.append(handle, AuditEvent.of(action, "user", userId.toString()));
        return session;
    }

    private Tokens tokens(Prolonged session) {
        return new Tokens(
                tokens.issue(session.userId(), session.sessionId()),
                session.next().text(),
                "Bearer",
                AccessTokens.LIFE.toSeconds());
    }

    /// Gives the next tokens of a session.
    ///
    /// @throws io.tieout.server.problem.ProblemException 401 where the token does not work any more
    Tokens refresh(String token) {
        // What it does about a token that comes twice must last, so it is no exception in there.
        return database.inWorker(Acting.request(), handle -> sessions.prolong(handle, token))
                .map(this::tokens)
                .orElseThrow(
                        () ->
                                Problem.unauthenticated(
                                                "the session is over; sign in with your password")
                                        .exception());
    }

    /// Ends the session of a caller.
    void logout(Caller caller) {
        UUID session =
                caller.sessionId()
                        .orElseThrow(
                                () ->
                                        Problem.forbidden(
                                                        "a machine has no session; revoke its token")
                                                .exception());
        database.inWorker(
                Acting.request(),
                handle -> {
                    sessions.revoke(handle, session, Why.LOGOUT);
                    Acting.inNameOf(handle, caller.userId());
                    AuditTrail.append(
                            handle,
                            AuditEvent.of("session.end", "user", caller.userId().toString()));
                    return true;
                });
    }

    /// Changes the password of a caller, ends all sessions they have, and begins a new one.
    ///
    /// @throws io.tieout.server.problem.ProblemException 422 where the present password is wrong or
    /// the new one is not good enough
    Tokens changePassword(Caller caller, String present, String wanted, String address) {
        Account account =
                database.inWorker(
                                Acting.request(),
                                Access.READ,
                                handle -> accounts.byId(handle, caller.userId()))
                        .orElseThrow(
                                () -> Problem.forbidden("a machine has no password").exception());
        limiter.countTry(account.email(), address);
        PasswordRules.check("/new_password", wanted, account.email());
        String checked = account.hash().orElse("");
        if (!passwords.check(present, account.hash()).matches()) {
            throw Problem.invalid("/current_password", "is not your password").exception();
        }
        String hash = passwords.hash(wanted);
        Prolonged session =
                database.inWorker(
                        Acting.request(),
                        handle -> {
                            if (!accounts.changeHash(handle, account.id(), checked, hash)) {
                                throw Problem.invalid("/current_password", "is not your password")
                                        .exception();
                            }
                            sessions.revokeAll(handle, account.id(), Why.PASSWORD);
                            return begin(handle, account.id(), hash, "user.change_password");
                        });
        return tokens(session);
    }

    /// Begins the first session of a user whose password was just set, and ends all others.
    Tokens beginAnew(Handle handle, UUID userId, String hash, String action) {
        sessions.revokeAll(handle, userId, Why.PASSWORD);
        return tokens(begin(handle, userId, hash, action));
    }
}
