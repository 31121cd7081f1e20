package io.tieout.formats.source;

import org.jspecify.annotations.Nullable;

/// The currency codes met so far by how they were written, so that a code is made once and not for
/// every row. A source has few; those of more than seven bytes and those beyond the first few are
/// made anew each time.
final class KnownCodes {
    private static final int KEPT = 16;
    private static final int MAX_BYTES = 7;

    private final long[] written = new long[KEPT];
    private final String[] codes = new String[KEPT];
    private int count;

    /// The code that was kept for `bytes[from..to)`, or null.
    @Nullable String find(byte[] bytes, int from, int to) {
        long packed = packed(bytes, from, to);
        for (int i = 0; i < count; i++) {
            if (written[i] == packed) {
                return codes[i];
            }
        }
        return null;
    }

    /// Keeps a code for `bytes[from..to)`, where there is room.
    void keep(byte[] bytes, int from, int to, String code) {
        if (count < KEPT && to - from <= MAX_BYTES) {
            written[count] = packed(bytes, from, to);
            codes[count++] = code;
        }
    }

    /// The bytes behind a 1, so that each length has numbers of its own; 0 where there are too
    /// many.
    private static long packed(byte[] bytes, int from, int to) {
        if (to - from > MAX_BYTES) {
            return 0;
        }
        long packed = 1;
        for (int i = from; i < to; i++) {
            packed = packed << 8 | (bytes[i] & 0xFF);
        }
        return packed;
    }
}
