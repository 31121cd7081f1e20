package io.tieout.formats.source;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/// Tells formats apart by the first bytes of their content.
final class SourceKind {
    private SourceKind() {}

    /// @param sample the first bytes of the content, decompressed
    /// @param charset what they are in, should they be text
    /// @param option how the user says which encoding a text is in
    /// @throws io.tieout.engine.failure.FailureException when it is no format that is read
    static SourceFormat of(String name, byte[] sample, Charset charset, String option) {
        if (sample.length == 0) {
            throw SourceInput.unreadable(name, "is empty", "give a file with a header and records");
        }
        if (SourceStream.startsWith(sample, 'P', 'K', 3, 4)) {
            return SourceFormat.XLSX;
        }
        refuseKnown(name, sample);
        return ofText(name, TextEncoding.start(sample, charset), option);
    }

    private static SourceFormat ofText(String name, byte[] sample, String option) {
        if (ByteSearch.indexOf(sample, (byte) 0, 0, sample.length) >= 0) {
            throw SourceInput.unreadable(
                    name,
                    "is not a text",
                    "give CSV, JSON Lines or XLSX; where it is UTF-16 without a byte order mark, name"
                            + " that with "
                            + option);
        }
        int first = firstVisible(sample);
        if (first == sample.length) {
            throw SourceInput.unreadable(
                    name, "holds nothing but blanks", "give a file with a header and records");
        }
        if (sample[first] == '<') {
            throw SourceInput.unreadable(
                    name, "is XML or HTML", "export it as CSV, JSON Lines or XLSX");
        }
        if (sample[first] == '[' && looksLikeJson(sample, first + 1)) {
            throw SourceInput.unreadable(
                    name,
                    "is one JSON array",
                    "write one object a line (JSON Lines), as `jq -c '.[]'` does");
        }
        return sample[first] == '{' && looksLikeJson(sample, first + 1)
                ? SourceFormat.JSON_LINES
                : SourceFormat.CSV;
    }

    private static void refuseKnown(String name, byte[] sample) {
        if (SourceStream.startsWith(sample, 0xD0, 0xCF, 0x11, 0xE0)) {
            throw SourceInput.unreadable(
                    name,
                    "is an old (.xls) or a protected workbook",
                    "save it as .xlsx without a password, or CSV");
        }
        if (SourceStream.startsWith(sample, 'P', 'A', 'R', '1')) {
            throw SourceInput.unreadable(
                    name, "is a Parquet file", "export it as CSV or JSON Lines");
        }
        if (SourceStream.startsWith(sample, '%', 'P', 'D', 'F')) {
            throw SourceInput.unreadable(name, "is a PDF", "export the records as CSV or XLSX");
        }
    }

    private static int firstVisible(byte[] sample) {
        int at = 0;
        while (at < sample.length && (sample[at] == ' ' || (sample[at] >= 9 && sample[at] <= 13))) {
            at++;
        }
        return at;
    }

    /// Whether an object, an array or a name in quotes follows, as no header of CSV would.
    private static boolean looksLikeJson(byte[] sample, int from) {
        String rest =
                new String(
                                sample,
                                from,
                                Math.min(200, sample.length - from),
                                StandardCharsets.UTF_8)
                        .strip();
        return rest.isEmpty() || "\"{}[]".indexOf(rest.charAt(0)) >= 0;
    }
}
