package io.tieout.formats.source;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Finds the record that names the columns. Banks write lines of their own above it, so it is
/// looked for among the first records by what the plan wants to find in it.
final class Header {
    /// How many records are looked at, blank ones not counted.
    static final int LINES_SEARCHED = 50;

    private Header() {}

    /// Which of the first records is the header, or the first of the data where there is none: the
    /// first that names as many of the plan's columns as any.
    ///
    /// @param records the first of a source, at least one
    static int find(List<List<String>> records, Layout layout) {
        boolean stated = layout.plan().source(layout.side()).header().equals(Optional.of(false));
        // A number may be a value, and so may a single name: rows above it would be lost for it.
        if (stated || layout.isByPosition() || layout.slots() < 2) {
            return 0;
        }
        int best = 0;
        long most = layout.known(records.getFirst());
        for (int i = 1; i < records.size() && most < layout.slots(); i++) {
            long known = layout.known(records.get(i));
            if (known > most) {
                most = known;
                best = i;
            }
        }
        return best;
    }

    /// Whether a record names columns. Plans that go by position have none, unless it is there.
    static boolean isThere(List<String> record, Layout layout) {
        return layout.plan()
                .source(layout.side())
                .header()
                .orElseGet(() -> !layout.isByPosition() || layout.known(record) == layout.slots());
    }

    /// Columns named by their position, from 1.
    static List<String> positions(int count) {
        List<String> names = new ArrayList<>();
        for (int i = 1; i <= count; i++) {
            names.add(Integer.toString(i));
        }
        return names;
    }
}
