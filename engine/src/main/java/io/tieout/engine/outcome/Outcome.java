package io.tieout.engine.outcome;

import io.tieout.engine.plan.Side;
import java.util.List;

/// What one run found. Every record of both tables is in exactly one match or one break.
///
/// @param matches all matches
/// @param leftBreaks left records in no match
/// @param rightBreaks right records in no match
/// @param totals proven control totals
/// @param passes how each pass went, in the plan's order
/// @param digest 64 hexadecimal digits, the same for the same records and plan whatever the order
/// of rows and the number of threads
public record Outcome(
        Matches matches,
        Breaks leftBreaks,
        Breaks rightBreaks,
        ControlTotals totals,
        List<PassReport> passes,
        String digest) {
    public Outcome {
        passes = List.copyOf(passes);
    }

    /// The breaks of a side.
    public Breaks breaks(Side side) {
        return side == Side.LEFT ? leftBreaks : rightBreaks;
    }

    /// How one pass went.
    ///
    /// @param name the pass
    /// @param estimatedPairs how many pairs it was estimated to compare, before it started
    /// @param confirmed matches it confirmed
    /// @param suggested matches it suggested, ambiguous ones included
    /// @param ambiguous matches that another assignment could have made otherwise
    /// @param nanos wall time
    /// @param approximated components too large for the exact solver, assigned best score first
    public record PassReport(
            String name,
            long estimatedPairs,
            int confirmed,
            int suggested,
            int ambiguous,
            long nanos,
            int approximated) {}
}
