package io.tieout.server.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tieout.server.AtOnce;
import io.tieout.server.access.PasswordHash.Cost;
import io.tieout.server.problem.ProblemException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PasswordsTest {
    private static final String PASSWORD = "opal tangent veranda 41";

    @Test
    void aHashIsOfItsPasswordOnly() {
        try (Passwords passwords = new Passwords(Cost.LEAST)) {
            String kept = passwords.hash(PASSWORD);
            assertThat(kept).startsWith("$argon2id$v=19$m=19456,t=2,p=1$").doesNotContain("opal");
            assertThat(passwords.check(PASSWORD, Optional.of(kept)).matches()).isTrue();
            assertThat(passwords.check("opal tangent veranda 42", Optional.of(kept)).matches())
                    .isFalse();
            assertThat(passwords.hash(PASSWORD)).isNotEqualTo(kept);
        }
    }

    @Test
    void itIsArgon2idAsOthersComputeIt() {
        // Made with the reference implementation, by argon2-cffi 25.
        PasswordHash hash =
                PasswordHash.of(
                        "password",
                        Cost.LEAST,
                        "somesaltsomesalt".getBytes(StandardCharsets.US_ASCII));
        assertThat(hash.phc())
                .isEqualTo(
                        "$argon2id$v=19$m=19456,t=2,p=1$c29tZXNhbHRzb21lc2FsdA$K13EBUiG7JV+9ZxztmHFTdb7J0WQsnj2V8bZaqyPptE");
    }

    @Test
    void nobodysPasswordNeverMatches() {
        try (Passwords passwords = new Passwords(Cost.LEAST)) {
            assertThat(passwords.check(PASSWORD, Optional.empty()).matches()).isFalse();
        }
    }

    @Test
    void aHashOfAnotherCostMatchesAndIsOutdated() {
        try (Passwords before = new Passwords(Cost.LEAST);
                Passwords now = new Passwords(new Cost(20_480, 3, 1))) {
            String kept = before.hash(PASSWORD);
            assertThat(now.check(PASSWORD, Optional.of(kept)))
                    .isEqualTo(new Passwords.Check(true, true));
            assertThat(now.check(PASSWORD, Optional.of(now.hash(PASSWORD))))
                    .isEqualTo(new Passwords.Check(true, false));
            assertThat(now.check("wrong", Optional.of(kept)))
                    .isEqualTo(new Passwords.Check(false, false));
        }
    }

    @Test
    void aCheaperCostIsRefused() {
        assertThatThrownBy(() -> new Cost(19_455, 2, 1))
                .hasMessageContaining("less than m=19456,t=2,p=1");
        assertThatThrownBy(() -> new Cost(19_456, 1, 1)).hasMessageContaining("t=1");
    }

    @Test
    void oneAndTheSamePasswordMayComeAsOtherCodePoints() {
        try (Passwords passwords = new Passwords(Cost.LEAST)) {
            String kept = passwords.hash("caf\u00e9 caf\u00e9 caf\u00e9");
            assertThat(
                            passwords
                                    .check("cafe\u0301 cafe\u0301 cafe\u0301", Optional.of(kept))
                                    .matches())
                    .isTrue();
        }
    }

    @Test
    void tooManyAtOnceAreToldToComeBack() {
        try (Passwords passwords = new Passwords(Cost.LEAST, 1, 1)) {
            List<String> answers = AtOnce.times(8, () -> hashOrProblem(passwords));
            assertThat(answers).contains("503 unavailable, again after 1 s");
            assertThat(answers).anyMatch(answer -> answer.startsWith("$argon2id$"));
        }
    }

    private static String hashOrProblem(Passwords passwords) {
        try {
            return passwords.hash(PASSWORD);
        } catch (ProblemException e) {
            return "%d %s, again after %s s"
                    .formatted(
                            e.problem().status(),
                            e.problem().type(),
                            e.problem().headers().get("Retry-After"));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "password1234",
                "Password1234",
                "correcthorsebatterystaple",
                "aaaaaaaaaaaa",
                "abababababab",
                "abcabcabcabca",
                "123456789012",
                "098765432109",
                "abcdefghijklm",
                "qwertyuiopas",
                "changeme1234"
            })
    void whatIsGuessedFirstIsRefused(String password) {
        assertThat(PasswordRules.wrong(password, "a@example.org"))
                .hasValueSatisfying(problem -> assertThat(problem).doesNotContain(password));
    }

    @Test
    void lengthIsCountedInCharactersAndTold() {
        assertThat(PasswordRules.wrong("short", "a@x"))
                .contains("has 5 characters; allowed are 12 to 200");
        assertThat(PasswordRules.wrong("x7".repeat(101), "a@x"))
                .contains("has 202 characters; allowed are 12 to 200");
        assertThat(PasswordRules.wrong("opal tangent", "a@x")).isEmpty();
        assertThat(PasswordRules.wrong("opal tangen", "a@x")).isPresent();
        assertThat(PasswordRules.wrong("\uD83D\uDE00\uD83D\uDE01\uD83D\uDE02 tange", "a@x"))
                .contains("has 9 characters; allowed are 12 to 200");
    }

    @Test
    void theEmailIsNoPassword() {
        assertThat(PasswordRules.wrong("Somebody@Example.org", "somebody@example.org"))
                .contains("is the e-mail address; take another");
    }

    @Test
    void nothingThatHoldsAPasswordPrintsIt() {
        Map<String, Object> holders =
                Map.of(
                        "login", new AuthRoutes.Login("a@x", PASSWORD),
                        "change", new AuthRoutes.ChangePassword(PASSWORD, PASSWORD),
                        "refresh", new AuthRoutes.Refresh(PASSWORD),
                        "first", new AccessSettings.FirstAdministrator("a@x", PASSWORD),
                        "token", new OpaqueToken(PASSWORD),
                        "key",
                                new SigningKey(
                                        "id",
                                        Instant.EPOCH,
                                        (PASSWORD + PASSWORD).getBytes(StandardCharsets.UTF_8)),
                        "tokens", new SignIn.Tokens(PASSWORD, PASSWORD, "Bearer", 1));
        holders.forEach(
                (name, holder) -> assertThat(holder.toString()).as(name).doesNotContain("opal"));
    }
}
