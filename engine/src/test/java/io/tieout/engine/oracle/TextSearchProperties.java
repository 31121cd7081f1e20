package io.tieout.engine.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import io.tieout.engine.outcome.Matches;
import io.tieout.engine.plan.Pass;
import io.tieout.engine.plan.Similarity;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.Size;

/// A search that misses a pair hides a match. A few texts that may be alike lie among so many that
/// are like nothing that not all pairs are compared; whatever meets the comparison must still be
/// found. (Jaro-Winkler has no bound that an index could keep to, so nothing is claimed of it.)
final class TextSearchProperties {
    private static final int TRIES = 150;
    private static final int OTHERS = 80;

    @Provide
    Arbitrary<String> text() {
        return Arbitraries.frequencyOf(
                        Tuple.of(6, Arbitraries.of("a", "b", "c", "aa", "ab")),
                        Tuple.of(2, Arbitraries.of(" ", "abc", "xyz", "12")),
                        Tuple.of(1, Arbitraries.of("é", "ü", "漢", "😀", "\t")))
                .list()
                .ofMinSize(1)
                .ofMaxSize(8)
                .map(parts -> String.join("", parts).strip())
                .filter(text -> !text.isEmpty());
    }

    @Provide
    Arbitrary<Double> least() {
        return Arbitraries.of(0.3, 0.5, 0.6, 0.75, 0.8, 0.85, 0.9, 1.0);
    }

    @Property(tries = TRIES, edgeCases = EdgeCasesMode.NONE)
    void noPairWithinTheEditsIsMissed(
            @ForAll @Size(min = 1, max = 4) List<@From("text") String> left,
            @ForAll @Size(min = 1, max = 4) List<@From("text") String> right,
            @ForAll @From("least") double least) {
        requireBest(Similarity.LEVENSHTEIN, least, left, right);
    }

    @Property(tries = TRIES, edgeCases = EdgeCasesMode.NONE)
    void noPairWithEnoughPiecesInCommonIsMissed(
            @ForAll @Size(min = 1, max = 4) List<@From("text") String> left,
            @ForAll @Size(min = 1, max = 4) List<@From("text") String> right,
            @ForAll @From("least") double least) {
        requireBest(Similarity.JACCARD, least, left, right);
    }

    @Property(tries = TRIES, edgeCases = EdgeCasesMode.NONE)
    void noPairWithinTheAngleIsMissed(
            @ForAll @Size(min = 1, max = 4) List<@From("text") String> left,
            @ForAll @Size(min = 1, max = 4) List<@From("text") String> right,
            @ForAll @From("least") double least) {
        requireBest(Similarity.COSINE, least, left, right);
    }

    @Property(tries = TRIES, edgeCases = EdgeCasesMode.NONE)
    void noPairWithEnoughWordsInCommonIsMissed(
            @ForAll @Size(min = 1, max = 4) List<@From("text") String> left,
            @ForAll @Size(min = 1, max = 4) List<@From("text") String> right,
            @ForAll @From("least") double least) {
        requireBest(Similarity.TOKEN_SET, least, left, right);
    }

    private static void requireBest(
            Similarity similarity, double least, List<String> left, List<String> right) {
        Pass pass = TestingPasses.oneToOne("text", TestingPasses.similar(similarity, least));
        List<Row> lefts = rows("l", left);
        List<Row> rights = rows("r", right);
        long found =
                new Instance(
                                List.of(pass),
                                among(lefts, "l", "ghijkm"),
                                among(rights, "r", "nopqrs"))
                        .run().matches.stream()
                                .mapToLong(match -> Math.round(match.score() * Matches.FULL_SCORE))
                                .sum();
        Assignments all =
                Assignments.of(Oracle.scores(pass, single(lefts), single(rights)), rights.size());
        assertThat(found)
                .as("%s at least %s, total", similarity.word(), least)
                .isBetween(all.best().units() - 4, all.best().units() + 4);
    }

    private static List<List<Row>> single(List<Row> rows) {
        return rows.stream().map(List::of).toList();
    }

    private static List<Row> rows(String side, List<String> texts) {
        List<Row> rows = new ArrayList<>();
        for (String text : texts) {
            rows.add(new Row(side + rows.size(), text, null, "EUR", null, ""));
        }
        return rows;
    }

    /// The rows among others of letters that are not theirs.
    private static List<Row> among(List<Row> rows, String side, String letters) {
        List<Row> all = new ArrayList<>(rows);
        for (int i = 0; i < OTHERS; i++) {
            StringBuilder text = new StringBuilder();
            for (int rest = i * 7 + 40; rest > 0; rest /= letters.length()) {
                text.append(letters.charAt(rest % letters.length()));
            }
            all.add(new Row(side + "other" + i, text.toString(), null, "EUR", null, ""));
        }
        return all;
    }
}
