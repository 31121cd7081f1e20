package io.tieout.formats.plan;

import java.util.List;
import java.util.Locale;

/// Writes JSON without white space. Its bytes are part of a plan's digest, so they must never
/// depend on the version of a library.
final class JsonText {
    private final StringBuilder out = new StringBuilder();
    private boolean first = true;

    JsonText open(char bracket) {
        separate();
        out.append(bracket);
        first = true;
        return this;
    }

    JsonText close(char bracket) {
        out.append(bracket);
        first = false;
        return this;
    }

    JsonText key(String key) {
        text(key);
        out.append(':');
        first = true;
        return this;
    }

    JsonText text(String text) {
        separate();
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            append(text.charAt(i));
        }
        out.append('"');
        return this;
    }

    JsonText texts(List<String> texts) {
        open('[');
        texts.forEach(this::text);
        return close(']');
    }

    /// A number or a truth value.
    JsonText raw(String value) {
        separate();
        out.append(value);
        return this;
    }

    private void separate() {
        if (!first) {
            out.append(',');
        }
        first = false;
    }

    private void append(char c) {
        if (c == '"' || c == '\\') {
            out.append('\\').append(c);
        } else if (isEscaped(c)) {
            out.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
        } else {
            out.append(c);
        }
    }

    /// Everything that a reader of YAML or a person could take for something else.
    private static boolean isEscaped(char c) {
        return c < ' '
                || (c >= 0x7F && c < 0xA0)
                || c == 0x2028
                || c == 0x2029
                || c == 0xFEFF
                || c >= 0xFFFE;
    }

    @Override
    public String toString() {
        return out.toString();
    }
}
