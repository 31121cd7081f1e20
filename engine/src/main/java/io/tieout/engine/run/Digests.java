package io.tieout.engine.run;

import io.tieout.engine.outcome.Breaks;
import io.tieout.engine.outcome.Matches;
import io.tieout.engine.plan.Side;
import io.tieout.engine.table.Hash;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/// The digest of an outcome: two 64-bit names for each match and each break, made from the hashes
/// of the records' keys (of their content where they have none) and what was decided, added up so
/// that order does not count, and the sums hashed by SHA-256. It tells two outcomes apart; it is no
/// signature against somebody who may choose the records.
final class Digests {
    private static final long[] SEEDS = {0x7469656F75740001L, 0x7469656F75740002L};

    /// Matches that a thread names at a time.
    private static final int CHUNK = 1 << 16;

    private Digests() {}

    static String of(Records records, Matches matches, Breaks left, Breaks right, Workers workers) {
        long[] sums = new long[SEEDS.length * 3];
        int chunks = (matches.size() + CHUNK - 1) / CHUNK;
        List<long[]> parts =
                workers.map(
                        chunks,
                        () -> records,
                        (of, chunk) ->
                                ofMatches(
                                        of,
                                        matches,
                                        chunk * CHUNK,
                                        Math.min(matches.size(), (chunk + 1) * CHUNK)));
        for (int s = 0; s < SEEDS.length; s++) {
            for (long[] part : parts) {
                sums[s * 3] += part[s];
            }
            sums[s * 3 + 1] = ofBreaks(records, Side.LEFT, left, SEEDS[s]);
            sums[s * 3 + 2] = ofBreaks(records, Side.RIGHT, right, SEEDS[s]);
        }
        ByteBuffer content = ByteBuffer.allocate(8 * (sums.length + 3));
        content.putLong(matches.size()).putLong(left.size()).putLong(right.size());
        for (long sum : sums) {
            content.putLong(sum);
        }
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(content.array()));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private static long[] ofMatches(Records records, Matches matches, int from, int to) {
        long[] sums = new long[SEEDS.length];
        for (int m = from; m < to; m++) {
            long lefts = 0;
            for (int i = 0; i < matches.leftCount(m); i++) {
                lefts += Hash.of(records.identity(Side.LEFT, matches.left(m, i)));
            }
            long rights = 0;
            for (int i = 0; i < matches.rightCount(m); i++) {
                rights += Hash.of(records.identity(Side.RIGHT, matches.right(m, i)));
            }
            for (int s = 0; s < SEEDS.length; s++) {
                sums[s] += ofMatch(matches, m, lefts, rights, SEEDS[s]);
            }
        }
        return sums;
    }

    private static long ofMatch(Matches matches, int m, long lefts, long rights, long seed) {
        long hash = Hash.combine(seed, lefts);
        hash = Hash.combine(hash, rights);
        hash =
                Hash.combine(
                        hash,
                        matches.pass(m) * 4L
                                + matches.status(m).ordinal() * 2L
                                + (matches.isAmbiguous(m) ? 1 : 0));
        hash = Hash.combine(hash, Double.doubleToLongBits(matches.score(m)));
        return Hash.of(Hash.combine(hash, matches.differences(m)));
    }

    private static long ofBreaks(Records records, Side side, Breaks breaks, long seed) {
        long sum = 0;
        for (int b = 0; b < breaks.size(); b++) {
            long hash = Hash.combine(seed, records.identity(side, breaks.row(b)));
            hash = Hash.combine(hash, breaks.kind(b).ordinal());
            hash = Hash.combine(hash, breaks.fields(b));
            int nearest = breaks.nearest(b);
            hash =
                    Hash.combine(
                            hash,
                            nearest == Breaks.NONE
                                    ? 0
                                    : records.identity(side.opposite(), nearest));
            sum += Hash.of(hash);
        }
        return sum;
    }
}
