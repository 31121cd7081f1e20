package io.tieout.server.access;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Keys given in the environment: `JWT_SECRET`, and `JWT_SECRET_PREVIOUS` while it is changed.
final class ConfiguredKeys implements SigningKeys {
    private static final int ID_CHARACTERS = 16;

    private final KeyRing ring;

    /// @throws AccessFailure where a secret is too short
    ConfiguredKeys(String secret, Optional<String> previous) {
        this.ring =
                new KeyRing(
                        key("JWT_SECRET", secret),
                        previous.map(text -> List.of(key("JWT_SECRET_PREVIOUS", text)))
                                .orElse(List.of()));
    }

    private static SigningKey key(String variable, String text) {
        byte[] secret = text.getBytes(StandardCharsets.UTF_8);
        if (secret.length < SigningKey.LEAST_BYTES) {
            throw new AccessFailure(
                    "%s has %d bytes; a key has at least %d"
                            .formatted(variable, secret.length, SigningKey.LEAST_BYTES),
                    "set it to what `openssl rand -base64 48` prints");
        }
        return new SigningKey(id(secret), Instant.EPOCH, secret);
    }

    // Every server that has the secret must give it the same id, which must not tell the secret.
    private static String id(byte[] secret) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret, "HmacSHA256"));
            byte[] hash = mac.doFinal("tieout key id".getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash).substring(0, ID_CHARACTERS);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has HmacSHA256", e);
        }
    }

    @Override
    public KeyRing ring() {
        return ring;
    }

    @Override
    public KeyRing reread() {
        return ring;
    }
}
