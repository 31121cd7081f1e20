package io.tieout.formats.source;

import io.tieout.engine.failure.Place;
import java.util.List;
import java.util.TreeSet;

/// The names that the objects of a JSON Lines source use: each object has its own, so whether the
/// plan's are there is known only at the end. Safe for use by several threads.
final class JsonNames {
    private static final int KEPT = 1000;

    /// A thread notes no more than the names of so many values.
    private static final int VALUES_NOTED = 10_000;

    private final Layout layout;
    private final boolean[] seen;
    private final TreeSet<String> names = new TreeSet<>();

    JsonNames(Layout layout) {
        this.layout = layout;
        seen = new boolean[layout.slots()];
    }

    private synchronized void add(String name) {
        if (names.size() < KEPT) {
            names.add(name);
        }
    }

    private synchronized void markSeen(int slot) {
        seen[slot] = true;
    }

    /// @throws io.tieout.engine.failure.FailureException when no object has a value that the plan
    /// needs
    synchronized void requireSeen(Place place) {
        List<String> columns = layout.columns();
        for (int slot = 0; slot < columns.size(); slot++) {
            if (!seen[slot]) {
                throw layout.missing(columns.get(slot), List.copyOf(names), place, "");
            }
        }
    }

    /// The members that the plan needs, for one thread.
    JsonMembers members() {
        return new Needed();
    }

    private final class Needed implements JsonMembers {
        private final boolean[] seenHere = new boolean[layout.slots()];
        private int noted;

        @Override
        public int slot(String path) {
            if (noted < VALUES_NOTED) {
                noted++;
                add(path);
            }
            return layout.slotOrUnused(path);
        }

        @Override
        public int objectSlot(String path) {
            return layout.slotOrUnused(path);
        }

        @Override
        public boolean keepsNested() {
            return false;
        }

        @Override
        public void seen(int slot) {
            if (!seenHere[slot]) {
                seenHere[slot] = true;
                markSeen(slot);
            }
        }
    }
}
