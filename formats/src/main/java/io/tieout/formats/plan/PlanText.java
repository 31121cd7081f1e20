package io.tieout.formats.plan;

import io.tieout.engine.failure.FailureException;
import io.tieout.engine.failure.Place;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.snakeyaml.engine.v2.scanner.StreamReader;

/// The text of a plan file: UTF-8, with or without a byte order mark, of a bounded size, and
/// without characters that no plan needs.
final class PlanText {
    /// A plan of one pass for each field is a hundredth of this.
    static final int MAX_BYTES = 1 << 20;

    private PlanText() {}

    /// Decodes a plan file.
    ///
    /// @throws FailureException when it is too large or not UTF-8, with the place of the first
    /// fault
    static String decode(String name, byte[] bytes) {
        if (bytes.length > MAX_BYTES) {
            throw tooLarge(name, "is " + bytes.length + " bytes long");
        }
        if (startsWith(bytes, 0xFF, 0xFE) || startsWith(bytes, 0xFE, 0xFF)) {
            throw Invalid.at(
                    Place.of(name), "is in UTF-16, but a plan is in UTF-8", "save it as UTF-8");
        }
        int mark = startsWith(bytes, 0xEF, 0xBB, 0xBF) ? 3 : 0;
        CharsetDecoder decoder =
                StandardCharsets.UTF_8
                        .newDecoder()
                        .onMalformedInput(CodingErrorAction.REPORT)
                        .onUnmappableCharacter(CodingErrorAction.REPORT);
        CharBuffer chars = CharBuffer.allocate(bytes.length);
        ByteBuffer encoded = ByteBuffer.wrap(bytes, mark, bytes.length - mark);
        boolean broken = decoder.decode(encoded, chars, true).isError();
        String text = chars.flip().toString();
        if (broken) {
            throw Invalid.at(
                    end(name, text), "holds bytes that are not UTF-8", "save the plan as UTF-8");
        }
        refuseUnprintable(name, text);
        return withoutTabsBeforeJson(text);
    }

    /// The failure of a file beyond the limit.
    ///
    /// @param actual what is known of its size
    static FailureException tooLarge(String name, String actual) {
        return Invalid.at(
                Place.of(name),
                actual + ", more than the limit of " + MAX_BYTES + " bytes (1 MiB)",
                "check that it is a plan, and take out what it does not need");
    }

    private static boolean startsWith(byte[] bytes, int... start) {
        if (bytes.length < start.length) {
            return false;
        }
        for (int i = 0; i < start.length; i++) {
            if ((bytes[i] & 0xFF) != start[i]) {
                return false;
            }
        }
        return true;
    }

    private static void refuseUnprintable(String name, String text) {
        int at = 0;
        while (at < text.length()) {
            int c = text.codePointAt(at);
            if (!StreamReader.isPrintable(c)) {
                throw Invalid.at(
                        end(name, text.substring(0, at)),
                        String.format(Locale.ROOT, "holds the control character U+%04X", c),
                        "take it out");
            }
            at += Character.charCount(c);
        }
    }

    /// The place right after a text.
    private static Place end(String name, String text) {
        long line = 1;
        int lineStart = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean pair = c == '\r' && i + 1 < text.length() && text.charAt(i + 1) == '\n';
            if (c == '\n' || (c == '\r' && !pair)) {
                line++;
                lineStart = i + 1;
            }
        }
        return Place.of(name, line, 1 + text.codePointCount(lineStart, text.length()));
    }

    /// JSON may be indented with tabs, and YAML may not, though both ignore how a line within
    /// braces begins.
    private static String withoutTabsBeforeJson(String text) {
        if (text.indexOf('\t') < 0 || !text.stripLeading().startsWith("{")) {
            return text;
        }
        StringBuilder result = new StringBuilder(text);
        boolean indent = true;
        for (int i = 0; i < result.length(); i++) {
            char c = result.charAt(i);
            if (indent && c == '\t') {
                result.setCharAt(i, ' ');
            }
            indent = c == '\n' || c == '\r' || (indent && (c == ' ' || c == '\t'));
        }
        return result.toString();
    }
}
