package io.tieout.engine.outcome;

import io.tieout.engine.plan.Side;
import java.util.List;

/// A record that came near another one, and what each pass made of the two.
///
/// @param side the side that it is of
/// @param row its row
/// @param agreeing in how many fields of the plan the two agree: equal, or as some pass allows
/// @param match the match that it is in, or [Breaks#NONE] when it is open
/// @param trials how passes compare the two, in the plan's order
public record NearRecord(Side side, int row, int agreeing, int match, List<Trial> trials) {
    public NearRecord {
        trials = List.copyOf(trials);
    }
}
