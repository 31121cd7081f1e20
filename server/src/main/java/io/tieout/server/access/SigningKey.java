package io.tieout.server.access;

import java.time.Instant;

/// A secret that access tokens are signed with.
///
/// @param id names it in the tokens, and tells nothing of it
/// @param createdAt since when it is there
/// @param secret at least 32 bytes
record SigningKey(String id, Instant createdAt, byte[] secret) {
    static final int LEAST_BYTES = 32;

    SigningKey {
        if (secret.length < LEAST_BYTES) {
            throw new IllegalArgumentException(
                    "a signing key has at least 32 bytes, not " + secret.length);
        }
        secret = secret.clone();
    }

    @Override
    public String toString() {
        return "SigningKey[" + id + "]";
    }
}
