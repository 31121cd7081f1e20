package io.tieout.formats.source;

import io.tieout.engine.failure.Place;
import io.tieout.formats.source.RecordBuilder.Part;
import java.util.List;
import java.util.TreeSet;

/// The names that the objects of a JSON Lines source use: each object has its own, so whether the
/// plan's are there is known only at the end. Safe for use by several threads.
final class JsonNames {
    private static final int KEPT = 1000;

    private final TreeSet<String> names = new TreeSet<>();

    /// Notes a name, for suggestions.
    synchronized void add(String name) {
        if (names.size() < KEPT) {
            names.add(name);
        }
    }

    /// @throws io.tieout.engine.failure.FailureException when no object has a value that the plan
    /// needs, although there are objects
    synchronized void requireSeen(Layout layout, List<Part> parts, Place place) {
        if (parts.stream().allMatch(part -> part.rows() == part.rejected())) {
            return;
        }
        List<String> columns = layout.columns();
        for (int slot = 0; slot < columns.size(); slot++) {
            boolean seen = false;
            for (Part part : parts) {
                seen |= part.seen()[slot];
            }
            if (!seen) {
                throw layout.missing(columns.get(slot), List.copyOf(names), place, "");
            }
        }
    }
}
