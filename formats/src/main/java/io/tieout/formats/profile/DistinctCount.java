package io.tieout.formats.profile;

import java.util.Arrays;

/// Counts distinct values by their hashes: exactly up to a bound, and beyond it by HyperLogLog
/// (Flajolet, Fusy, Gandouet, Meunier 2007) with 2,048 registers, whose standard error is 2.3 %.
final class DistinctCount {
    /// Of the first columns more values are counted exactly: a source of thousands of columns must
    /// not need more memory than it is worth.
    private static final int FIRST_COLUMNS = 256;

    private static final int EXACT_IN_FIRST = 4096;
    private static final int EXACT_IN_OTHERS = 256;
    private static final int REGISTER_BITS = 11;
    private static final int REGISTERS = 1 << REGISTER_BITS;
    private static final double ALPHA = 0.7213 / (1 + 1.079 / REGISTERS);

    private final int maxExact;

    /// The hashes so far; 0 where there is none.
    private long[] hashes = new long[16];

    private int size;
    private byte[] registers = new byte[0];

    /// @param column its index, from 0
    DistinctCount(int column) {
        maxExact = column < FIRST_COLUMNS ? EXACT_IN_FIRST : EXACT_IN_OTHERS;
    }

    /// Takes the hash of a value.
    ///
    /// @return whether the value is known to be new
    boolean add(long hash) {
        if (!isExact()) {
            register(hash);
            return false;
        }
        long key = hash == 0 ? 1 : hash;
        int at = place(hashes, key);
        if (hashes[at] == key) {
            return false;
        }
        hashes[at] = key;
        size++;
        if (size > maxExact) {
            estimate();
        } else if (size * 2 > hashes.length) {
            grow();
        }
        return true;
    }

    private static int place(long[] table, long key) {
        int mask = table.length - 1;
        int at = (int) (key >>> 32) & mask;
        while (table[at] != 0 && table[at] != key) {
            at = (at + 1) & mask;
        }
        return at;
    }

    private void grow() {
        long[] larger = new long[hashes.length * 2];
        for (long key : hashes) {
            if (key != 0) {
                larger[place(larger, key)] = key;
            }
        }
        hashes = larger;
    }

    private void estimate() {
        registers = new byte[REGISTERS];
        Arrays.stream(hashes).filter(key -> key != 0).forEach(this::register);
        hashes = new long[0];
    }

    private void register(long hash) {
        int register = (int) (hash >>> (Long.SIZE - REGISTER_BITS));
        long rest = hash << REGISTER_BITS | 1L << (REGISTER_BITS - 1);
        byte rank = (byte) (Long.numberOfLeadingZeros(rest) + 1);
        if (rank > registers[register]) {
            registers[register] = rank;
        }
    }

    /// Whether [#count] is the true number.
    boolean isExact() {
        return registers.length == 0;
    }

    long count() {
        if (isExact()) {
            return size;
        }
        double sum = 0;
        int zeros = 0;
        for (byte rank : registers) {
            sum += 1.0 / (1L << rank);
            zeros += rank == 0 ? 1 : 0;
        }
        double estimate = ALPHA * REGISTERS * REGISTERS / sum;
        if (estimate <= 2.5 * REGISTERS && zeros > 0) {
            estimate = REGISTERS * Math.log((double) REGISTERS / zeros);
        }
        return Math.max(maxExact + 1L, Math.round(estimate));
    }
}
