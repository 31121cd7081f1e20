package io.tieout.server.access;

import io.tieout.server.access.AccessSettings.FirstAdministrator;
import io.tieout.server.audit.AuditEvent;
import io.tieout.server.audit.AuditTrail;
import io.tieout.server.database.Database;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/// Sees to it that there is a first administrator, or a way to become that. There is no password
/// that anyone could know beforehand.
final class Bootstrap {
    private final Database database;
    private final Accounts accounts;
    private final Links links;
    private final Passwords passwords;

    Bootstrap(Database database, Accounts accounts, Links links, Passwords passwords) {
        this.database = database;
        this.accounts = accounts;
        this.links = links;
        this.passwords = passwords;
    }

    /// Makes the administrator that the settings name where there are no users at all; a link for
    /// becoming one where there is no administrator otherwise, which replaces that of an earlier
    /// start.
    ///
    /// @throws AccessFailure where the settings name one that cannot be taken
    Optional<OneTimeLink> start(Optional<FirstAdministrator> named) {
        if (hasAdministrator()) {
            return Optional.empty();
        }
        Optional<String> hash = named.map(this::checkedHash);
        return database.inWorker(
                Acting.request(),
                handle -> {
                    accounts.lockFirst(handle);
                    if (accounts.hasAdministrator(handle)) {
                        return Optional.empty();
                    }
                    if (named.isPresent() && !accounts.hasUsers(handle)) {
                        String email = EmailAddress.normal(named.get().email());
                        create(handle, email, email, hash.orElseThrow());
                        return Optional.empty();
                    }
                    return Optional.of(links.make(handle, Links.Purpose.BOOTSTRAP, null));
                });
    }

    private boolean hasAdministrator() {
        return database.inWorker(Acting.request(), accounts::hasAdministrator);
    }

    private String checkedHash(FirstAdministrator named) {
        if (!named.email().matches(EmailAddress.PATTERN)) {
            throw new AccessFailure(
                    "TIEOUT_BOOTSTRAP_ADMIN_EMAIL is no e-mail address", "set it to one");
        }
        PasswordRules.wrong(named.password(), named.email())
                .ifPresent(
                        problem -> {
                            throw new AccessFailure(
                                    "TIEOUT_BOOTSTRAP_ADMIN_PASSWORD " + problem,
                                    "set a long one that nobody can guess");
                        });
        return passwords.hash(named.password());
    }

    /// Makes the first administrator, unless there is one; empty then.
    Optional<UUID> become(Handle handle, String email, String name, String hash) {
        accounts.lockFirst(handle);
        return accounts.hasAdministrator(handle)
                ? Optional.empty()
                : create(handle, email, name, hash);
    }

    private Optional<UUID> create(Handle handle, String email, String name, String hash) {
        Optional<UUID> id = accounts.first(handle, email, name, hash);
        id.ifPresent(
                first -> {
                    Acting.inNameOf(handle, first);
                    AuditTrail.append(
                            handle, AuditEvent.of("user.bootstrap", "user", first.toString()));
                });
        return id;
    }
}
