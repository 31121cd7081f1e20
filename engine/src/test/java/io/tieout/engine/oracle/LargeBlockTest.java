package io.tieout.engine.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import io.tieout.engine.outcome.Matches;
import io.tieout.engine.plan.Comparison;
import io.tieout.engine.plan.FieldComparison;
import io.tieout.engine.plan.Pass;
import io.tieout.engine.plan.Similarity;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Blocks of more than a thousand pairs, where windows and indexes take the place of comparing all
/// with all: the total must still be the greatest over every candidate there is.
final class LargeBlockTest {
    private static final LocalDate DAY = LocalDate.of(2026, 1, 1);
    private static final String[] SYLLABLES = {"ab", "an", "ba", "aa", "na", "ca", "é", "漢", "o"};

    static Stream<Arguments> shapes() {
        Comparison.Within asymmetric =
                new Comparison.Within(TestingPasses.absolute("0.40"), TestingPasses.percent("2"));
        return Stream.of(
                Arguments.of(
                        "one dense block, amounts near",
                        pass(
                                TestingPasses.exact("reference"),
                                TestingPasses.amount(TestingPasses.absolute("0.50"))),
                        rows(r -> "A", 120, 1_000)),
                Arguments.of(
                        "one dense block of few amounts, days near",
                        pass(TestingPasses.exact("amount"), TestingPasses.date(3, 10)),
                        rows(r -> "A", 90, 2)),
                Arguments.of(
                        "no key, amounts within a percentage, days near",
                        pass(
                                TestingPasses.amount(TestingPasses.percent("1")),
                                TestingPasses.date(1, 2)),
                        rows(r -> "A", 150, 600)),
                Arguments.of(
                        "no key, amounts near in different measures",
                        pass(new FieldComparison("amount", asymmetric)),
                        rows(r -> "A", 120, 900)),
                Arguments.of(
                        "no key, edits of short and repetitive words",
                        pass(TestingPasses.similar(Similarity.LEVENSHTEIN, 0.8)),
                        rows(LargeBlockTest::word, 150, 10)),
                Arguments.of(
                        "no key, edits and amounts",
                        pass(
                                TestingPasses.similar(Similarity.LEVENSHTEIN, 0.6),
                                TestingPasses.amount(TestingPasses.absolute("0.05"))),
                        rows(LargeBlockTest::word, 150, 40)),
                Arguments.of(
                        "no key, common pieces of words in any order",
                        pass(TestingPasses.similar(Similarity.JACCARD, 0.6)),
                        rows(LargeBlockTest::phrase, 120, 10)),
                Arguments.of(
                        "no key, common words",
                        pass(TestingPasses.similar(Similarity.TOKEN_SET, 0.5)),
                        rows(LargeBlockTest::phrase, 120, 10)),
                Arguments.of(
                        "no key, the angle between counts of words",
                        pass(TestingPasses.similar(Similarity.COSINE, 0.6)),
                        rows(LargeBlockTest::phrase, 120, 10)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("shapes")
    void theTotalIsTheGreatestOverAllCandidates(
            String shape, Pass pass, Function<Random, List<Row>> rows) {
        for (int seed = 0; seed < 2; seed++) {
            Instance instance = instance(pass, rows, seed);
            Found found = instance.run(2);
            long total = 0;
            for (Found.Match match : found.matches) {
                @Nullable Fraction score = Oracle.score(pass, match.left(), match.right());
                assertThat(score).as("%s, seed %s: %s", shape, seed, match).isNotNull();
                assertThat(Math.round(match.score() * Matches.FULL_SCORE)).isEqualTo(score.units());
                total += score.units();
            }
            long best = Hungarian.best(scores(instance), instance.right().size());
            assertThat(total).as("%s, seed %s", shape, seed).isEqualTo(best);
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("shapes")
    void neitherOrderNorThreadsShow(String shape, Pass pass, Function<Random, List<Row>> rows) {
        Instance instance = instance(pass, rows, 99);
        Invariants.threadsDoNotShow(instance);
        Invariants.shufflingChangesNothing(instance, 5);
        Invariants.everyRecordEndsInOnePlace(instance, instance.run());
        Invariants.amountsTieOut(instance, instance.run());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("shapes")
    void swappingTheSidesMirrorsTheOutcome(
            String shape, Pass pass, Function<Random, List<Row>> rows) {
        Instance instance = instance(pass, rows, 7);
        assertThat(instance.swapped().run().toldMirrored())
                .as(shape)
                .isEqualTo(instance.run().told());
    }

    private static Instance instance(Pass pass, Function<Random, List<Row>> rows, int seed) {
        Random random = new Random(seed * 31L + 17);
        return new Instance(
                List.of(pass),
                keyed("l", rows.apply(random), random),
                keyed("r", rows.apply(random), random));
    }

    private static long[][] scores(Instance instance) {
        Pass pass = instance.passes().getFirst();
        long[][] scores = new long[instance.left().size()][instance.right().size()];
        for (int l = 0; l < scores.length; l++) {
            for (int r = 0; r < scores[l].length; r++) {
                @Nullable Fraction score =
                        Oracle.score(
                                pass,
                                List.of(instance.left().get(l)),
                                List.of(instance.right().get(r)));
                scores[l][r] = score == null ? 0 : Math.max(1, score.units());
            }
        }
        return scores;
    }

    private static Pass pass(FieldComparison... match) {
        return TestingPasses.oneToOne("large", match);
    }

    private static Function<Random, List<Row>> rows(
            Function<Random, String> reference, int count, int amounts) {
        return random -> {
            List<Row> rows = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                BigDecimal amount = BigDecimal.valueOf(5_000 + random.nextInt(amounts), 2);
                rows.add(
                        new Row(
                                "",
                                reference.apply(random),
                                random.nextInt(20) == 0 ? null : amount,
                                random.nextInt(12) == 0 ? "USD" : "EUR",
                                random.nextInt(20) == 0 ? null : DAY.plusDays(random.nextInt(25)),
                                ""));
            }
            return rows;
        };
    }

    private static List<Row> keyed(String side, List<Row> rows, Random random) {
        List<Row> keyed = new ArrayList<>();
        for (Row row : rows) {
            keyed.add(
                    new Row(
                            side + random.nextInt(1_000_000) + "-" + keyed.size(),
                            row.reference(),
                            row.amount(),
                            row.currency(),
                            row.date(),
                            ""));
        }
        return keyed;
    }

    private static String word(Random random) {
        StringBuilder word = new StringBuilder();
        for (int n = 3 + random.nextInt(4); n > 0; n--) {
            word.append(SYLLABLES[random.nextInt(random.nextInt(3) == 0 ? SYLLABLES.length : 4)]);
        }
        return word.toString();
    }

    private static String phrase(Random random) {
        StringBuilder phrase = new StringBuilder();
        for (int n = 1 + random.nextInt(3); n > 0; n--) {
            phrase.append(phrase.isEmpty() ? "" : random.nextInt(15) == 0 ? "\t" : " ");
            for (int k = 1 + random.nextInt(2); k > 0; k--) {
                phrase.append(SYLLABLES[random.nextInt(SYLLABLES.length)]);
            }
        }
        return phrase.toString();
    }
}
