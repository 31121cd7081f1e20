package io.tieout.server.access;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;

/// A secret of 256 random bits that says nothing by itself. Only its hash is kept; the bits are too
/// many to guess, so a fast hash without salt is enough.
///
/// @param text as it is handed out, once
record OpaqueToken(String text) {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int BYTES = 32;
    private static final int LONGEST = 100;

    /// What a token opens. Its mark begins the token, so that scanners for leaked secrets know it.
    enum Use {
        /// A session's next access token.
        REFRESH("tieout_rt_"),
        /// A machine's way in.
        SERVICE("tieout_st_"),
        /// Setting a password.
        LINK("tieout_lk_");

        private final String mark;

        Use(String mark) {
            this.mark = mark;
        }

        /// Whether a text can be a token of this use.
        boolean marks(String text) {
            return text.startsWith(mark) && text.length() <= LONGEST;
        }
    }

    /// A new one.
    static OpaqueToken random(Use use) {
        byte[] bytes = new byte[BYTES];
        RANDOM.nextBytes(bytes);
        return new OpaqueToken(
                use.mark + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
    }

    /// What is kept of it.
    byte[] hash() {
        return hash(text);
    }

    /// What is kept of a token with this text.
    static byte[] hash(String text) {
        return sha256(text.getBytes(StandardCharsets.UTF_8));
    }

    static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    @Override
    public String toString() {
        return "OpaqueToken";
    }
}
