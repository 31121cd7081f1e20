package io.tieout.formats.source;

import java.util.List;
import java.util.Optional;

/// Finds the header by what a plan wants to find in it.
final class PlannedHeader implements HeaderFinder {
    private final Layout layout;
    private final Optional<Boolean> stated;

    PlannedHeader(Layout layout) {
        this.layout = layout;
        stated = layout.plan().source(layout.side()).header();
    }

    @Override
    public Header find(List<List<String>> records) {
        int top = top(records);
        List<String> record = records.get(top);
        // Plans that go by position have none, unless it is there.
        boolean header =
                stated.orElseGet(() -> !layout.isByPosition() || known(record) == layout.slots());
        return header ? Header.at(top, records) : Header.none(top, record.size());
    }

    /// The first record that names as many of the plan's columns as any.
    private int top(List<List<String>> records) {
        // A number may be a value, and so may a single name: rows above it would be lost for it.
        if (stated.equals(Optional.of(false)) || layout.isByPosition() || layout.slots() < 2) {
            return 0;
        }
        int best = 0;
        long most = known(records.getFirst());
        for (int i = 1; i < records.size() && most < layout.slots(); i++) {
            long known = known(records.get(i));
            if (known > most) {
                most = known;
                best = i;
            }
        }
        return best;
    }

    @Override
    public long known(List<String> names) {
        return layout.known(names);
    }
}
