package io.tieout.server.access;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;

/// How signing in is configured.
///
/// @param jwtSecret `JWT_SECRET`: what access tokens are signed with; empty: made and kept here
/// @param previousJwtSecret `JWT_SECRET_PREVIOUS`: what they were signed with before
/// @param production `TIEOUT_ENV=production`: secrets are not made here
/// @param home `TIEOUT_HOME`: where made ones are kept
/// @param firstAdministrator `TIEOUT_BOOTSTRAP_ADMIN_EMAIL` and `…_PASSWORD`
/// @param limits how often one may call
public record AccessSettings(
        Optional<String> jwtSecret,
        Optional<String> previousJwtSecret,
        boolean production,
        Path home,
        Optional<FirstAdministrator> firstAdministrator,
        RateLimits limits) {

    /// Who becomes the first administrator of an empty database.
    public record FirstAdministrator(String email, String password) {
        @Override
        public String toString() {
            return "FirstAdministrator";
        }
    }

    /// What the environment says.
    ///
    /// @param production whether secrets must be given
    /// @throws AccessFailure where half of the first administrator is given
    public static AccessSettings of(
            Map<String, String> environment, boolean production, Path home) {
        return new AccessSettings(
                value(environment, "JWT_SECRET"),
                value(environment, "JWT_SECRET_PREVIOUS"),
                production,
                home,
                firstAdministrator(environment),
                RateLimits.of(environment));
    }

    private static Optional<FirstAdministrator> firstAdministrator(Map<String, String> all) {
        Optional<String> email = value(all, "TIEOUT_BOOTSTRAP_ADMIN_EMAIL");
        Optional<String> password = value(all, "TIEOUT_BOOTSTRAP_ADMIN_PASSWORD");
        if (email.isPresent() != password.isPresent()) {
            throw new AccessFailure(
                    "only one of TIEOUT_BOOTSTRAP_ADMIN_EMAIL and TIEOUT_BOOTSTRAP_ADMIN_PASSWORD is set",
                    "set both, or neither to get a link that creates the first administrator");
        }
        return email.map(address -> new FirstAdministrator(address, password.orElseThrow()));
    }

    private static Optional<String> value(Map<String, String> environment, String name) {
        return Optional.ofNullable(environment.get(name)).filter(text -> !text.isBlank());
    }

    /// The keys that this says.
    ///
    /// @throws AccessFailure where there are none, or none that can be used
    SigningKeys keys(InstantSource clock) {
        if (jwtSecret.isPresent()) {
            return new ConfiguredKeys(jwtSecret.get(), previousJwtSecret);
        }
        if (production) {
            throw new AccessFailure(
                    "JWT_SECRET is not set, and in production none is made",
                    "set it to what `openssl rand -base64 48` prints, the same on every server");
        }
        return new KeptKeys(home, clock);
    }

    @Override
    public String toString() {
        return "AccessSettings[production=" + production + ", home=" + home + "]";
    }
}
