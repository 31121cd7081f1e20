package io.tieout.server.access;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Keys that this program makes itself and keeps in a file in `TIEOUT_HOME`. A new one is made
/// every 30 days; the one before verifies for a day longer, which is far longer than any token
/// lives. Servers that share the file see each other's keys.
final class KeptKeys implements SigningKeys {
    static final Duration SIGNS = Duration.ofDays(30);
    static final Duration OVERLAP = Duration.ofDays(1);
    private static final Duration READ_EVERY = Duration.ofSeconds(30);
    private static final Duration REREAD_AT_MOST_EVERY = Duration.ofSeconds(1);
    private static final System.Logger LOG = System.getLogger(KeptKeys.class.getName());
    private static final int KEY_BYTES = 48;
    private static final int ID_BYTES = 8;

    private final KeyFile file;
    private final InstantSource clock;
    private final SecureRandom random = new SecureRandom();
    private final ReentrantLock reading = new ReentrantLock();
    private volatile @Nullable Read last;

    private record Read(KeyRing ring, Instant at) {}

    /// @throws AccessFailure where the file cannot be used
    KeptKeys(Path home, InstantSource clock) {
        this.file = new KeyFile(home.resolve("jwt-keys"));
        this.clock = clock;
        ring();
    }

    @Override
    public KeyRing ring() {
        return notOlderThan(READ_EVERY);
    }

    @Override
    public KeyRing reread() {
        // Tokens with invented ids must not make us read the file at their rate.
        return notOlderThan(REREAD_AT_MOST_EVERY);
    }

    private KeyRing notOlderThan(Duration age) {
        Read read = last;
        if (read != null && isFresh(read, age)) {
            return read.ring();
        }
        reading.lock();
        try {
            read = last;
            if (read == null || !isFresh(read, age)) {
                read = new Read(loadOrKeep(read), clock.instant());
                last = read;
            }
            return read.ring();
        } finally {
            reading.unlock();
        }
    }

    private boolean isFresh(Read read, Duration age) {
        return clock.instant().isBefore(read.at().plus(age));
    }

    /// The keys of the file, or the last good ones: a disk that is full must not sign everybody
    /// out.
    private KeyRing loadOrKeep(@Nullable Read before) {
        try {
            return load();
        } catch (AccessFailure e) {
            if (before == null) {
                throw e;
            }
            LOG.log(System.Logger.Level.WARNING, "signing keys are kept as they were", e);
            return before.ring();
        }
    }

    private static boolean isDue(SigningKey current, Instant now) {
        return !now.isBefore(current.createdAt().plus(SIGNS));
    }

    private KeyRing load() {
        try {
            List<SigningKey> keys = file.change(this::rotated);
            return new KeyRing(keys.getLast(), keys.subList(0, keys.size() - 1));
        } catch (IOException e) {
            throw new AccessFailure(
                    "the keys in " + file.path() + " cannot be read or written",
                    "let the server write there, or set JWT_SECRET",
                    e);
        }
    }

    /// What the file should hold now, oldest first.
    private List<SigningKey> rotated(List<SigningKey> kept) {
        Instant now = clock.instant();
        List<SigningKey> keys = new ArrayList<>();
        for (int i = 0; i < kept.size(); i++) {
            boolean isLast = i == kept.size() - 1;
            if (isLast || now.isBefore(kept.get(i + 1).createdAt().plus(OVERLAP))) {
                keys.add(kept.get(i));
            }
        }
        if (keys.isEmpty() || isDue(keys.getLast(), now)) {
            keys.add(new SigningKey(HexFormat.of().formatHex(bytes(ID_BYTES)), now, newSecret()));
        }
        return keys;
    }

    private byte[] newSecret() {
        return bytes(KEY_BYTES);
    }

    private byte[] bytes(int count) {
        byte[] bytes = new byte[count];
        random.nextBytes(bytes);
        return bytes;
    }
}
