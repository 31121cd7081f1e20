package io.tieout.engine.run;

import io.tieout.engine.block.LongIndex;
import io.tieout.engine.table.Hash;

/// Which units are interchangeable: records alike in every field of the plan, and groups whose
/// records are so, one by one.
final class Kinds {
    private Kinds() {}

    /// A number from 0 for each node, equal for interchangeable ones.
    ///
    /// @param nodes units; node `i` is `nodes[i]`
    static int[] of(Records records, Units units, int[] nodes) {
        int[] kinds = new int[nodes.length];
        LongIndex contents = new LongIndex(nodes.length);
        int[] example = new int[nodes.length];
        for (int i = 0; i < nodes.length; i++) {
            long content = contentHash(records, units, nodes[i]);
            int known = contents.size();
            int kind = contents.add(content);
            // Contents that differ but share a hash get the next free one.
            while (kind < known && !alike(records, units, example[kind], nodes[i])) {
                kind = contents.add(++content);
            }
            example[kind] = nodes[i];
            kinds[i] = kind;
        }
        return kinds;
    }

    private static long contentHash(Records records, Units units, int unit) {
        if (units.areSingle()) {
            return records.contentHash(units.side(), units.first(unit));
        }
        long hash = units.size(unit);
        for (int i = 0; i < units.size(unit); i++) {
            hash += Hash.of(records.contentHash(units.side(), units.row(unit, i)));
        }
        return hash;
    }

    private static boolean alike(Records records, Units units, int unit, int other) {
        if (units.size(unit) != units.size(other)) {
            return false;
        }
        if (units.areSingle()) {
            return records.alike(units.side(), units.first(unit), units.side(), units.first(other));
        }
        int[] rows = records.byContent(units.side(), units.rows(unit));
        int[] others = records.byContent(units.side(), units.rows(other));
        for (int i = 0; i < rows.length; i++) {
            if (!records.alike(units.side(), rows[i], units.side(), others[i])) {
                return false;
            }
        }
        return true;
    }
}
