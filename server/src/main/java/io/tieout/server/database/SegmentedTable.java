package io.tieout.server.database;

/// A table whose rows come in large sets that live and die together, and that is parted by segment.
public enum SegmentedTable {
    /// Records; a set is a data source.
    RECORDS("reconciliation_records", "source_number", "cells"),
    /// Results; a set is a job.
    RESULTS("reconciliation_results", "job_number", "fields");

    private final String sqlName;
    private final String setColumn;
    private final String wideColumn;

    SegmentedTable(String sqlName, String setColumn, String wideColumn) {
        this.sqlName = sqlName;
        this.setColumn = setColumn;
        this.wideColumn = wideColumn;
    }

    String sqlName() {
        return sqlName;
    }

    /// The column that says which set a row belongs to.
    String setColumn() {
        return setColumn;
    }

    /// A column of arrays that no condition is on.
    String wideColumn() {
        return wideColumn;
    }

    /// The partition that holds a segment.
    String partition(int segment) {
        return sqlName + "_" + (segment == Segments.SHARED ? "shared" : Integer.toString(segment));
    }
}
