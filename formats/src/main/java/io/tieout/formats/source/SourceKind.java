package io.tieout.formats.source;

import java.nio.charset.StandardCharsets;

/// Tells formats apart by the first bytes of their content.
final class SourceKind {
    private SourceKind() {}

    /// @param sample the first bytes of the content, decompressed
    /// @throws io.tieout.engine.failure.FailureException when it is no format that is read
    static SourceFormat of(String name, byte[] sample) {
        if (sample.length == 0) {
            throw SourceInput.unreadable(name, "is empty", "give a file with a header and records");
        }
        if (SourceStream.startsWith(sample, 'P', 'K', 3, 4)) {
            return SourceFormat.XLSX;
        }
        refuseKnown(name, sample);
        boolean wide =
                SourceStream.startsWith(sample, 0xFF, 0xFE)
                        || SourceStream.startsWith(sample, 0xFE, 0xFF);
        if (!wide && ByteSearch.indexOf(sample, (byte) 0, 0, sample.length) >= 0) {
            throw SourceInput.unreadable(name, "is not a text", "give CSV, JSON Lines or XLSX");
        }
        int first = firstVisible(sample);
        if (first == sample.length) {
            throw SourceInput.unreadable(
                    name, "holds nothing but blanks", "give a file with a header and records");
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
        int at = SourceStream.startsWith(sample, 0xEF, 0xBB, 0xBF) ? 3 : 0;
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
