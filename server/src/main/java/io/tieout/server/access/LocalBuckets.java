package io.tieout.server.access;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.TimeMeter;
import io.tieout.server.access.RateLimits.Limit;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;

/// Buckets in this process: at most so many, those unused for longest or least forgotten first.
final class LocalBuckets implements Buckets {
    private static final int MOST = 50_000;
    private static final Duration FORGOTTEN_AFTER = Duration.ofHours(1);

    private final Cache<String, Bucket> buckets;
    private final TimeMeter time;

    LocalBuckets(InstantSource clock) {
        this.time = new Time(clock);
        this.buckets =
                Caffeine.newBuilder()
                        .maximumSize(MOST)
                        .expireAfterAccess(FORGOTTEN_AFTER)
                        .ticker(time::currentTimeNanos)
                        .build();
    }

    @Override
    public Taken take(String key, Limit limit) {
        Bucket bucket = buckets.get(limit.name() + " " + key, _ -> full(limit));
        ConsumptionProbe probe = bucket.tryConsumeAndReturnRemaining(1);
        return new Taken(
                probe.isConsumed(),
                probe.getRemainingTokens(),
                Duration.ofNanos(probe.getNanosToWaitForRefill()),
                Duration.ofNanos(probe.getNanosToWaitForReset()));
    }

    /// How many are kept, once what is to be forgotten is.
    long size() {
        buckets.cleanUp();
        return buckets.estimatedSize();
    }

    private Bucket full(Limit limit) {
        return Bucket.builder()
                .addLimit(
                        all ->
                                all.capacity(limit.calls())
                                        .refillGreedy(limit.calls(), limit.window()))
                .withCustomTimePrecision(time)
                .build();
    }

    /// The clock in nanoseconds.
    private record Time(InstantSource clock) implements TimeMeter {
        @Override
        public long currentTimeNanos() {
            Instant now = clock.instant();
            return TimeUnit.SECONDS.toNanos(now.getEpochSecond()) + now.getNano();
        }

        @Override
        public boolean isWallClockBased() {
            return true;
        }
    }
}
