package io.tieout.formats.source;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/// Finds bytes eight at a time. A byte of a word is zero exactly where `~(((x & 0x7F…) + 0x7F…) | x
/// | 0x7F…)` has its high bit set (H. S. Warren, Hacker's Delight, 6-1), so a byte equals a wanted
/// one where the word xor the repeated byte has a zero.
final class ByteSearch {
    private static final VarHandle LONG =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long LOW_SEVEN = 0x7F7F7F7F7F7F7F7FL;
    private static final long ONES = 0x0101010101010101L;
    private static final long HIGH = 0x8080808080808080L;

    private int[] places = new int[1 << 14];
    private int count;
    private boolean beyondAscii;

    /// Where a byte first is in `bytes[from..to)`, or -1.
    static int indexOf(byte[] bytes, byte wanted, int from, int to) {
        long pattern = ONES * (wanted & 0xFF);
        int i = from;
        for (; i + 8 <= to; i += 8) {
            long found = zeros((long) LONG.get(bytes, i) ^ pattern);
            if (found != 0) {
                return i + (Long.numberOfTrailingZeros(found) >>> 3);
            }
        }
        for (; i < to; i++) {
            if (bytes[i] == wanted) {
                return i;
            }
        }
        return -1;
    }

    private static long zeros(long x) {
        return ~(((x & LOW_SEVEN) + LOW_SEVEN) | x | LOW_SEVEN);
    }

    /// Finds all places of three bytes in `bytes[0..length)`, in order. A byte that is not looked
    /// for is given by one of the others once more.
    void find(byte[] bytes, int length, byte first, byte second, byte third) {
        long firstPattern = ONES * (first & 0xFF);
        long secondPattern = ONES * (second & 0xFF);
        long thirdPattern = ONES * (third & 0xFF);
        boolean two = third == second;
        int found = 0;
        long seen = 0;
        int[] at = places;
        int i = 0;
        for (; i + 8 <= length; i += 8) {
            long word = (long) LONG.get(bytes, i);
            seen |= word;
            long marks;
            if ((word & HIGH) == 0) {
                // In ASCII nothing carries from byte to byte, so half of the steps are enough.
                long none =
                        ((word ^ firstPattern) + LOW_SEVEN) & ((word ^ secondPattern) + LOW_SEVEN);
                marks = ~(two ? none : none & ((word ^ thirdPattern) + LOW_SEVEN)) & HIGH;
            } else {
                marks = zeros(word ^ firstPattern) | zeros(word ^ secondPattern);
                marks |= two ? 0 : zeros(word ^ thirdPattern);
            }
            if (found + 8 > at.length) {
                at = Arrays.copyOf(at, at.length * 2);
            }
            // Few words have more than two, and to guess how many costs more than to write two.
            int more = Long.bitCount(marks);
            at[found] = i + (Long.numberOfTrailingZeros(marks) >>> 3);
            marks &= marks - 1;
            at[found + 1] = i + (Long.numberOfTrailingZeros(marks) >>> 3);
            for (int j = 2; j < more; j++) {
                marks &= marks - 1;
                at[found + j] = i + (Long.numberOfTrailingZeros(marks) >>> 3);
            }
            found += more;
        }
        if (found + 8 > at.length) {
            at = Arrays.copyOf(at, at.length * 2);
        }
        for (; i < length; i++) {
            byte b = bytes[i];
            seen |= b;
            if (b == first || b == second || b == third) {
                at[found++] = i;
            }
        }
        places = at;
        count = found;
        beyondAscii = (seen & HIGH) != 0;
    }

    /// How many places the last [#find] found.
    int count() {
        return count;
    }

    /// The places that the last [#find] found, `[0, count())`.
    int[] places() {
        return places;
    }

    /// Whether the last [#find] saw a byte beyond ASCII.
    boolean beyondAscii() {
        return beyondAscii;
    }
}
