package io.tieout.server.result;

import io.tieout.engine.plan.Side;
import io.tieout.engine.table.AmountColumn;
import io.tieout.engine.table.DateColumn;
import io.tieout.engine.table.Table;
import io.tieout.engine.table.TextColumn;
import io.tieout.formats.plan.PlanFile;
import io.tieout.formats.source.SourceFormat;
import io.tieout.formats.source.SourceInfo;
import io.tieout.formats.source.SourceRead;
import io.tieout.server.job.ReconciledInputs;
import io.tieout.server.job.ReconciledSide;
import io.tieout.server.job.StoredJob;
import io.tieout.server.result.TestingJobs.Done;
import io.tieout.server.result.TestingJobs.Owned;
import io.tieout.server.result.TestingJobs.Source;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Random;

/// Jobs with many results, whose records are made in the form in which the engine takes them. One
/// record in ten is a break; amounts are in three currencies, one in a hundred without one.
final class LargeJobs {
    private static final String PLAN =
            """
            version: 1
            left: {key: id}
            right: {key: id}
            fields:
              reference: {left: ref, right: ref, type: text}
              amount: {left: amount, right: amount, type: amount, currency: currency}
              date: {left: date, right: date, type: date}
            passes:
              - name: exact
                match: {reference: exact, amount: exact}
              - name: near
                match: {reference: exact, amount: {within: 1.00}}
                status: suggested
            """;
    private static final String[] CURRENCIES = {"EUR", "EUR", "EUR", "USD", "CHF"};
    private static final int DAYS = 365;
    private static final int FIRST_DAY = 20_000;

    private final TestingJobs jobs;
    private final Owned owned;

    LargeJobs(TestingJobs jobs, Owned owned) {
        this.jobs = jobs;
        this.owned = owned;
    }

    /// Runs and stores a job of so many records on each side.
    Done run(int records) {
        Source left = jobs.source(owned, "id,ref,amount,currency,date\n");
        Source right = jobs.source(owned, "id,ref,amount,currency,date\n");
        PlanFile plan = PlanFile.parse("plan", PLAN.getBytes(StandardCharsets.UTF_8));
        StoredJob job = jobs.start(owned, plan, left, right);
        return jobs.store(
                job,
                new ReconciledInputs(
                        plan,
                        side(table(records, Side.LEFT), left),
                        side(table(records, Side.RIGHT), right)));
    }

    private static ReconciledSide side(Table table, Source source) {
        SourceInfo info = new SourceInfo("source", SourceFormat.CSV, "none", "", 0, table.rows());
        return new ReconciledSide(
                new SourceRead(table, List.of(), List.of(), info),
                List.of(source.id()),
                new int[] {table.rows()});
    }

    private static Table table(int records, Side side) {
        Random random = new Random(7);
        TextColumn.Builder keys = new TextColumn.Builder(records, records * 17);
        TextColumn.Builder references = new TextColumn.Builder(records, records * 17);
        AmountColumn.Builder amounts = new AmountColumn.Builder(records);
        DateColumn.Builder days = new DateColumn.Builder(records);
        boolean left = side == Side.LEFT;
        for (int i = 0; i < records; i++) {
            // The right side is in another order, as it would be.
            int number = left ? i : (int) (i * 7919L % records);
            Random of = new Random(number * 31L);
            boolean isBreak = number % 10 == 0;
            keys.append((left ? "INV-2026-%08d" : "PAY%09d").formatted(number));
            references.append((isBreak ? side.word() : "R") + number);
            long amount = 1 + (long) (of.nextDouble() * of.nextDouble() * 1_000_000);
            long cents = amount + (!left && number % 20 == 1 ? 50 : 0);
            String currency = CURRENCIES[of.nextInt(CURRENCIES.length)];
            if (number % 100 == 50) {
                amounts.appendAbsent();
            } else {
                amounts.append(number % 30 == 0 ? -cents : cents, 2, currency);
            }
            days.append(FIRST_DAY + random.nextInt(DAYS));
        }
        return new Table(
                records,
                keys.build(),
                null,
                Map.of(
                        "reference",
                        references.build(),
                        "amount",
                        amounts.build(),
                        "date",
                        days.build()),
                Map.of());
    }
}
