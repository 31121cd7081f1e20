package io.tieout.engine.clean;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/// Applies a field's cleaning steps to UTF-8 text, a value at a time. Not safe for use by several
/// threads at once: it owns the buffer that it answers from. ASCII text, nearly all of what ledgers
/// hold, is cleaned in place without an object; other text takes the way over `String`.
public final class Cleaner {
    private final CleaningStep[] steps;
    private byte[] bytes = new byte[256];
    private int length;

    public Cleaner(List<CleaningStep> steps) {
        this.steps = steps.toArray(CleaningStep[]::new);
    }

    /// Cleans `source[from..to)`, which must be valid UTF-8, and keeps the result in [#bytes()].
    ///
    /// @return the length of the result in bytes; 0 when nothing is left
    public int clean(byte[] source, int from, int to) {
        while (from < to && isSpace(source[from])) {
            from++;
        }
        while (to > from && isSpace(source[to - 1])) {
            to--;
        }
        length = to - from;
        if (bytes.length < length) {
            bytes = new byte[Math.max(length, bytes.length * 2)];
        }
        int seen = 0;
        for (int i = 0; i < length; i++) {
            byte b = source[from + i];
            bytes[i] = b;
            seen |= b;
        }
        if (seen < 0) {
            cleanUnicode();
        } else {
            for (CleaningStep step : steps) {
                applyAscii(step);
            }
        }
        return length;
    }

    /// The last result, from index 0 to the length that [#clean] returned; overwritten by the next
    /// call.
    public byte[] bytes() {
        return bytes;
    }

    private static boolean isSpace(byte b) {
        return b == ' ' || (b >= '\t' && b <= '\r');
    }

    private void applyAscii(CleaningStep step) {
        switch (step) {
            case UPPER -> {
                for (int i = 0; i < length; i++) {
                    byte b = bytes[i];
                    bytes[i] = (byte) (b >= 'a' && b <= 'z' ? b - 32 : b);
                }
            }
            case LOWER -> {
                for (int i = 0; i < length; i++) {
                    byte b = bytes[i];
                    bytes[i] = (byte) (b >= 'A' && b <= 'Z' ? b + 32 : b);
                }
            }
            case LETTERS -> keep(true, false);
            case DIGITS -> keep(false, true);
            case LETTERS_AND_DIGITS -> keep(true, true);
            case WORDS -> spaced(true);
            case SINGLE_SPACES -> spaced(false);
            case FIRST_WORD -> keepWords(1);
            case FIRST_TWO_WORDS -> keepWords(2);
            case NO_LEADING_ZEROS -> {
                int zeros = 0;
                while (zeros < length && bytes[zeros] == '0') {
                    zeros++;
                }
                // Space behind the zeros is now around the text.
                while (zeros > 0 && zeros < length && isSpace(bytes[zeros])) {
                    zeros++;
                }
                System.arraycopy(bytes, zeros, bytes, 0, length - zeros);
                length -= zeros;
            }
            case NO_ACCENTS -> {
                // ASCII has none.
            }
            case SORTED_WORDS -> store(sortedWords(text()));
        }
    }

    private void keepWords(int most) {
        spaced(false);
        int words = 0;
        for (int i = 0; i < length; i++) {
            if (bytes[i] == ' ' && ++words == most) {
                length = i;
            }
        }
    }

    private void keep(boolean letters, boolean digits) {
        int kept = 0;
        for (int i = 0; i < length; i++) {
            byte b = bytes[i];
            boolean letter = (b >= 'a' && b <= 'z') || (b >= 'A' && b <= 'Z');
            boolean digit = b >= '0' && b <= '9';
            bytes[kept] = b;
            kept += (letter && letters) || (digit && digits) ? 1 : 0;
        }
        length = kept;
    }

    /// Folds separators into single spaces, with none at the ends.
    private void spaced(boolean punctuationSeparates) {
        int kept = 0;
        boolean pending = false;
        for (int i = 0; i < length; i++) {
            byte b = bytes[i];
            boolean wordPart =
                    (b >= 'a' && b <= 'z') || (b >= 'A' && b <= 'Z') || (b >= '0' && b <= '9');
            if (punctuationSeparates ? !wordPart : isSpace(b)) {
                pending = kept > 0;
            } else {
                if (pending) {
                    bytes[kept++] = ' ';
                    pending = false;
                }
                bytes[kept++] = b;
            }
        }
        length = kept;
    }

    private void cleanUnicode() {
        String text = strip(text());
        for (CleaningStep step : steps) {
            text = applyUnicode(step, text);
        }
        store(text);
    }

