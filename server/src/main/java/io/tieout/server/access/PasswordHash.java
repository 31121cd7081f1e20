package io.tieout.server.access;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/// What is kept of a password: Argon2id of it, with the salt and the cost it was made with. Written
/// as a PHC string, so that the cost can be raised and old hashes still be checked.
record PasswordHash(Cost cost, byte[] salt, byte[] hash) {
    static final int SALT_BYTES = 16;
    static final int HASH_BYTES = 32;
    private static final Pattern PHC =
            Pattern.compile(
                    "\\$argon2id\\$v=19\\$m=([0-9]{1,7}),t=([0-9]{1,3}),p=([0-9]{1,2})"
                            + "\\$([A-Za-z0-9+/]{11,86})\\$([A-Za-z0-9+/]{43})");

    /// What computing one hash takes.
    ///
    /// @param memoryKib at least 19,456, which is 19 MiB
    /// @param passes over the memory, at least 2
    /// @param lanes at least 1
    record Cost(int memoryKib, int passes, int lanes) {
        /// The least that is taken, and what is used unless more is asked for.
        static final Cost LEAST = new Cost(19_456, 2, 1);

        Cost {
            if (memoryKib < 19_456 || passes < 2 || lanes < 1) {
                throw new IllegalArgumentException(
                        "m=%d,t=%d,p=%d is less than m=19456,t=2,p=1"
                                .formatted(memoryKib, passes, lanes));
            }
        }
    }

    static PasswordHash of(String password, Cost cost, byte[] salt) {
        Argon2Parameters parameters =
                new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
                        .withVersion(Argon2Parameters.ARGON2_VERSION_13)
                        .withMemoryAsKB(cost.memoryKib())
                        .withIterations(cost.passes())
                        .withParallelism(cost.lanes())
                        .withSalt(salt)
                        .build();
        Argon2BytesGenerator generator = new Argon2BytesGenerator();
        generator.init(parameters);
        byte[] hash = new byte[HASH_BYTES];
        generator.generateBytes(password.getBytes(StandardCharsets.UTF_8), hash);
        return new PasswordHash(cost, salt, hash);
    }

    /// Whether it is the hash of this password; takes equally long whether it is or not.
    boolean isOf(String password) {
        return MessageDigest.isEqual(hash, of(password, cost, salt).hash());
    }

    static PasswordHash parse(String phc) {
        Matcher parts = PHC.matcher(phc);
        if (!parts.matches()) {
            throw new IllegalStateException("a kept password hash is no PHC string of Argon2id");
        }
        return new PasswordHash(
                new Cost(number(parts, 1), number(parts, 2), number(parts, 3)),
                Base64.getDecoder().decode(parts.group(4)),
                Base64.getDecoder().decode(parts.group(5)));
    }

    private static int number(Matcher parts, int group) {
        return Integer.parseInt(parts.group(group));
    }

    String phc() {
        Base64.Encoder base64 = Base64.getEncoder().withoutPadding();
        return "$argon2id$v=19$m=%d,t=%d,p=%d$%s$%s"
                .formatted(
                        cost.memoryKib(),
                        cost.passes(),
                        cost.lanes(),
                        base64.encodeToString(salt),
                        base64.encodeToString(hash));
    }

    @Override
    public String toString() {
        return "PasswordHash[" + cost + "]";
    }
}
