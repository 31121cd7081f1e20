package io.tieout.formats.source;

/// UTF-8 as RFC 3629 defines it: no overlong forms, no surrogates, nothing above U+10FFFF.
final class Utf8 {
    private Utf8() {}

    /// Whether `bytes[from..to)` is valid, with no character cut off at the end.
    static boolean isValid(byte[] bytes, int from, int to) {
        int at = from;
        while (at < to) {
            if (bytes[at] >= 0) {
                at++;
                continue;
            }
            int length = length(bytes, at, to);
            if (length <= 0) {
                return false;
            }
            at += length;
        }
        return true;
    }

    /// The length of the character that starts at `at` with a byte beyond ASCII: 2 to 4; 0 when it
    /// is no character; -1 when `to` cuts off what may be one.
    static int length(byte[] bytes, int at, int to) {
        int first = bytes[at] & 0xFF;
        int length = first < 0xC2 ? 0 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : first < 0xF5 ? 4 : 0;
        if (length == 0) {
            return 0;
        }
        for (int i = 1; i < length; i++) {
            if (at + i == to) {
                return -1;
            }
            int next = bytes[at + i] & 0xFF;
            if (next < (i == 1 ? lowest(first) : 0x80) || next > (i == 1 ? highest(first) : 0xBF)) {
                return 0;
            }
        }
        return length;
    }

    private static int lowest(int first) {
        return first == 0xE0 ? 0xA0 : first == 0xF0 ? 0x90 : 0x80;
    }

    private static int highest(int first) {
        return first == 0xED ? 0x9F : first == 0xF4 ? 0x8F : 0xBF;
    }
}
