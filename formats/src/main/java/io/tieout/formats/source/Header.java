package io.tieout.formats.source;

import java.util.ArrayList;
import java.util.List;

/// What names the columns of a source: one of its records, or their positions.
///
/// @param data which of the first records is the first of the data, from 0
/// @param isThere whether the record before it names the columns
/// @param names of the columns, in order
record Header(int data, boolean isThere, List<String> names) {
    Header {
        names = List.copyOf(names);
    }

    /// A record that names the columns; those after it are data.
    static Header at(int index, List<List<String>> records) {
        return new Header(index + 1, true, records.get(index));
    }

    /// No header: columns are named by their position.
    static Header none(int data, int columns) {
        return new Header(data, false, positions(columns));
    }

    /// The header, or the first record of the data where there is none.
    int top() {
        return isThere ? data - 1 : data;
    }

    private static List<String> positions(int count) {
        List<String> names = new ArrayList<>();
        for (int i = 1; i <= count; i++) {
            names.add(Integer.toString(i));
        }
        return names;
    }
}
