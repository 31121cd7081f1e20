package io.tieout.server.access;

import io.tieout.server.problem.Problem;
import java.security.SecureRandom;
import java.text.Normalizer;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/// Hashes and checks passwords, as many at once as there are cores and no more: each takes memory
/// and a core for a while, and sign-ins must not starve everything else. Beyond a queue, callers
/// are told to come back.
final class Passwords implements AutoCloseable {
    private static final int WAITING_PER_CORE = 16;

    private final PasswordHash.Cost cost;
    private final SecureRandom random = new SecureRandom();
    private final ThreadPoolExecutor workers;
    private final PasswordHash nobodys;

    Passwords(PasswordHash.Cost cost) {
        this(
                cost,
                Runtime.getRuntime().availableProcessors(),
                Runtime.getRuntime().availableProcessors() * WAITING_PER_CORE);
    }

    /// @param atOnce how many are computed at the same time
    /// @param waiting how many more may wait for that
    Passwords(PasswordHash.Cost cost, int atOnce, int waiting) {
        this.cost = cost;
        this.workers =
                new ThreadPoolExecutor(
                        atOnce,
                        atOnce,
                        10,
                        TimeUnit.SECONDS,
                        new ArrayBlockingQueue<>(waiting),
                        Thread.ofPlatform().name("passwords-", 0).daemon().factory());
        workers.allowCoreThreadTimeOut(true);
        // Checking against bytes that no password was hashed to takes as long as any check.
        this.nobodys =
                new PasswordHash(
                        cost, random(PasswordHash.SALT_BYTES), random(PasswordHash.HASH_BYTES));
    }

    /// What a check found.
    ///
    /// @param matches whether the password is right
    /// @param outdated whether its hash should be made anew, at the present cost
    record Check(boolean matches, boolean outdated) {}

    /// The PHC string to keep of a password.
    ///
    /// @throws io.tieout.server.problem.ProblemException 503 where too many wait already
    String hash(String password) {
        return compute(() -> hashed(password).phc());
    }

    private PasswordHash hashed(String password) {
        return PasswordHash.of(normal(password), cost, random(PasswordHash.SALT_BYTES));
    }

    /// Checks a password. Where nothing is kept, as for a user who does not exist, it takes just as
    /// long, and fails.
    ///
    /// @param kept the PHC string
    /// @throws io.tieout.server.problem.ProblemException 503 where too many wait already
    Check check(String password, Optional<String> kept) {
        return compute(
                () -> {
                    PasswordHash hash = kept.map(PasswordHash::parse).orElse(nobodys);
                    boolean matches = hash.isOf(normal(password)) && kept.isPresent();
                    return new Check(matches, matches && !hash.cost().equals(cost));
                });
    }

    // One and the same password may come as different code points from different keyboards.
    private static String normal(String password) {
        return Normalizer.normalize(password, Normalizer.Form.NFKC);
    }

    private byte[] random(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    private <T> T compute(Callable<T> work) {
        Future<T> future;
        try {
            future = workers.submit(work);
        } catch (RejectedExecutionException _) {
            throw Problem.unavailable("too many sign in at this moment; try again").exception();
        }
        try {
            return future.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("a password could not be hashed", e.getCause());
        } catch (InterruptedException _) {
            future.cancel(false);
            Thread.currentThread().interrupt();
            throw Problem.unavailable("the server is stopping; try again").exception();
        }
    }

    /// Ends the threads; what waits is not computed any more.
    @Override
    public void close() {
        workers.shutdownNow();
    }
}
