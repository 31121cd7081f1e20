package io.tieout.formats.source;

import io.tieout.engine.failure.Failure;
import io.tieout.engine.failure.FailureException;
import io.tieout.engine.failure.Place;

/// The failure of a source that has more rejects than are allowed.
final class TooManyRejects {
    private TooManyRejects() {}

    /// @param first of the rejects, with its true line
    /// @param rejected how many there are at least
    static FailureException failure(
            String source, Reject first, long rejected, int allowed, String remedy) {
        String what =
                first.column().isEmpty() ? "the row " : "the value of `" + first.column() + "` ";
        String count =
                rejected == 1 ? "1 row is rejected" : "at least " + rejected + " rows are rejected";
        return new FailureException(
                new Failure.UnreadableSource(
                        Place.of(source, first.line()),
                        what + first.reason() + " (" + count + ", allowed are " + allowed + ")",
                        remedy));
    }
}
