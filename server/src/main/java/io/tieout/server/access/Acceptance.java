package io.tieout.server.access;

import io.tieout.server.access.Links.Open;
import io.tieout.server.access.Links.Purpose;
import io.tieout.server.access.SignIn.Tokens;
import io.tieout.server.database.Access;
import io.tieout.server.database.Database;
import io.tieout.server.http.Says;
import io.tieout.server.http.Text;
import io.tieout.server.problem.InputError;
import io.tieout.server.problem.Problem;
import io.tieout.server.problem.ProblemException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/// Opens one-time links: whoever has one sets a password, and is signed in.
final class Acceptance {
    private final Database database;
    private final Accounts accounts;
    private final Links links;
    private final Bootstrap bootstrap;
    private final Passwords passwords;
    private final SignIn signIn;

    Acceptance(
            Database database,
            Accounts accounts,
            Links links,
            Bootstrap bootstrap,
            Passwords passwords,
            SignIn signIn) {
        this.database = database;
        this.accounts = accounts;
        this.links = links;
        this.bootstrap = bootstrap;
        this.passwords = passwords;
        this.signIn = signIn;
    }

    /// What comes with a link.
    record Accept(
            @Says("The token of the one-time link.") String token,
            @Text(min = 0, max = 1000) String password,
            @Says("Of the first administrator; others have one already.")
                    @Text(max = 254, pattern = EmailAddress.PATTERN)
                    Optional<String> email,
            @Says("What others see; of the first administrator it is needed.")
                    Optional<String> name) {
        @Override
        public String toString() {
            return "Accept";
        }
    }

    /// Sets the password that comes with a link.
    ///
    /// @throws ProblemException 410 where the link does not open any more, 422 where what comes
    /// with it is not right, which leaves the link as it is
    Tokens accept(Accept accept) {
        Open open =
                database.inWorker(
                                Acting.request(),
                                Access.READ,
                                handle -> links.find(handle, accept.token()))
                        .orElseThrow(Acceptance::closed);
        checkWho(open, accept);
        String email = open.email().or(accept::email).map(EmailAddress::normal).orElseThrow();
        PasswordRules.check("/password", accept.password(), email);
        String hash = passwords.hash(accept.password());
        return database.inWorker(
                Acting.request(),
                handle -> {
                    if (!links.use(handle, accept.token())) {
                        throw closed();
                    }
                    return switch (open.purpose()) {
                        case BOOTSTRAP -> first(handle, email, accept, hash);
                        case INVITE -> user(handle, open, accept, hash, "user.accept_invitation");
                        case RESET -> user(handle, open, accept, hash, "user.reset_password");
                    };
                });
    }

    private Tokens first(Handle handle, String email, Accept accept, String hash) {
        UUID id =
                bootstrap
                        .become(handle, email, accept.name().orElseThrow(), hash)
                        .orElseThrow(Acceptance::closed);
        return signIn.beginAnew(handle, id, hash, "session.begin");
    }

    private Tokens user(Handle handle, Open open, Accept accept, String hash, String action) {
        UUID id = open.userId().orElseThrow();
        if (!accounts.setHash(handle, id, hash, accept.name().orElse(null))) {
            throw closed();
        }
        return signIn.beginAnew(handle, id, hash, action);
    }

    private static void checkWho(Open open, Accept accept) {
        List<InputError> errors = new ArrayList<>();
        if (open.purpose() == Purpose.BOOTSTRAP) {
            if (accept.email().isEmpty()) {
                errors.add(new InputError("/email", "is missing"));
            }
            if (accept.name().isEmpty()) {
                errors.add(new InputError("/name", "is missing"));
            }
        } else if (accept.email().isPresent()) {
            errors.add(new InputError("/email", "is known from the link; leave it out"));
        }
        if (!errors.isEmpty()) {
            throw Problem.invalid(errors).exception();
        }
    }

    private static ProblemException closed() {
        return Problem.of(
                        "link-closed",
                        "The link does not open any more",
                        410,
                        "it was used, replaced by a newer one, or is too old; ask for a new one")
                .exception();
    }
}
