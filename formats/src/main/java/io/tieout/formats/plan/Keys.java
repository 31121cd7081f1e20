package io.tieout.formats.plan;

import io.tieout.engine.failure.Place;
import java.util.List;

/// The keys that one kind of mapping in a plan may have, in the order of the canonical form.
///
/// @param owner what has them, as messages call it
record Keys(String owner, List<String> names) {
    static final Keys PLAN = new Keys("a plan", "version", "left", "right", "fields", "passes");
    static final Keys SOURCE =
            new Keys("a source", "key", "encoding", "delimiter", "sheet", "header");
    static final Keys FIELD =
            new Keys(
                    "a field",
                    "left",
                    "right",
                    "type",
                    "clean",
                    "currency",
                    "format",
                    "decimal",
                    "grouping",
                    "sign");
    static final Keys DEBIT_CREDIT = new Keys("a pair of columns", "debit", "credit");
    static final Keys SIDES = new Keys("a pair of sides", "left", "right");
    static final Keys CURRENCY = new Keys("a currency", "code", "column", "left", "right");
    static final Keys SIDE_CURRENCY = new Keys("a side's currency", "code", "column");
    static final Keys PASS =
            new Keys("a pass", "name", "cardinality", "together", "match", "status");
    static final Keys COMPARISON =
            new Keys("a comparison", "compare", "within", "similar", "at-least", "sum", "weight");
    static final Keys SUM = new Keys("the limit of a sum", "within");
    static final Keys WITHIN = new Keys("a limit", "below", "above", "before", "after");

    Keys(String owner, String... names) {
        this(owner, List.of(names));
    }

    /// Refuses the first key that is none of these.
    Node.Mapping check(Node.Mapping mapping) {
        mapping.entries().forEach((key, entry) -> refuseUnknown(key, entry.keyPlace()));
        return mapping;
    }

    private void refuseUnknown(String key, Place place) {
        int colon = key.indexOf(':');
        if (colon > 0 && names.contains(key.substring(0, colon))) {
            throw Invalid.at(
                    place,
                    owner + " has no key " + Invalid.shown(key),
                    "put a space after the colon");
        }
        if (!names.contains(key)) {
            throw Invalid.unknown(place, owner + " has no key " + Invalid.shown(key), key, names);
        }
    }

    /// The value of a key that must be there.
    Node required(Node.Mapping mapping, String key, String example) {
        return mapping.get(key)
                .orElseThrow(
                        () ->
                                Invalid.at(
                                        mapping.place(),
                                        owner + " needs the key `" + key + "`",
                                        "write " + example));
    }
}
