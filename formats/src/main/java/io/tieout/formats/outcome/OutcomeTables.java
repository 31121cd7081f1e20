package io.tieout.formats.outcome;

import io.tieout.engine.outcome.Breaks;
import io.tieout.engine.outcome.Matches;
import io.tieout.engine.plan.Side;
import io.tieout.formats.source.Reject;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Path;

/// Writes the tables of an outcome: `matches.csv`, `breaks.csv` and `rejects.csv`.
final class OutcomeTables {
    private final RunRecord run;
    private final Differences differences;

    OutcomeTables(RunRecord run) {
        this.run = run;
        this.differences = new Differences(run);
    }

    /// One row for each left-right pair that is in a match. Matches are numbered by their first
    /// left record, in the order of the left source.
    void writeMatches(Path path) throws IOException {
        Matches matches = run.outcome().matches();
        try (CsvFile csv =
                new CsvFile(
                        path,
                        "match_id",
                        "left_key",
                        "right_key",
                        "pass",
                        "status",
                        "cardinality",
                        "score",
                        "differences")) {
            for (int m = 0; m < matches.size(); m++) {
                String told = told(matches, m);
                String score = score(matches.score(m));
                String pass = run.plan().passes().get(matches.pass(m)).name();
                for (int l = 0; l < matches.leftCount(m); l++) {
                    for (int r = 0; r < matches.rightCount(m); r++) {
                        csv.number(m + 1L);
                        csv.key(run.table(Side.LEFT), matches.left(m, l));
                        csv.key(run.table(Side.RIGHT), matches.right(m, r));
                        csv.text(pass);
                        csv.text(matches.status(m).word());
                        csv.text(matches.cardinality(m));
                        csv.text(score);
                        csv.text(told);
                        csv.endRow();
                    }
                }
            }
            csv.finish();
        }
    }

    private String told(Matches matches, int m) {
        long bits = matches.differences(m);
        if (bits == 0) {
            return matches.isAmbiguous(m) ? "ambiguous" : "";
        }
        String told =
                String.join(
                        "; ",
                        differences.of(
                                bits, MatchRows.lefts(matches, m), MatchRows.rights(matches, m)));
        return matches.isAmbiguous(m) ? "ambiguous; " + told : told;
    }

    /// A score with as many of four decimals as it has.
    static String score(double score) {
        if (score == 1) {
            return "1";
        }
        return BigDecimal.valueOf(score)
                .setScale(4, RoundingMode.DOWN)
                .stripTrailingZeros()
                .toPlainString();
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
        String other = side.opposite().word();
        return switch (breaks.kind(b)) {
            case MISSING -> "nothing on the " + other + " comes near";
            case DIFFERS ->
                    "the nearest on the "
                            + other
                            + " agrees in all but "
                            + String.join(", ", gaps(side, breaks, b));
            case DUPLICATE -> "a record alike in every field was matched instead";
            case AMBIGUOUS -> "tied with another record for a match and was not the one suggested";
        };
    }

    private java.util.List<String> gaps(Side side, Breaks breaks, int b) {
        int[] own = {breaks.row(b)};
        int[] near = {breaks.nearest(b)};
        return side == Side.LEFT
                ? differences.of(breaks.fields(b), own, near)
                : differences.of(breaks.fields(b), near, own);
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
