package io.tieout.formats.source;

import java.util.List;

/// Finds the record that names the columns. Banks write lines of their own above it, so it is
/// looked for among the first records.
interface HeaderFinder {
    /// How many records are looked at, blank ones not counted.
    int RECORDS_SEARCHED = 50;

    /// The header, or where the data start without one.
    ///
    /// @param records the first of a source, at least one
    Header find(List<List<String>> records);

    /// How many of these names are known to be columns.
    long known(List<String> names);
}
