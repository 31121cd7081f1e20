package io.tieout.formats.source;

import io.tieout.engine.failure.FailureException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// All members of the objects of one stretch, each of which gets a slot when it is first seen. For
/// one thread.
final class RowMembers implements JsonMembers {
    private final int maxColumns;
    private final Map<String, Integer> slots = new HashMap<>();
    private final List<String> names = new ArrayList<>();

    RowMembers(int maxColumns) {
        this.maxColumns = maxColumns;
    }

    /// A parser whose rows have these members for slots.
    StretchParser<Part> parser(RawRows rows) {
        JsonLinesParser<RawRows.Part> parser = new JsonLinesParser<>(_ -> rows.clear(), this, 0);
        return stretch -> {
            // Which names come first must not depend on what a thread parsed before.
            slots.clear();
            names.clear();
            return new Part(parser.parse(stretch), names);
        };
    }

    /// The rows of one stretch.
    ///
    /// @param names those of the slots
    record Part(RawRows.Part rows, List<String> names) implements Parsed {
        @Override
        public int rejected() {
            return rows.rejected();
        }

        @Override
        public long lineCount() {
            return rows.lineCount();
        }
    }

    /// The names in the order of their slots.
    List<String> names() {
        return names;
    }

    @Override
    public int slot(String path) {
        Integer known = slots.get(path);
        if (known != null) {
            return known;
        }
        // No plan can name it either.
        if (path.isEmpty()) {
            return UNUSED;
        }
        if (!isName(path)) {
            return REFUSED;
        }
        if (names.size() == maxColumns) {
            throw new FailureException(ColumnNames.tooMany(maxColumns));
        }
        slots.put(path, names.size());
        names.add(path);
        return names.size() - 1;
    }

    private static boolean isName(String path) {
        return path.length() <= ColumnNames.MAX_BYTES
                && path.indexOf('\0') < 0
                && !JsonLinesParser.hasHalfCharacter(path)
                && path.getBytes(StandardCharsets.UTF_8).length <= ColumnNames.MAX_BYTES;
    }

    @Override
    public int objectSlot(String path) {
        return slot(path);
    }

    @Override
    public boolean keepsNested() {
        return true;
    }

    @Override
    public void seen(int slot) {
        // A slot is given to what was seen, and to nothing else.
    }
}
