package io.tieout.server.result;

import io.tieout.server.result.Sort.Column;
import io.tieout.server.result.Sort.Run;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;

/// Finds the results that meet one part of a filter, where they are few.
final class Gatherer {
    private final Handle handle;
    private final KeptOutcome outcome;
    private final Selection selection;
    private final Sort sort;

    Gatherer(Handle handle, KeptOutcome outcome, Selection selection, Sort sort) {
        this.handle = handle;
        this.outcome = outcome;
        this.selection = selection;
        this.sort = sort;
    }

    /// The places of all results that meet one part of the filter, with some that do not meet the
    /// others; empty where each part is met by many.
    Optional<Long[]> places() {
        Column column = sort.runs(selection).getFirst().column();
        Optional<Long[]> found = Optional.empty();
        if (selection.keys().isPresent()) {
            found = places(ResultSql.placesOfKeys(selection.keys().get()));
        }
        if (found.isEmpty() && selection.assignee().isPresent()) {
            found = places(ResultSql.PLACES_OF_ASSIGNEE);
        }
        if (found.isEmpty() && selection.isWeighed() && column != Column.WEIGHT) {
            found = places(ResultSql.PLACES_OF_AMOUNTS);
        }
        if (found.isEmpty() && selection.isDated() && column != Column.DAY) {
            found = places(ResultSql.PLACES_OF_DAYS);
        }
        return found;
    }

    private Optional<Long[]> places(String sql) {
        Run whole = Sort.whole(selection);
        List<Long> places =
                ResultSql.bind(handle.createQuery(sql), outcome, selection, whole)
                        .bind("all_shelves", Shelves.numbers(allShelves()))
                        .bind("first", Places.place(outcome.jobNumber(), 0))
                        .bind("after_job", Places.place(outcome.jobNumber() + 1, 0))
                        .bind("most", ResultSql.GATHERED + 1)
                        .mapTo(Long.class)
                        .list();
        return places.size() > ResultSql.GATHERED
                ? Optional.empty()
                : Optional.of(places.toArray(Long[]::new));
    }

    private List<Shelf> allShelves() {
        return Stream.concat(selection.shelves().stream(), selection.members().stream()).toList();
    }
}
