package io.tieout.server.access;

import io.tieout.server.database.Database;
import io.tieout.server.database.Ids;
import io.tieout.server.http.Gate;
import io.tieout.server.http.Limiter;
import io.tieout.server.http.Route;
import io.tieout.server.idempotency.Idempotency;
import io.tieout.server.permission.Resource;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// The feature, put together: who users are, how they sign in, and what lets calls in.
public final class AccessControl implements AutoCloseable {
    private final AccessSettings settings;
    private final Passwords passwords;
    private final Bootstrap bootstrap;
    private final RateLimiter limiter;
    private final Authority authority;
    private final AccessGate gate;
    private final People people;
    private final ServiceTokens serviceTokens;
    private final List<Route<?, ?>> routes;

    /// @param memberships who is what in which project
    /// @param finders how the project is found of what paths name, for each resource of the routes
    /// @throws AccessFailure where there is nothing to sign tokens with
    public AccessControl(
            AccessSettings settings,
            Database database,
            Idempotency idempotency,
            InstantSource clock,
            Ids ids,
            Memberships memberships,
            Map<Resource, ProjectFinder> finders) {
        this.settings = settings;
        AccessTokens tokens = new AccessTokens(settings.keys(clock), clock);
        this.passwords = new Passwords(PasswordHash.Cost.LEAST);
        this.limiter = new RateLimiter(settings.limits(), new LocalBuckets(clock));
        Accounts accounts = new Accounts(ids);
        Links links = new Links(clock);
        this.bootstrap = new Bootstrap(database, accounts, links, passwords);
        SignIn signIn =
                new SignIn(
                        database, accounts, new Sessions(ids, clock), passwords, tokens, limiter);
        Acceptance acceptance =
                new Acceptance(database, accounts, links, bootstrap, passwords, signIn);
        Authenticator authenticator = new Authenticator(database, tokens, clock);
        this.authority = new Authority(database, authenticator, memberships, finders);
        this.gate = new AccessGate(authenticator, authority);
        this.people = new People(database);
        this.serviceTokens = new ServiceTokens(ids, clock);
        this.routes =
                Stream.concat(
                                new AuthRoutes(database, signIn, acceptance).routes().stream(),
                                new UserRoutes(database, idempotency, new Users(ids, clock), links)
                                        .routes().stream())
                        .toList();
    }

    /// Makes the first administrator that the settings name, where there are no users; the link to
    /// print for becoming one, where there is no administrator otherwise. Called at each start.
    ///
    /// @throws AccessFailure where the settings name one that cannot be taken
    public Optional<OneTimeLink> ensureAdministrator() {
        return bootstrap.start(settings.firstAdministrator());
    }

    /// Lets calls in.
    ///
    /// @param all the routes of the server
    /// @throws IllegalStateException where nothing finds the project of a route
    public Gate gate(List<Route<?, ?>> all) {
        gate.check(all);
        return gate;
    }

    /// Limits how often one may call.
    public Limiter limiter() {
        return limiter;
    }

    /// The rule of who may do what in a project, for what goes on after a call.
    public Authority authority() {
        return authority;
    }

    /// Users as other features see them.
    public People people() {
        return people;
    }

    /// Tokens for machines.
    public ServiceTokens serviceTokens() {
        return serviceTokens;
    }

    /// `/api/auth` and `/api/users`.
    public List<Route<?, ?>> routes() {
        return routes;
    }

    @Override
    public void close() {
        passwords.close();
    }
}
