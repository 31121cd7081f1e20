package io.tieout.formats.plan;

import io.tieout.engine.failure.FailureException;
import io.tieout.engine.failure.Place;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// A value of the plan file, with the place where it is written.
sealed interface Node {
    Place place();

    /// What it is, as messages call it.
    String kind();

    /// Whether nothing is written, or a plain `null`.
    default boolean isNothing() {
        return false;
    }

    /// Text, a number, a truth value or nothing: YAML tells them apart by how they are written.
    ///
    /// @param plain whether it is written without quotes
    record Scalar(Place place, String text, boolean plain) implements Node {
        private static final Set<String> NOTHING = Set.of("", "~", "null", "Null", "NULL");

        @Override
        public boolean isNothing() {
            return plain && NOTHING.contains(text);
        }

        @Override
        public String kind() {
            return isNothing() ? "nothing" : "one value";
        }
    }

    /// Values in order.
    record Listing(Place place, List<Node> items) implements Node {
        public Listing {
            items = List.copyOf(items);
        }

        @Override
        public String kind() {
            return "a list";
        }
    }

    /// Values by key, in the order of the file.
    record Mapping(Place place, Map<String, Entry> entries) implements Node {
        @Override
        public String kind() {
            return "a mapping";
        }

        /// The value of a key, if it is there.
        Optional<Node> get(String key) {
            return Optional.ofNullable(entries.get(key)).map(Entry::value);
        }

        /// Where a key is written; the mapping's own place if it is not.
        Place keyPlace(String key) {
            Entry entry = entries.get(key);
            return entry == null ? place : entry.keyPlace();
        }
    }

    /// One value of a mapping.
    record Entry(Place keyPlace, Node value) {}

    /// The text of a scalar that says something.
    ///
    /// @param what whose text it is, to begin a message with
    default String text(String what) {
        if (this instanceof Scalar scalar && !scalar.isNothing()) {
            return scalar.text();
        }
        throw isNothing()
                ? empty(what)
                : Invalid.at(
                        place(),
                        what + " is one value, not " + kind(),
                        "write one value, in quotes if need be");
    }

    /// This as a mapping.
    ///
    /// @param what what it holds, to begin a message with
    /// @param example how one is written
    default Mapping mapping(String what, String example) {
        if (this instanceof Mapping mapping) {
            return mapping;
        }
        throw isNothing()
                ? empty(what)
                : Invalid.at(place(), what + " is a mapping, not " + kind(), "write " + example);
    }

    private FailureException empty(String what) {
        return Invalid.at(
                place(), what + " is left empty", "write a value, in quotes if it is `null`");
    }

    /// This as a list; one value alone is a list of one.
    default List<Node> items() {
        return this instanceof Listing listing ? listing.items() : List.of(this);
    }
}
