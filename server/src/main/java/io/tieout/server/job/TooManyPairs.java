package io.tieout.server.job;

import io.tieout.engine.failure.Failure;
import io.tieout.engine.failure.Place;
import io.tieout.engine.run.PassEstimate;
import java.util.Locale;

/// The failure that a job would meet at a pass.
final class TooManyPairs {
    private TooManyPairs() {}

    static Failure of(int pass, PassEstimate estimate, long most) {
        return new Failure.LimitExceeded(
                Place.at("/passes/" + pass),
                String.format(
                        Locale.ROOT,
                        "pass \"%s\" would compare %,d pairs, more than the limit of %,d",
                        estimate.pass(),
                        estimate.pairs(),
                        most),
                "add an exact comparison, or tighten a `within`");
    }
}
