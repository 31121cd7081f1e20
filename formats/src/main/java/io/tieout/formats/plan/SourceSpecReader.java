package io.tieout.formats.plan;

import io.tieout.engine.failure.FailureException;
import io.tieout.engine.plan.SourceSpec;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.UnsupportedCharsetException;

/// Reads how a side's source is read.
final class SourceSpecReader {
    /// A tab is hard to see in quotes.
    static final String TAB = "tab";

    private SourceSpecReader() {}

    /// @param side `left` or `right`
    /// @throws FailureException at the first mistake
    static SourceSpec read(Node node, String side) {
        Node.Mapping source =
                Keys.SOURCE.check(
                        node.mapping("`" + side + "`", "it as `" + side + ": {key: id}`"));
        return new SourceSpec(
                source.get("key").map(key -> FieldReader.column(key, "`key`")),
                source.get("encoding").map(SourceSpecReader::encoding),
                source.get("delimiter").map(SourceSpecReader::delimiter),
                source.get("sheet").map(sheet -> sheet.text("`sheet`")),
                source.get("header").map(SourceSpecReader::header));
    }

    private static String encoding(Node node) {
        String name = node.text("`encoding`");
        try {
            return Charset.forName(name).name();
        } catch (IllegalCharsetNameException | UnsupportedCharsetException _) {
            String nearest =
                    NearestName.of(name, Charset.availableCharsets().keySet())
                            .map(near -> "did you mean " + Invalid.shown(near) + "? Or ")
                            .orElse("");
            throw Invalid.at(
                    node.place(),
                    "there is no encoding " + Invalid.shown(name),
                    nearest
                            + "name one such as `UTF-8`, `windows-1252`, `ISO-8859-15` or `UTF-16`");
        }
    }

    private static char delimiter(Node node) {
        String text = node.text("`delimiter`");
        char delimiter = text.equals(TAB) ? '\t' : text.length() == 1 ? text.charAt(0) : '"';
        boolean separates =
                delimiter == '\t'
                        || (delimiter >= ' '
                                && delimiter <= '~'
                                && delimiter != '"'
                                && !Character.isLetterOrDigit(delimiter));
        if (!separates) {
            throw Invalid.at(
                    node.place(),
                    "`delimiter` is one ASCII character, not a letter, a digit or a quote",
                    "write it in quotes, such as \",\" or \";\" or \"|\", or the word `tab`");
        }
        return delimiter;
    }

    /// As the core schema of YAML has it: `true`, `True` or `TRUE`, without quotes.
    private static boolean header(Node node) {
        String word = node instanceof Node.Scalar scalar && scalar.plain() ? scalar.text() : "";
        return switch (word) {
            case "true", "True", "TRUE" -> true;
            case "false", "False", "FALSE" -> false;
            default ->
                    throw Invalid.at(
                            node.place(),
                            "`header` is a truth value without quotes",
                            "write true or false");
        };
    }
}