    /// Without the white space around it. `String.strip` leaves no-break spaces, with which
    /// statements are padded, and takes control characters for white space.
    private static String strip(String text) {
        int from = 0;
        int to = text.length();
        while (from < to && isSpace(text.charAt(from))) {
            from++;
        }
        while (to > from && isSpace(text.charAt(to - 1))) {
            to--;
        }
        return text.substring(from, to);
    }

    /// Unicode's property White_Space, all of which lies in the basic plane.
    private static boolean isSpace(char c) {
        return c == ' '
                || (c >= '\t' && c <= '\r')
                || c == '\u0085'
                || c == '\u00A0'
                || c == '\u1680'
                || (c >= '\u2000' && c <= '\u200A')
                || c == '\u2028'
                || c == '\u2029'
                || c == '\u202F'
                || c == '\u205F'
                || c == '\u3000';
    }

    /// The text after one step. A step may lay space bare, and that counts as little as any other.
    static String applyUnicode(CleaningStep step, String text) {
        return strip(applied(step, text));
    }

    private static String applied(CleaningStep step, String text) {
        return switch (step) {
            case UPPER -> text.toUpperCase(Locale.ROOT);
            case LOWER -> text.toLowerCase(Locale.ROOT);
            case LETTERS -> filter(text, true, false);
            case DIGITS -> filter(text, false, true);
            case LETTERS_AND_DIGITS -> filter(text, true, true);
            case WORDS -> words(text);
            case SORTED_WORDS -> sortedWords(text);
            case FIRST_WORD -> firstWords(text, 1);
            case FIRST_TWO_WORDS -> firstWords(text, 2);
            case SINGLE_SPACES -> String.join(" ", splitSpaces(text));
            case NO_ACCENTS -> withoutAccents(text);
            case NO_LEADING_ZEROS -> {
                int zeros = 0;
                while (zeros < text.length() && text.charAt(zeros) == '0') {
                    zeros++;
                }
                yield text.substring(zeros);
            }
        };
    }

    private static String filter(String text, boolean letters, boolean digits) {
        StringBuilder kept = new StringBuilder(text.length());
        text.codePoints()
                .filter(c -> (letters && Character.isLetter(c)) || (digits && Character.isDigit(c)))
                .forEach(kept::appendCodePoint);
        return kept.toString();
    }

    private static String words(String text) {
        StringBuilder kept = new StringBuilder(text.length());
        text.codePoints()
                .forEach(c -> kept.appendCodePoint(Character.isLetterOrDigit(c) ? c : ' '));
        return String.join(" ", splitSpaces(kept.toString()));
    }

    private static String sortedWords(String text) {
        String[] words = splitSpaces(text);
        Arrays.sort(words);
        return String.join(" ", words);
    }

    private static String firstWords(String text, int most) {
        return Arrays.stream(splitSpaces(text)).limit(most).collect(Collectors.joining(" "));
    }

    private static String[] splitSpaces(String text) {
        return Arrays.stream(text.split("(?U)\\s+", -1))
                .filter(word -> !word.isEmpty())
                .toArray(String[]::new);
    }

    private static String withoutAccents(String text) {
        String apart = Normalizer.normalize(text, Normalizer.Form.NFKD);
        StringBuilder kept = new StringBuilder(apart.length());
        apart.codePoints()
                .filter(c -> Character.getType(c) != Character.NON_SPACING_MARK)
                .forEach(c -> appendPlain(kept, c));
        return kept.toString();
    }

    /// Letters that Unicode does not take apart into a base letter and a mark.
    private static void appendPlain(StringBuilder kept, int codePoint) {
        switch (codePoint) {
            case 'ß' -> kept.append("ss");
            case 'ẞ' -> kept.append("SS");
            case 'ø' -> kept.append('o');
            case 'Ø' -> kept.append('O');
            case 'ł' -> kept.append('l');
            case 'Ł' -> kept.append('L');
            case 'đ' -> kept.append('d');
            case 'Đ' -> kept.append('D');
            case 'ı' -> kept.append('i');
            case 'æ' -> kept.append("ae");
            case 'Æ' -> kept.append("AE");
            case 'œ' -> kept.append("oe");
            case 'Œ' -> kept.append("OE");
            case 'þ' -> kept.append("th");
            case 'Þ' -> kept.append("TH");
            default -> kept.appendCodePoint(codePoint);
        }
    }

    private String text() {
        return new String(bytes, 0, length, StandardCharsets.UTF_8);
    }

    private void store(String text) {
        byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
        if (bytes.length < encoded.length) {
            bytes = new byte[Math.max(encoded.length, bytes.length * 2)];
        }
        System.arraycopy(encoded, 0, bytes, 0, encoded.length);
        length = encoded.length;
    }
}
