package io.tieout.server.project;

import io.tieout.server.http.Cursor;
import io.tieout.server.http.Text;
import io.tieout.server.http.Whole;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// Which page of a list that is in the order of ids.
record PageQuery(
        @Whole(min = 1, max = 200) Optional<Integer> limit,
        @Text(max = 4000) Optional<String> cursor) {
    private static final int USUAL = 50;
    private static final UUID FIRST = new UUID(0, 0);

    /// How many items to fetch: one more than are shown tells whether there is a next page.
    int fetched() {
        return shown() + 1;
    }

    int shown() {
        return limit.orElse(USUAL);
    }

    /// The id after which the page begins.
    UUID after(String list) {
        return cursor.map(c -> Cursor.onlyId(c, list)).orElse(FIRST);
    }

    /// Where the next page begins, given the ids of what was fetched; empty where there is none.
    Optional<String> next(String list, List<UUID> fetched) {
        return fetched.size() <= shown()
                ? Optional.empty()
                : Optional.of(
                        new Cursor(list, List.of(fetched.get(shown() - 1).toString())).encoded());
    }
}
