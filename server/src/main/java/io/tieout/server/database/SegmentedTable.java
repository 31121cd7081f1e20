package io.tieout.server.database;

import java.util.Optional;

/// A table whose rows come in large sets that live and die together, and that is parted by segment.
public enum SegmentedTable {
    /// Records; a set is a data source.
    RECORDS("reconciliation_records", "source_number = s.number", Optional.of("cells")),
    /// Results; a set is a job, whose number is the upper part of their places.
    RESULTS(
            "reconciliation_results",
            "place >= s.number << 34 and place < (s.number + 1) << 34",
            Optional.empty());

    private final String sqlName;
    private final String setCondition;
    private final Optional<String> wideColumn;

    SegmentedTable(String sqlName, String setCondition, Optional<String> wideColumn) {
        this.sqlName = sqlName;
        this.setCondition = setCondition;
        this.wideColumn = wideColumn;
    }

    String sqlName() {
        return sqlName;
    }

    /// Which rows are those of the set `s.number`.
    String setCondition() {
        return setCondition;
    }

    /// A column of arrays that no condition is on.
    Optional<String> wideColumn() {
        return wideColumn;
    }

    /// The partition that holds a segment.
    String partition(int segment) {
        return sqlName + "_" + (segment == Segments.SHARED ? "shared" : Integer.toString(segment));
    }
}
