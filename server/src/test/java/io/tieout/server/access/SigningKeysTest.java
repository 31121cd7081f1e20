package io.tieout.server.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tieout.server.AtOnce;
import io.tieout.server.SettableClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SigningKeysTest {
    private static final String SECRET = "a secret of the environment, 40 bytes...";
    private static final String PREVIOUS = "the secret of the environment before it.";

    private final SettableClock clock = new SettableClock();

    @TempDir private Path home;

    @Test
    void aGivenSecretSignsAndThePreviousOneStillVerifies() {
        KeyRing before = new ConfiguredKeys(PREVIOUS, Optional.empty()).ring();
        KeyRing now = new ConfiguredKeys(SECRET, Optional.of(PREVIOUS)).ring();
        assertThat(now.find(before.current().id())).isPresent();
        assertThat(now.current().id())
                .isNotEqualTo(before.current().id())
                .isEqualTo(new ConfiguredKeys(SECRET, Optional.empty()).ring().current().id());
    }

    @Test
    void aShortSecretIsRefusedWithoutBeingShown() {
        assertThatThrownBy(() -> new ConfiguredKeys("too short a secret", Optional.empty()))
                .isInstanceOf(AccessFailure.class)
                .hasMessage(
                        "JWT_SECRET has 18 bytes; a key has at least 32; set it to what"
                                + " `openssl rand -base64 48` prints");
        assertThatThrownBy(() -> new ConfiguredKeys(SECRET, Optional.of("short")))
                .hasMessageStartingWith("JWT_SECRET_PREVIOUS has 5 bytes");
    }

    @Test
    void productionWantsASecret() {
        AccessSettings settings = AccessSettings.of(Map.of(), true, home);
        assertThatThrownBy(() -> settings.keys(clock))
                .isInstanceOf(AccessFailure.class)
                .hasMessageContaining("JWT_SECRET is not set, and in production none is made");
        assertThat(home).isEmptyDirectory();
        AccessSettings given = AccessSettings.of(Map.of("JWT_SECRET", SECRET), true, home);
        assertThat(given.keys(clock).ring().older()).isEmpty();
        assertThat(given.toString()).doesNotContain(SECRET);
    }

    @Test
    void theFirstStartMakesAKeyThatOnlyItsOwnerReads() throws IOException {
        Path fresh = home.resolve("fresh");
        KeyRing made = new KeptKeys(fresh, clock).ring();
        assertThat(made.current().secret()).hasSize(48);
        assertThat(mode(fresh.resolve("jwt-keys"))).isEqualTo("rw-------");
        assertThat(mode(fresh)).isEqualTo("rwx------");
        assertThat(new KeptKeys(fresh, clock).ring().current().id()).isEqualTo(made.current().id());
    }

    private static String mode(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    @Test
    void aFileThatOthersReadIsRefused() throws IOException {
        KeyRing made = new KeptKeys(home, clock).ring();
        Path file = home.resolve("jwt-keys");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
        assertThatThrownBy(() -> new KeptKeys(home, clock))
                .isInstanceOf(AccessFailure.class)
                .hasMessageContaining("(mode rw-r-----)")
                .hasMessageContaining("chmod 600");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        assertThat(new KeptKeys(home, clock).ring().current().id()).isEqualTo(made.current().id());
    }

    @Test
    void aDamagedFileIsToldByItsLine() throws IOException {
        KeyRing made = new KeptKeys(home, clock).ring();
        Path file = home.resolve("jwt-keys");
        Files.writeString(file, Files.readString(file).replace(" 20", " 30x"));
        assertThatThrownBy(() -> new KeptKeys(home, clock))
                .isInstanceOf(AccessFailure.class)
                .hasMessageContaining("jwt-keys, line 2, is no key")
                .message()
                .doesNotContain(made.current().id());
    }

    @Test
    void aKeySignsFor30DaysAndVerifiesForADayMore() {
        KeptKeys keys = new KeptKeys(home, clock);
        String first = keys.ring().current().id();
        clock.advance(Duration.ofDays(30).minusMinutes(1));
        assertThat(keys.ring().current().id()).isEqualTo(first);
        clock.advance(Duration.ofMinutes(1));
        assertThat(keys.ring().current().id()).isNotEqualTo(first);
        assertThat(keys.ring().find(first)).isPresent();
        clock.advance(Duration.ofDays(1).minusMinutes(1));
        assertThat(keys.ring().find(first)).isPresent();
        clock.advance(Duration.ofMinutes(1));
        assertThat(keys.ring().find(first)).isEmpty();
    }

    @Test
    void keysOutliveAFileThatIsLost() throws IOException {
        KeptKeys keys = new KeptKeys(home, clock);
        String id = keys.ring().current().id();
        Files.writeString(home.resolve("jwt-keys"), "damaged");
        clock.advance(Duration.ofDays(31));
        assertThat(keys.ring().current().id()).isEqualTo(id);
    }

    @Test
    void anotherServerVerifiesWhatTheNewKeySigned() {
        KeptKeys mine = new KeptKeys(home, clock);
        clock.advance(Duration.ofDays(30).minusSeconds(5));
        // Behind by as much as two clocks may differ: it does not think that a new key is due.
        InstantSource behind = () -> clock.instant().minusSeconds(10);
        KeptKeys theirs = new KeptKeys(home, behind);
        clock.advance(Duration.ofSeconds(5));
        AccessTokens signing = new AccessTokens(mine, clock);
        String token = signing.issue(new java.util.UUID(0, 1), new java.util.UUID(0, 2));
        assertThat(theirs.ring().find(mine.ring().current().id())).isEmpty();
        clock.advance(Duration.ofSeconds(2));
        assertThat(new AccessTokens(theirs, behind).verify(token)).isPresent();
    }

    @Test
    void serversThatStartAtOnceShareOneKey() {
        List<String> ids = AtOnce.times(16, () -> new KeptKeys(home, clock).ring().current().id());
        assertThat(ids).hasSize(16).containsOnly(ids.getFirst());
    }

    @Test
    void readersSeeARotationAtOnceAndOnlyOne() {
        KeptKeys keys = new KeptKeys(home, clock);
        String first = keys.ring().current().id();
        clock.advance(Duration.ofDays(30));
        List<String> ids = AtOnce.times(16, () -> keys.ring().current().id());
        assertThat(ids).hasSize(16).containsOnly(ids.getFirst()).doesNotContain(first);
    }

    @Test
    void halfOfAFirstAdministratorIsRefused() {
        assertThatThrownBy(
                        () ->
                                AccessSettings.of(
                                        Map.of("TIEOUT_BOOTSTRAP_ADMIN_EMAIL", "a@example.org"),
                                        false,
                                        home))
                .isInstanceOf(AccessFailure.class)
                .hasMessageContaining("only one of");
    }
}
