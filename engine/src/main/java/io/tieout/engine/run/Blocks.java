package io.tieout.engine.run;

import io.tieout.engine.plan.Side;
import io.tieout.engine.table.Hash;
import java.util.Arrays;
import java.util.List;

/// Both sides' units partitioned by the hash of their key. A block, the units of both sides that
/// share a key, lies in one partition.
final class Blocks {
    /// Partitions of about this many units a side stay in the processor's cache.
    private static final int PARTITION = 8_192;

    private static final int MAX_COUNT_BITS = 22;

    /// Receives the units of one block, each side's ascending; the arrays are the receiver's.
    interface Receiver {
        void accept(int[] lefts, int[] rights);
    }

    /// One side's units in the order of their partitions.
    ///
    /// @param starts partition `p` is `[starts[p], starts[p + 1])`
    /// @param counts units by the low bits of their hash, to bound the pairs by
    private record Scattered(int[] units, long[] hashes, int[] starts, int[] counts) {}

    private final Key key;
    private final Units left;
    private final Units right;
    private final Scattered lefts;
    private final Scattered rights;

    private Blocks(Key key, Units left, Units right, Scattered lefts, Scattered rights) {
        this.key = key;
        this.left = left;
        this.right = right;
        this.lefts = lefts;
        this.rights = rights;
    }

    static Blocks of(Key key, Units left, Units right, Workers workers) {
        int larger = Math.max(left.count(), right.count());
        int bits = Math.min(16, bitsFor(larger / PARTITION));
        int countBits = Math.clamp(bitsFor(larger) + 1, 10, MAX_COUNT_BITS);
        List<Scattered> sides =
                workers.map(
                        2,
                        () -> key,
                        (k, number) ->
                                scatter(k.keyed(number == 0 ? left : right), bits, countBits));
        return new Blocks(key, left, right, sides.get(0), sides.get(1));
    }

    private static int bitsFor(int count) {
        return Integer.SIZE - Integer.numberOfLeadingZeros(count);
    }

    /// A counting sort by the top bits of the hash.
    private static Scattered scatter(Key.Keyed keyed, int bits, int countBits) {
        long[] hashes = keyed.hashes();
        int[] starts = new int[(1 << bits) + 1];
        int[] counts = new int[1 << countBits];
        for (int i = 0; i < hashes.length; i++) {
            hashes[i] = Hash.of(hashes[i]);
            starts[partition(hashes[i], bits) + 1]++;
            counts[(int) hashes[i] & counts.length - 1]++;
        }
        for (int p = 0; p < 1 << bits; p++) {
            starts[p + 1] += starts[p];
        }
        int[] ordered = new int[hashes.length];
        long[] orderedHashes = new long[hashes.length];
        int[] next = Arrays.copyOf(starts, 1 << bits);
        for (int i = 0; i < hashes.length; i++) {
            int at = next[partition(hashes[i], bits)]++;
            ordered[at] = keyed.units()[i];
            orderedHashes[at] = hashes[i];
        }
        return new Scattered(ordered, orderedHashes, starts, counts);
    }

    private static int partition(long hash, int bits) {
        return bits == 0 ? 0 : (int) (hash >>> (Long.SIZE - bits));
    }

    int partitions() {
        return lefts.starts().length - 1;
    }

    /// How many units of both sides have a key.
    long units() {
        return (long) lefts.units().length + rights.units().length;
    }

    /// An upper bound on the pairs that share a key, from counts of hashes alone.
    long pairsAtMost() {
        long pairs = 0;
        for (int i = 0; i < lefts.counts().length; i++) {
            pairs += (long) lefts.counts()[i] * rights.counts()[i];
        }
        return pairs;
    }

    /// Visits the blocks of a partition that have units on both sides.
    void forEach(int partition, Receiver receiver) {
        int from = lefts.starts()[partition];
        int to = lefts.starts()[partition + 1];
        int rightFrom = rights.starts()[partition];
        int rightTo = rights.starts()[partition + 1];
        if (from == to || rightFrom == rightTo) {
            return;
        }
        Chains chains = new Chains(to - from, rightTo - rightFrom);
        for (int at = from; at < to; at++) {
            chains.addLeft(at - from, slot(chains, at, from, Side.LEFT));
        }
        for (int at = rightFrom; at < rightTo; at++) {
            int slot = slot(chains, at, from, Side.RIGHT);
            if (chains.leftHead[slot] >= 0) {
                chains.addRight(at - rightFrom, slot);
            }
        }
        for (int slot = 0; slot < chains.leftHead.length; slot++) {
            if (chains.leftHead[slot] >= 0 && chains.rightHead[slot] >= 0) {
                receiver.accept(
                        gather(lefts.units(), from, chains.leftHead[slot], chains.leftNext),
                        gather(
                                rights.units(),
                                rightFrom,
                                chains.rightHead[slot],
                                chains.rightNext));
            }
        }
    }

    /// The slot of a unit's key: the one whose left units have the same key, verified on the
    /// values, or a free one.
    private int slot(Chains chains, int at, int from, Side side) {
        boolean isLeft = side == Side.LEFT;
        long hash = isLeft ? lefts.hashes()[at] : rights.hashes()[at];
        int slot = (int) (hash & chains.mask);
        while (chains.leftHead[slot] >= 0) {
            int other = from + chains.leftHead[slot];
            if (lefts.hashes()[other] == hash
                    && key.same(
                            Side.LEFT,
                            left.first(lefts.units()[other]),
                            side,
                            isLeft
                                    ? left.first(lefts.units()[at])
                                    : right.first(rights.units()[at]))) {
                break;
            }
            slot = (slot + 1) & chains.mask;
        }
        return slot;
    }

    private static int[] gather(int[] units, int from, int head, int[] next) {
        int count = 0;
        for (int i = head; i >= 0; i = next[i]) {
            count++;
        }
        int[] gathered = new int[count];
        for (int i = head; i >= 0; i = next[i]) {
            gathered[--count] = units[from + i];
        }
        return gathered;
    }

    /// An open-addressing table of keys, each with a chain of left and one of right units.
    private static final class Chains {
        private final int mask;
        private final int[] leftHead;
        private final int[] rightHead;
        private final int[] leftNext;
        private final int[] rightNext;

        Chains(int lefts, int rights) {
            int size = Integer.highestOneBit(Math.max(4, lefts) * 2 - 1) * 2;
            mask = size - 1;
            leftHead = new int[size];
            rightHead = new int[size];
            leftNext = new int[lefts];
            rightNext = new int[rights];
            Arrays.fill(leftHead, -1);
            Arrays.fill(rightHead, -1);
        }

        void addLeft(int index, int slot) {
            leftNext[index] = leftHead[slot];
            leftHead[slot] = index;
        }

        void addRight(int index, int slot) {
            rightNext[index] = rightHead[slot];
            rightHead[slot] = index;
        }
    }
}
