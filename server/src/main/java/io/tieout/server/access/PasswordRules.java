package io.tieout.server.access;

import io.tieout.server.problem.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Which passwords are taken: long enough to resist guessing, and none that guessers try first.
final class PasswordRules {
    static final int SHORTEST = 12;
    static final int LONGEST = 200;

    private static final Set<String> COMMON = common();

    private PasswordRules() {}

    /// Refuses a password that is not good enough.
    ///
    /// @param pointer where it is in the request
    /// @param email of whom it is
    /// @throws io.tieout.server.problem.ProblemException 422 naming the rule
    static void check(String pointer, String password, String email) {
        wrong(password, email)
                .ifPresent(
                        problem -> {
                            throw Problem.invalid(pointer, problem).exception();
                        });
    }

    /// What is wrong with a password, if anything is.
    static Optional<String> wrong(String password, String email) {
        int length = password.codePointCount(0, password.length());
        if (length < SHORTEST || length > LONGEST) {
            return Optional.of(
                    "has %d characters; allowed are %d to %d".formatted(length, SHORTEST, LONGEST));
        }
        String lower = password.toLowerCase(Locale.ROOT).strip();
        if (lower.equals(email.toLowerCase(Locale.ROOT))) {
            return Optional.of("is the e-mail address; take another");
        }
        if (COMMON.contains(lower) || isRepetition(lower) || isSequence(lower)) {
            return Optional.of("is among the first that are guessed; take another");
        }
        return Optional.empty();
    }

    /// A piece of up to eight characters again and again.
    private static boolean isRepetition(String text) {
        for (int piece = 1; piece <= 8; piece++) {
            if (text.substring(piece).equals(text.substring(0, text.length() - piece))) {
                return true;
            }
        }
        return false;
    }

    /// Characters in the order of the alphabet, the digits or the keyboard, either way.
    private static boolean isSequence(String text) {
        for (String row :
                Set.of(
                        "0123456789".repeat(LONGEST / 10 + 1),
                        "1234567890qwertyuiopasdfghjklzxcvbnm",
                        "abcdefghijklmnopqrstuvwxyz")) {
            String backwards = new StringBuilder(row).reverse().toString();
            if (row.contains(text) || backwards.contains(text)) {
                return true;
            }
        }
        return false;
    }

    private static Set<String> common() {
        try (InputStream in = PasswordRules.class.getResourceAsStream("common-passwords.txt")) {
            if (in == null) {
                throw new IllegalStateException("common-passwords.txt is missing");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .map(String::strip)
                    .filter(line -> !line.isEmpty())
                    .collect(Collectors.toUnmodifiableSet());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
