package io.tieout.formats.source;

import io.tieout.engine.table.TextColumn;
import io.tieout.formats.source.RecordBuilder.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// The rows of one stored source, in parts that threads of their own may fill at once.
public final class StoredSource {
    private final String name;
    private final Layout layout;
    private final int maxRejects;

    /// The stored columns that the plan needs, ascending.
    private final int[] columns;

    /// The slot of each of these.
    private final int[] slots;

    private final List<StoredPart> parts = new ArrayList<>();
    private @Nullable List<Part> built;

    StoredSource(String name, int[] slotOf, Layout layout, int maxRejects) {
        this.name = name;
        this.layout = layout;
        this.maxRejects = maxRejects;
        columns = IntStream.range(0, slotOf.length).filter(c -> slotOf[c] >= 0).toArray();
        slots = IntStream.of(columns).map(c -> slotOf[c]).toArray();
    }

    /// The indices of the stored columns that the plan needs, ascending. No others need be fetched.
    public int[] columns() {
        return columns.clone();
    }

    /// A new part, whose rows come after those of the parts before.
    ///
    /// @param expectedRows a guess that saves copying
    public StoredPart part(int expectedRows) {
        return part(expectedRows, null);
    }

    /// A new part as [#part] gives it, that leaves out each row whose key is among those of a newer
    /// source.
    ///
    /// @param keys of the newer source
    public StoredPart partWithout(StoredKeys keys, int expectedRows) {
        return part(expectedRows, keys);
    }

    private synchronized StoredPart part(int expectedRows, @Nullable StoredKeys without) {
        if (built != null) {
            throw new IllegalStateException("the parts of " + name + " are complete");
        }
        RecordBuilder records = new RecordBuilder(layout, expectedRows, maxRejects);
        StoredPart part = new StoredPart(name, slots, layout, records, without);
        parts.add(part);
        return part;
    }

    /// The keys of the records so far; ends all parts.
    ///
    /// @throws IllegalStateException when the plan names no key
    public StoredKeys keys() {
        if (layout.keySlot() == Layout.UNUSED) {
            throw new IllegalStateException("the plan names no key for " + name);
        }
        return new StoredKeys(
                built().stream().map(part -> (TextColumn) part.columns()[0]).toList());
    }

    /// How many records there are, rejects not counted; ends all parts.
    public int records() {
        return built().stream().mapToInt(Part::records).sum();
    }

    synchronized List<Part> built() {
        if (built == null) {
            built = parts.stream().map(StoredPart::build).toList();
        }
        return built;
    }
}
