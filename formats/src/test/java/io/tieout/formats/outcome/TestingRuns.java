package io.tieout.formats.outcome;

import io.tieout.engine.outcome.Outcome;
import io.tieout.engine.plan.Side;
import io.tieout.engine.run.Progress;
import io.tieout.engine.run.Reconciler;
import io.tieout.engine.run.RunLimits;
import io.tieout.formats.plan.PlanFile;
import io.tieout.formats.source.ReadOptions;
import io.tieout.formats.source.SourceInput;
import io.tieout.formats.source.SourceRead;
import io.tieout.formats.source.SourceReader;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/// Real runs over sources out of memory: nothing between the texts and the outcome is stood in for.
final class TestingRuns {
    /// Keys, a reference, an amount in a currency, a date; two passes, the second suggesting.
    static final String PLAN =
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
                match: {reference: exact, amount: exact, date: exact}
              - name: near
                match: {reference: exact, amount: {within: 10%}, date: {within: 5 days}}
                status: suggested
            """;

    static final String HEADER = "id,ref,amount,currency,date\n";

    /// One exact match, one suggested, and breaks on both sides: differing and missing ones.
    static final String LEFT =
            HEADER
                    + """
                    L1,R-1,100.00,EUR,2026-01-05
                    L2,R-2,200.00,EUR,2026-01-05
                    L3,R-3,300.00,USD,2026-01-06
                    L4,R-4,1234.56,EUR,2026-01-07
                    """;

    static final String RIGHT =
            HEADER
                    + """
                    B1,R-1,100.00,EUR,2026-01-05
                    B2,R-2,199.50,EUR,2026-01-07
                    B3,R-3,700.00,USD,2026-01-06
                    B5,R-9,-55.10,CHF,2026-03-01
                    """;

    private TestingRuns() {}

    static RunRecord run(String plan, String left, String right) {
        return run(plan, left, right, 0);
    }

    static RunRecord run(String plan, String left, String right, int maxRejects) {
        PlanFile file = PlanFile.parse("plan.yaml", plan.getBytes(StandardCharsets.UTF_8));
        SourceRead leftRead = read(file, "left.csv", left, Side.LEFT, maxRejects);
        SourceRead rightRead = read(file, "right.csv", right, Side.RIGHT, maxRejects);
        Outcome outcome =
                new Reconciler(System::nanoTime)
                        .run(
                                file.plan(),
                                leftRead.table(),
                                rightRead.table(),
                                new RunLimits(1, RunLimits.DEFAULT_MAX_PAIRS),
                                Progress.NONE);
        Map<String, Duration> phases = new LinkedHashMap<>();
        phases.put("read", Duration.ofMillis(12));
        phases.put("match", Duration.ofNanos(3_456_789));
        return new RunRecord(
                file.plan(),
                file.name(),
                file.digest(),
                file.canonicalJson(),
                leftRead,
                rightRead,
                outcome,
                phases,
                "1.2.3");
    }

    private static SourceRead read(
            PlanFile plan, String name, String text, Side side, int maxRejects) {
        SourceInput input =
                SourceInput.stream(
                        name, new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
        return SourceReader.read(
                input,
                plan.plan(),
                side,
                new ReadOptions(1, maxRejects, ReadOptions.Limits.DEFAULT, Progress.NONE));
    }
}
