package io.tieout.formats.source;

/// How a source writes its records; found by content.
public enum SourceFormat {
    /// Delimited text, RFC 4180 and its common relatives.
    CSV("csv"),
    /// One JSON object a line.
    JSON_LINES("jsonl"),
    /// An Office Open XML workbook; one of its sheets.
    XLSX("xlsx");

    private final String word;

    SourceFormat(String word) {
        this.word = word;
    }

    /// The format as summaries write it.
    public String word() {
        return word;
    }
}
