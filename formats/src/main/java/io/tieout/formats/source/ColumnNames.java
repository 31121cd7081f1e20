package io.tieout.formats.source;

import io.tieout.engine.failure.Failure;
import io.tieout.engine.failure.FailureException;
import io.tieout.engine.failure.Place;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The names of a source's columns, each used once. A name keeps its index.
final class ColumnNames {
    /// A name has at most so many bytes of UTF-8.
    static final int MAX_BYTES = 1000;

    private final String source;
    private final int maxColumns;
    private final Map<String, Integer> indices = new HashMap<>();
    private final List<String> names = new ArrayList<>();

    ColumnNames(String source, int maxColumns) {
        this.source = source;
        this.maxColumns = maxColumns;
    }

    /// Takes the names of a header: an empty one becomes its position, and each of several alike
    /// gets a number, so that none is taken for another: `amount 1`, `amount 2`.
    ///
    /// @param place where the header is
    /// @throws FailureException when there are too many, or one is too long
    void addHeader(List<String> header, Place place) {
        Map<String, Integer> counts = new HashMap<>();
        for (String name : header) {
            requireShort(name, place);
            counts.merge(name, 1, Integer::sum);
        }
        Map<String, Integer> numbers = new HashMap<>();
        for (int i = 0; i < header.size(); i++) {
            String name = header.get(i);
            if (name.isEmpty()) {
                add(free(Integer.toString(i + 1), counts));
            } else if (counts.getOrDefault(name, 0) > 1) {
                add(free(name + " " + numbers.merge(name, 1, Integer::sum), counts));
            } else {
                add(name);
            }
        }
    }

    /// A name that is no other column's.
    private String free(String wanted, Map<String, Integer> header) {
        String name = wanted;
        for (int i = 2; indices.containsKey(name) || header.containsKey(name); i++) {
            name = wanted + " " + i;
        }
        return name;
    }

    /// Names further columns by their position, up to so many in all.
    ///
    /// @throws FailureException when these are too many
    void growTo(int columns) {
        while (names.size() < columns) {
            add(free(Integer.toString(names.size() + 1), Map.of()));
        }
    }

    /// The index of a name, which is added where it is new.
    ///
    /// @throws FailureException when that is one too many
    int index(String name) {
        Integer known = indices.get(name);
        return known == null ? add(name) : known;
    }

    private int add(String name) {
        if (names.size() == maxColumns) {
            throw new FailureException(tooMany(maxColumns).at(Place.of(source)));
        }
        indices.put(name, names.size());
        names.add(name);
        return names.size() - 1;
    }

    static Failure tooMany(int maxColumns) {
        return new Failure.LimitExceeded(
                Place.UNKNOWN,
                "has more than " + maxColumns + " columns",
                "keep the columns that are needed");
    }

    private static void requireShort(String name, Place place) {
        int bytes = name.getBytes(StandardCharsets.UTF_8).length;
        if (bytes > MAX_BYTES) {
            throw new FailureException(
                    new Failure.LimitExceeded(
                            place,
                            "a column's name has " + bytes + " bytes, more than " + MAX_BYTES,
                            "shorten it; where no line names the columns, say so with `header`"));
        }
    }

    int size() {
        return names.size();
    }

    /// The names so far; not to be changed, but names may be added.
    List<String> view() {
        return Collections.unmodifiableList(names);
    }
}
