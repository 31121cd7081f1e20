package io.tieout.formats.source;

import java.nio.charset.StandardCharsets;

/// Looks over the markup of a sheet before it is read, for what the reader of workbooks does not
/// tell: addresses further right than any sheet, for which it would make a row as long; and
/// formulas whose values were never computed, which look to it like formulas that give an empty
/// text.
final class SheetScan {
    /// As many letters as the last column, XFD, has.
    private static final int MAX_LETTERS = 3;

    private static final int MAX_TAG_BYTES = 512;

    private final byte[] tag = new byte[MAX_TAG_BYTES];
    private int length = -1;
    private boolean afterValueTag;
    private boolean formula;
    private boolean value;
    private boolean text;
    private boolean tooFar;
    private boolean uncomputed;

    /// Takes the next bytes of the sheet.
    void scan(byte[] bytes, int count) {
        int i = 0;
        while (i < count) {
            if (length < 0) {
                int next = ByteSearch.indexOf(bytes, (byte) '<', i, count);
                value |= afterValueTag && next != i;
                if (next < 0) {
                    return;
                }
                afterValueTag = false;
                length = 0;
                i = next + 1;
            } else if (bytes[i] == '>') {
                endTag(new String(tag, 0, length, StandardCharsets.ISO_8859_1));
                length = -1;
                i++;
            } else {
                if (length < MAX_TAG_BYTES) {
                    tag[length++] = bytes[i];
                }
                i++;
            }
        }
    }

    /// Whether a cell lies beyond the last column that a sheet can have.
    boolean seesTooFar() {
        return tooFar;
    }

    /// Whether a formula has no value.
    boolean seesUncomputed() {
        return uncomputed;
    }

    private void endTag(String written) {
        switch (name(written)) {
            case "c" -> {
                formula = false;
                value = false;
                text = written.contains(" t=\"str\"");
                tooFar |= isTooFar(written);
            }
            case "f" -> formula = true;
            case "v" -> afterValueTag = !written.endsWith("/");
            case "is" -> value = true;
            case "/c" -> uncomputed |= formula && !value && !text;
            default -> {}
        }
    }

    /// The name without its namespace's prefix.
    private static String name(String written) {
        int end = 0;
        while (end < written.length() && written.charAt(end) > ' ') {
            end++;
        }
        String name = written.substring(0, end);
        if (name.length() > 1 && name.endsWith("/")) {
            name = name.substring(0, name.length() - 1);
        }
        int colon = name.indexOf(':');
        return colon < 0 ? name : (name.startsWith("/") ? "/" : "") + name.substring(colon + 1);
    }

    private static boolean isTooFar(String written) {
        int at = written.indexOf(" r=\"");
        int letters = 0;
        while (at >= 0
                && at + 4 + letters < written.length()
                && Character.isLetter(written.charAt(at + 4 + letters))) {
            letters++;
        }
        return letters > MAX_LETTERS;
    }
}
