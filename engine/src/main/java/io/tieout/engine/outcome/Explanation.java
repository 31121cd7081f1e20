package io.tieout.engine.outcome;

import io.tieout.engine.plan.Side;
import java.util.List;

/// Why one record is in its match, or in none. Rows are rows of the tables that were matched.
public sealed interface Explanation {
    /// The side of the record.
    Side side();

    /// The record.
    int row();

    /// The record is in a match.
    ///
    /// @param match an index into the matches
    /// @param made how the pass that made the match compares its records
    /// @param earlier how each pass before that one compares the record with its counterpart, in
    /// the plan's order; where it has several, with the one that comes nearest
    /// @param rivals where the match is ambiguous and of one record each: others, of either side,
    /// that the same pass could have matched with one of its records; the best first
    record Matched(
            Side side, int row, int match, Trial made, List<Trial> earlier, List<NearRecord> rivals)
            implements Explanation {
        public Matched {
            earlier = List.copyOf(earlier);
            rivals = List.copyOf(rivals);
        }
    }

    /// The record is a break.
    ///
    /// @param twin a record of its own side that is alike in every field of the plan and is in a
    /// match, or [Breaks#NONE]
    /// @param nearest records of the other side, the nearest first, each with how every pass
    /// compares the two; of those that agree in less than half of the fields only the first where
    /// it is the only one, and none that agrees in no field
    record Open(Side side, int row, int twin, List<NearRecord> nearest) implements Explanation {
        public Open {
            nearest = List.copyOf(nearest);
        }
    }
}
