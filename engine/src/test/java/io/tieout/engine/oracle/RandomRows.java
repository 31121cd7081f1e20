package io.tieout.engine.oracle;

import io.tieout.engine.plan.Comparison;
import io.tieout.engine.plan.FieldComparison;
import io.tieout.engine.plan.Pass;
import io.tieout.engine.plan.Similarity;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/// Rows and passes of few values from a random source, with scores that nine decimals hold.
final class RandomRows {
    private static final LocalDate DAY = LocalDate.of(2026, 1, 1);
    private static final String[] REFERENCES = {
        "ABCD", "ABCD", "ABCE", "ABCDE", "ABCDABCE", "XABCD", ""
    };
    private static final String[] AMOUNTS = {"100", "100.00", "98", "80", "-100", "-98", ""};

    private RandomRows() {}

    static List<Row> rows(Random random, List<String> keys) {
        List<Row> rows = new ArrayList<>();
        for (String key : keys) {
            String amount = AMOUNTS[random.nextInt(AMOUNTS.length)];
            rows.add(
                    new Row(
                            key,
                            REFERENCES[random.nextInt(REFERENCES.length)],
                            amount.isEmpty() ? null : new BigDecimal(amount),
                            random.nextInt(6) == 0 ? "USD" : "EUR",
                            random.nextInt(10) == 0 ? null : DAY.plusDays(random.nextInt(5)),
                            ""));
        }
        return rows;
    }

    static List<Pass> passes(Random random, int count) {
        List<Pass> passes = new ArrayList<>();
        while (passes.size() < count) {
            int fields = 1 + random.nextInt(7);
            List<FieldComparison> match = new ArrayList<>();
            if ((fields & 1) != 0) {
                // Three weights add up to four, so that scores are finite decimals.
                match.add(
                        new FieldComparison("reference", ofReference(random), fields == 7 ? 2 : 1));
            }
            if ((fields & 2) != 0) {
                match.add(new FieldComparison("amount", ofAmount(random)));
            }
            if ((fields & 4) != 0) {
                int[] days = {0, 1, 2, 4};
                match.add(TestingPasses.date(days[random.nextInt(4)], days[random.nextInt(4)]));
            }
            passes.add(
                    TestingPasses.oneToOne(
                            "pass " + passes.size(), match.toArray(FieldComparison[]::new)));
        }
        return passes;
    }

    private static Comparison ofReference(Random random) {
        return switch (random.nextInt(6)) {
            case 0 -> new Comparison.Similar(Similarity.LEVENSHTEIN, 0.5);
            case 1 -> new Comparison.Similar(Similarity.LEVENSHTEIN, 0.75);
            case 2 -> new Comparison.Contains();
            case 3 -> new Comparison.StartsWith();
            case 4 -> new Comparison.EndsWith();
            default -> new Comparison.Exact();
        };
    }

    private static Comparison ofAmount(Random random) {
        return switch (random.nextInt(5)) {
            case 0 -> new Comparison.Within(TestingPasses.absolute("4"));
            case 1 -> new Comparison.Within(TestingPasses.absolute("20"));
            case 2 -> new Comparison.Within(TestingPasses.percent("20"));
            case 3 ->
                    new Comparison.Within(TestingPasses.absolute("2"), TestingPasses.percent("25"));
            default -> new Comparison.Exact();
        };
    }
}
