package io.tieout.engine.run;

import io.tieout.engine.table.Hash;
import java.util.Arrays;
import java.util.List;

/// Both sides' units partitioned by the hash of their key. A block, the units of both sides that
/// share a key, lies in one partition.
///
/// With each unit its key is written into its partition, so that finding a partition's blocks and
/// verifying their keys stays in the processor's cache; the columns are only ever read from front
/// to back.
final class Blocks {
    /// Partitions of about this many units a side stay in the processor's cache.
    private static final int PARTITION = 8_192;

    private static final int MAX_PARTITION_BITS = 13;
    private static final int MAX_COUNT_BITS = 18;

    /// Receives blocks.
    interface Receiver {
        /// A block of one unit of each side.
        void pair(int left, int right);

        /// A block of more; units ascend, the arrays are the receiver's.
        void block(int[] lefts, int[] rights);
    }

    /// One side's units in one partition.
    ///
    /// @param ends where the unit's key ends in `keys`, and the next one's starts
    private record Partition(int[] units, long[] hashes, int[] ends, byte[] keys) {
        boolean sameKey(int i, Partition other, int j) {
            return hashes[i] == other.hashes[j]
                    && Arrays.equals(
                            keys,
                            i == 0 ? 0 : ends[i - 1],
                            ends[i],
                            other.keys,
                            j == 0 ? 0 : other.ends[j - 1],
                            other.ends[j]);
        }
    }

    /// One side.
    ///
    /// @param counts units by the low bits of their hash, to bound the pairs by
    private record Scattered(Partition[] partitions, int[] counts, int units) {}

    private final Scattered lefts;
    private final Scattered rights;

    private Blocks(Scattered lefts, Scattered rights) {
        this.lefts = lefts;
        this.rights = rights;
    }

    static Blocks of(Key key, Units left, Units right, Workers workers) {
        int larger = Math.max(left.count(), right.count());
        int bits = Math.min(MAX_PARTITION_BITS, bitsFor(larger / PARTITION));
        int countBits = Math.clamp(bitsFor(larger) + 1, 10, MAX_COUNT_BITS);
        List<Scattered> sides =
                workers.map(
                        2,
                        () -> key,
                        (k, side) ->
                                new Scattering(k, side == 0 ? left : right, bits, countBits).run());
        return new Blocks(sides.get(0), sides.get(1));
    }

    private static int bitsFor(int count) {
        return Integer.SIZE - Integer.numberOfLeadingZeros(count);
    }

    /// Hashes every key once to know the sizes of the partitions, then fills them.
    private static final class Scattering {
        private final Key key;
        private final Units units;
        private final int bits;
        private final int[] wholeUnits;
        private final long[] hashes;
        private final int[] counts;
        private final int[] sizes;
        private final int[] bytes;
        private int whole;

        Scattering(Key key, Units units, int bits, int countBits) {
            this.key = key;
            this.units = units;
            this.bits = bits;
            wholeUnits = new int[units.count()];
            hashes = new long[units.count()];
            counts = new int[1 << countBits];
            sizes = new int[1 << bits];
            bytes = new int[1 << bits];
        }

        Scattered run() {
            byte[] packed = new byte[256];
            for (int i = 0; i < units.count(); i++) {
                int unit = units.id(i);
                int row = units.first(unit);
                if (key.isWhole(units.side(), row)) {
                    int size = key.size(units.side(), row);
                    packed = packed.length < size ? new byte[size * 2] : packed;
                    key.pack(units.side(), row, packed, 0);
                    long hash = Hash.of(Hash.of(packed, 0, size));
                    int partition = partition(hash);
                    sizes[partition]++;
                    bytes[partition] = Math.addExact(bytes[partition], size);
                    counts[(int) hash & (counts.length - 1)]++;
                    hashes[whole] = hash;
                    wholeUnits[whole++] = unit;
                }
            }
            return new Scattered(fill(), counts, whole);
        }

        private Partition[] fill() {
            Partition[] partitions = new Partition[sizes.length];
            for (int p = 0; p < partitions.length; p++) {
                partitions[p] =
                        new Partition(
                                new int[sizes[p]],
                                new long[sizes[p]],
                                new int[sizes[p]],
                                new byte[bytes[p]]);
            }
            int[] next = new int[partitions.length];
            int[] nextByte = new int[partitions.length];
            for (int i = 0; i < whole; i++) {
                int row = units.first(wholeUnits[i]);
                int p = partition(hashes[i]);
                Partition partition = partitions[p];
                key.pack(units.side(), row, partition.keys(), nextByte[p]);
                nextByte[p] += key.size(units.side(), row);
                partition.ends()[next[p]] = nextByte[p];
                partition.hashes()[next[p]] = hashes[i];
                partition.units()[next[p]++] = wholeUnits[i];
            }
            return partitions;
        }

        private int partition(long hash) {
            return bits == 0 ? 0 : (int) (hash >>> (Long.SIZE - bits));
        }
    }

    int partitions() {
        return lefts.partitions().length;
    }

    /// How many units of both sides have a key.
    long units() {
        return (long) lefts.units() + rights.units();
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
    void forEach(int number, Receiver receiver) {
        Partition left = lefts.partitions()[number];
        Partition right = rights.partitions()[number];
        if (left.units().length == 0 || right.units().length == 0) {
            return;
        }
        Chains chains = new Chains(left.units().length, right.units().length);
        int[] slotOf = new int[left.units().length];
        for (int i = 0; i < slotOf.length; i++) {
            slotOf[i] = slot(chains, left, left, i);
            chains.addLeft(i, slotOf[i]);
        }
        for (int i = 0; i < right.units().length; i++) {
            int slot = slot(chains, left, right, i);
            if (chains.leftHead[slot] >= 0) {
                chains.addRight(i, slot);
            }
        }
        // In the order of the left units, so that matches come nearly sorted.
        for (int slot : slotOf) {
            int leftHead = chains.leftHead[slot];
            int rightHead = chains.rightHead[slot];
            if (rightHead < 0) {
                continue;
            }
            chains.rightHead[slot] = -1;
            if (chains.leftNext[leftHead] < 0 && chains.rightNext[rightHead] < 0) {
                receiver.pair(left.units()[leftHead], right.units()[rightHead]);
            } else {
                receiver.block(
                        gather(left.units(), leftHead, chains.leftNext),
                        gather(right.units(), rightHead, chains.rightNext));
            }
        }
    }

    /// The slot of a unit's key: the one whose left units have the same key, or a free one.
    private static int slot(Chains chains, Partition left, Partition of, int i) {
        int slot = (int) (of.hashes()[i] & chains.mask);
        while (chains.leftHead[slot] >= 0 && !left.sameKey(chains.leftHead[slot], of, i)) {
            slot = (slot + 1) & chains.mask;
        }
        return slot;
    }

    private static int[] gather(int[] units, int head, int[] next) {
        int count = 0;
        for (int i = head; i >= 0; i = next[i]) {
            count++;
        }
        int[] gathered = new int[count];
        for (int i = head; i >= 0; i = next[i]) {
            gathered[--count] = units[i];
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
