package io.tieout.server.reliability;

import io.tieout.server.ApiClient;
import java.util.UUID;

/// What is true of a job under review, whatever was decided.
final class Review {
    private static final String MISCOUNTED =
            """
            select count(*) from (
              select s.result_count, (select count(*) from reconciliation_results r
                 where r.shelf = s.shelf and r.place >= j.number << 34 and r.place < (j.number + 1) << 34) as found
                from reconciliation_result_shelves s join reconciliation_jobs j on s.shelf >> 20 = j.number
               where j.id = ?) x
             where x.result_count <> x.found
            """;

    private Review() {}

    /// How many breaks wait.
    static long open(ApiClient api, UUID job) {
        return Calls.done(() -> api.get(Scene.job(job) + "/summary"))
                .json()
                .path("now")
                .path("breaks")
                .path("total")
                .asLong();
    }

    /// How many of its results are breaks that wait, by the rows.
    static long openRows(Books books, UUID job) {
        return books.count(
                """
                select coalesce(sum(s.result_count), 0) from reconciliation_result_shelves s
                  join reconciliation_jobs j on s.shelf >> 20 = j.number
                 where j.id = ? and s.kind = 'break' and s.status = 'open'
                """,
                job);
    }

    static void checkTotals(ApiClient api, Books books, UUID job, Findings findings) {
        ApiClient.Reply summary = Calls.done(() -> api.get(Scene.job(job) + "/summary"));
        findings.same("a summary's adding up", true, Calls.addsUp(summary.json()));
        findings.same("shelves that miscount", 0L, books.count(MISCOUNTED, job));
        findings.same("open breaks", openRows(books, job), open(api, job));
    }
}
