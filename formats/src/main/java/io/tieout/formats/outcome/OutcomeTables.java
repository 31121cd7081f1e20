package io.tieout.formats.outcome;

import io.tieout.engine.outcome.Breaks;
import io.tieout.engine.outcome.Matches;
import io.tieout.engine.plan.Pass;
import io.tieout.engine.plan.Side;
import io.tieout.engine.table.Table;
import io.tieout.formats.source.Reject;
import java.io.IOException;
import java.nio.file.Path;

/// Writes the tables of an outcome: `matches.csv`, `breaks.csv` and `rejects.csv`.
final class OutcomeTables {
    private static final String[] MATCH_COLUMNS = {
        "match_id", "left_key", "right_key", "pass", "status", "cardinality", "score", "differences"
    };
    private static final byte[] CONFIRMED = CsvFile.encode(Pass.Status.CONFIRMED.word());
    private static final byte[] PAIR = CsvFile.encode("1:1");
    private static final byte[] SUGGESTED = CsvFile.encode(Pass.Status.SUGGESTED.word());

    private final RunRecord run;
    private final Differences differences;
    private final OutcomeWords words;

    OutcomeTables(RunRecord run) {
        this.run = run;
        this.differences =
                new Differences(run.plan().fields(), run.table(Side.LEFT), run.table(Side.RIGHT));
        this.words =
                new OutcomeWords(run.plan().fields(), run.table(Side.LEFT), run.table(Side.RIGHT));
    }

    /// One row for each left-right pair that is in a match. Matches are numbered by their first
    /// left record, in the order of the left source.
    void writeMatches(Path path) throws IOException {
        Matches matches = run.outcome().matches();
        Table left = run.table(Side.LEFT);
        Table right = run.table(Side.RIGHT);
        byte[][] passes =
                run.plan().passes().stream()
                        .map(Pass::name)
                        .map(CsvFile::encode)
                        .toArray(byte[][]::new);
        TextBuffer score = new TextBuffer();
        TextBuffer told = new TextBuffer();
        try (CsvFile csv = new CsvFile(path, MATCH_COLUMNS)) {
            for (int m = 0; m < matches.size(); m++) {
                score.clear();
                appendScore(score, matches.score(m));
                told.clear();
                tell(told, matches, m);
                boolean confirmed = matches.status(m) == Pass.Status.CONFIRMED;
                byte[] cardinality = isPair(matches, m) ? PAIR : cardinality(matches, m);
                for (int l = 0; l < matches.leftCount(m); l++) {
                    for (int r = 0; r < matches.rightCount(m); r++) {
                        csv.number(m + 1L);
                        csv.key(left, matches.left(m, l));
                        csv.key(right, matches.right(m, r));
                        csv.encoded(passes[matches.pass(m)]);
                        csv.encoded(confirmed ? CONFIRMED : SUGGESTED);
                        csv.encoded(cardinality);
                        csv.text(score);
                        csv.text(told);
                        csv.endRow();
                    }
                }
            }
            csv.finish();
        }
    }

    private static boolean isPair(Matches matches, int m) {
        return matches.leftCount(m) == 1 && matches.rightCount(m) == 1;
    }

    private static byte[] cardinality(Matches matches, int m) {
        return CsvFile.encode(matches.cardinality(m));
    }

    private void tell(TextBuffer text, Matches matches, int m) {
        long bits = matches.differences(m);
        if (matches.isAmbiguous(m)) {
            text.append(bits == 0 ? "ambiguous" : "ambiguous; ");
        }
        if (bits != 0) {
            differences.append(
                    text, bits, MatchRows.lefts(matches, m), MatchRows.rights(matches, m));
        }
    }

    /// A score with as many of four decimals as it has, rounded down, so that only a whole
    /// agreement is 1.
    static String score(double score) {
        TextBuffer text = new TextBuffer();
        appendScore(text, score);
        return text.toString();
    }

    private static void appendScore(TextBuffer text, double score) {
        // Rounded to nine decimals first: a score of 0.7 may be the double below it.
        long tenThousandths = Math.round(score * 1e9) / 100_000;
        int scale = 4;
        while (scale > 0 && tenThousandths % 10 == 0) {
            tenThousandths /= 10;
            scale--;
        }
        text.appendUnsigned(tenThousandths, scale);
    }

    /// Left breaks, then right ones, each in the order of their source.
    void writeBreaks(Path path) throws IOException {
        try (CsvFile csv =
                new CsvFile(path, "side", "key", "kind", "fields", "nearest_key", "reason")) {
            for (Side side : Side.values()) {
                Breaks breaks = run.outcome().breaks(side);
                for (int b = 0; b < breaks.size(); b++) {
                    csv.text(side.word());
                    csv.key(run.table(side), breaks.row(b));
                    csv.text(breaks.kind(b).word());
                    csv.text(String.join(" ", differences.names(breaks.fields(b))));
                    if (breaks.nearest(b) == Breaks.NONE) {
                        csv.text("");
                    } else {
                        csv.key(run.table(side.opposite()), breaks.nearest(b));
                    }
                    csv.text(reason(side, breaks, b));
                    csv.endRow();
                }
            }
            csv.finish();
        }
    }

    /// Why a record is a break, in a sentence.
    String reason(Side side, Breaks breaks, int b) {
        return words.reason(
                side, breaks.kind(b), breaks.fields(b), breaks.row(b), breaks.nearest(b));
    }

    /// Rows that could not become records, left ones first.
    void writeRejects(Path path) throws IOException {
        try (CsvFile csv = new CsvFile(path, "side", "line", "row", "column", "reason")) {
            for (Side side : Side.values()) {
                for (Reject reject : run.source(side).rejects()) {
                    csv.text(side.word());
                    csv.number(reject.line());
                    csv.number(reject.row());
                    csv.text(reject.column());
                    csv.text(reject.reason());
                    csv.endRow();
                }
            }
            csv.finish();
        }
    }
}
