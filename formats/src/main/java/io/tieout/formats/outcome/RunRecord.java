package io.tieout.formats.outcome;

import io.tieout.engine.outcome.Outcome;
import io.tieout.engine.plan.Plan;
import io.tieout.engine.plan.Side;
import io.tieout.engine.table.Table;
import io.tieout.formats.source.SourceRead;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/// Everything that is written about one run.
///
/// @param planName the plan file as the user named it
/// @param planDigest SHA-256 of `planJson`, 64 hexadecimal digits
/// @param planJson the plan in its canonical form
/// @param phases wall time by phase, in the order in which they ran
/// @param engineVersion which engine ran it
public record RunRecord(
        Plan plan,
        String planName,
        String planDigest,
        String planJson,
        SourceRead left,
        SourceRead right,
        Outcome outcome,
        Map<String, Duration> phases,
        String engineVersion) {
    public RunRecord {
        phases = Collections.unmodifiableMap(new LinkedHashMap<>(phases));
    }

    /// The source of a side.
    public SourceRead source(Side side) {
        return side == Side.LEFT ? left : right;
    }

    /// The records of a side.
    public Table table(Side side) {
        return source(side).table();
    }
}
