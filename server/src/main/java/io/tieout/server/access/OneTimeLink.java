package io.tieout.server.access;

import io.tieout.server.http.Says;
import java.time.Instant;

/// A link that opens once, and lets whoever opens it set a password.
///
/// @param token for `POST /api/auth/accept`
/// @param path the page of the workbench that asks for the password; the token is behind the `#`,
/// which browsers send to no server
public record OneTimeLink(
        @Says("Set the password with it by `POST /api/auth/accept`.") String token,
        @Says("The page that does so, on this server.") String path,
        Instant expiresAt,
        @Says("How it reaches the user.") String delivery) {
    OneTimeLink(OpaqueToken token, Instant expiresAt) {
        this(
                token.text(),
                "/accept#" + token.text(),
                expiresAt,
                "No mail is sent. Hand the link to the user yourself; it is shown only once.");
    }

    @Override
    public String toString() {
        return "OneTimeLink";
    }
}
