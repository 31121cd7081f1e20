package io.tieout.formats.outcome;

import io.tieout.engine.outcome.Matches;

/// The rows of a match.
final class MatchRows {
    private MatchRows() {}

    static int[] lefts(Matches matches, int match) {
        int[] rows = new int[matches.leftCount(match)];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = matches.left(match, i);
        }
        return rows;
    }

    static int[] rights(Matches matches, int match) {
        int[] rows = new int[matches.rightCount(match)];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = matches.right(match, i);
        }
        return rows;
    }
}
