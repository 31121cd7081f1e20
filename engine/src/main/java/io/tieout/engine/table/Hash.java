package io.tieout.engine.table;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// The 64-bit hashes that keys are partitioned by. Fast and well spread, not cryptographic:
/// equality is always verified on the values themselves.
public final class Hash {
    private static final VarHandle LONG =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INT =
            MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

    private static final long K0 = 0x9E3779B97F4A7C15L;
    private static final long K1 = 0xBF58476D1CE4E5B9L;
    private static final long K2 = 0x94D049BB133111EBL;

    private Hash() {}

    /// Mixes a number so that every bit of it moves every bit of the result (the finalizer of
    /// SplitMix64, Steele, Lea and Flood 2014).
    public static long of(long value) {
        long z = value + K0;
        z = (z ^ (z >>> 30)) * K1;
        z = (z ^ (z >>> 27)) * K2;
        return z ^ (z >>> 31);
    }

    /// Adds a value to a hash; the order of additions counts.
    public static long combine(long hash, long value) {
        return fold(hash ^ K1, value ^ K0);
    }

    /// Hashes `bytes[from..to)`.
    public static long of(byte[] bytes, int from, int to) {
        int length = to - from;
        long hash = K0 ^ length;
        int i = from;
        while (to - i >= 8) {
            hash = fold(hash ^ (long) LONG.get(bytes, i), K1);
            i += 8;
        }
        long tail = 0;
        if (to - i >= 4) {
            tail = Integer.toUnsignedLong((int) INT.get(bytes, i));
            i += 4;
        }
        while (i < to) {
            tail = tail << 8 | (bytes[i++] & 0xFF);
        }
        return fold(hash ^ tail, K2);
    }

    /// Hashes `bytes[from..to)` as [#of(byte[], int, int)] does, and copies it to `target[at..)` on
    /// the way.
    static long copy(byte[] bytes, int from, int to, byte[] target, int at) {
        int length = to - from;
        long hash = K0 ^ length;
        int i = from;
        int j = at;
        while (to - i >= 8) {
            long word = (long) LONG.get(bytes, i);
            LONG.set(target, j, word);
            hash = fold(hash ^ word, K1);
            i += 8;
            j += 8;
        }
        long tail = 0;
        if (to - i >= 4) {
            int word = (int) INT.get(bytes, i);
            INT.set(target, j, word);
            tail = Integer.toUnsignedLong(word);
            i += 4;
            j += 4;
        }
        while (i < to) {
            target[j++] = bytes[i];
            tail = tail << 8 | (bytes[i++] & 0xFF);
        }
        return fold(hash ^ tail, K2);
    }

    /// The two halves of the 128-bit product, folded: one multiplication mixes eight bytes.
    private static long fold(long a, long b) {
        return (a * b) ^ Math.unsignedMultiplyHigh(a, b);
    }
}
