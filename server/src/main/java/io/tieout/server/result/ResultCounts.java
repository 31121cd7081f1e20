package io.tieout.server.result;

import org.jdbi.v3.core.Handle;

/// Counts the results that meet a filter: from the shelves alone where these say it all.
final class ResultCounts {
    private ResultCounts() {}

    static long of(Handle handle, KeptOutcome outcome, Selection selection) {
        if (!selection.isWeighed()
                && !selection.isDated()
                && selection.keys().isEmpty()
                && selection.assignee().isEmpty()
                && !selection.unassigned()) {
            return selection.shelves().stream().mapToLong(Shelf::count).sum();
        }
        return ResultSql.bind(
                        handle.createQuery("select count(*) from " + ResultSql.all(selection)),
                        outcome,
                        selection,
                        Sort.whole(selection))
                .mapTo(Long.class)
                .one();
    }
}
