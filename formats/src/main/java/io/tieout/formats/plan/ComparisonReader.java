package io.tieout.formats.plan;

import io.tieout.engine.failure.FailureException;
import io.tieout.engine.plan.Comparison;
import io.tieout.engine.plan.Comparison.Within;
import io.tieout.engine.plan.FieldComparison;
import io.tieout.engine.plan.Similarity;
import io.tieout.engine.plan.Tolerance;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Reads how one field must agree: a word, or a mapping.
final class ComparisonReader {
    /// Weights and similarities have no finer steps.
    static final int MAX_DECIMALS = 6;

    private static final String FORMS =
            "`exact`, `{within: …}`, `{similar: …, at-least: …}` or `sum`";
    private static final BigDecimal MAX_WEIGHT = BigDecimal.valueOf(1_000_000);
    private static final Tolerance NO_GAP = new Tolerance.Absolute(BigDecimal.ZERO);

    /// Comparisons that need no more than their word.
    static final Words<Comparison> WORDS = new Words<>("comparison", words());

    static final Words<Similarity> SIMILARITIES =
            Words.of("similarity", Similarity.values(), Similarity::word);

    private ComparisonReader() {}

    private static Map<String, Comparison> words() {
        Map<String, Comparison> words = new LinkedHashMap<>();
        words.put("exact", new Comparison.Exact());
        words.put("contains", new Comparison.Contains());
        words.put("starts-with", new Comparison.StartsWith());
        words.put("ends-with", new Comparison.EndsWith());
        words.put("sum", new Comparison.Sum(new Within(NO_GAP)));
        return words;
    }

    /// @param field the field's name
    /// @throws FailureException at the first mistake
    static FieldComparison read(String field, Node node) {
        return switch (node) {
            case Node.Scalar scalar -> new FieldComparison(field, word(scalar));
            case Node.Listing list ->
                    throw Invalid.at(
                            list.place(),
                            "a comparison is a word or a mapping, not a list",
                            "write " + FORMS);
            case Node.Mapping mapping -> {
                refuseWordsAsKeys(mapping);
                Keys.COMPARISON.check(mapping);
                double weight = mapping.get("weight").map(ComparisonReader::weight).orElse(1.0);
                yield new FieldComparison(field, comparison(mapping), weight);
            }
        };
    }

    private static Comparison word(Node node) {
        String word = node.text("a comparison");
        if (word.equals("within")) {
            throw Invalid.at(
                    node.place(), "`within` needs a limit", "write `{within: 0.05}` or the like");
        }
        if (word.equals("similar") || SIMILARITIES.byWord().containsKey(word)) {
            throw scoreless(node, word.equals("similar") ? "jaro-winkler" : word);
        }
        return WORDS.read(node);
    }

    private static FailureException scoreless(Node node, String similarity) {
        return Invalid.at(
                node.place(),
                "a similarity needs a least score",
                "write `{similar: " + similarity + ", at-least: 0.85}`");
    }

    /// `{exact: …}` reads well, but `exact` has nothing to say.
    private static void refuseWordsAsKeys(Node.Mapping mapping) {
        for (String word : WORDS.byWord().keySet()) {
            if (mapping.get(word).isPresent() && !Keys.COMPARISON.names().contains(word)) {
                throw Invalid.at(
                        mapping.keyPlace(word),
                        "`" + word + "` is a word, not a key",
                        "write `" + word + "` alone, or `{compare: " + word + ", weight: 2}`");
            }
        }
    }

    private static Comparison comparison(Node.Mapping mapping) {
        List<String> said = new ArrayList<>();
        for (String key : List.of("compare", "within", "similar", "sum")) {
            if (mapping.get(key).isPresent()) {
                said.add(key);
            }
        }
        if (said.isEmpty()) {
            throw Invalid.at(mapping.place(), "this says no comparison", "write " + FORMS);
        }
        boolean limitedSum = said.equals(List.of("within", "sum"));
        if (said.size() > 1 && !limitedSum) {
            throw Invalid.at(
                    mapping.keyPlace(said.get(1)),
                    "`"
                            + said.get(0)
                            + "` and `"
                            + said.get(1)
                            + "` are two comparisons of a field",
                    "keep one of them");
        }
        refuseStrayScore(mapping);
        return switch (said.getLast()) {
            case "compare" -> word(Keys.COMPARISON.required(mapping, "compare", FORMS));
            case "within" ->
                    ToleranceReader.read(Keys.COMPARISON.required(mapping, "within", FORMS));
            case "similar" -> similar(mapping);
            default -> sum(mapping);
        };
    }

    private static void refuseStrayScore(Node.Mapping mapping) {
        if (mapping.get("at-least").isPresent() && mapping.get("similar").isEmpty()) {
            throw Invalid.at(
                    mapping.keyPlace("at-least"),
                    "`at-least` belongs to a similarity",
                    "write `{similar: jaro-winkler, at-least: …}`, or leave it out");
        }
    }

    private static Comparison similar(Node.Mapping mapping) {
        Similarity similarity =
                SIMILARITIES.read(Keys.COMPARISON.required(mapping, "similar", FORMS));
        Node node =
                mapping.get("at-least").orElseThrow(() -> scoreless(mapping, similarity.word()));
        BigDecimal atLeast = decimal(node, "`at-least`", "0.85");
        if (atLeast.signum() <= 0 || atLeast.compareTo(BigDecimal.ONE) > 0) {
            throw Invalid.at(
                    node.place(),
                    "`at-least` lies above 0 and up to 1, not at " + atLeast.toPlainString(),
                    "write a score such as 0.85, not a percentage");
        }
        return new Comparison.Similar(similarity, atLeast.doubleValue());
    }

    /// `{sum: exact}`, `{sum: {within: …}}`, and `{sum, within: …}` for short.
    private static Comparison sum(Node.Mapping mapping) {
        Node sum = Keys.COMPARISON.required(mapping, "sum", FORMS);

        if (mapping.get("within").isPresent()) {
            if (!sum.isNothing()) {
                throw Invalid.at(
                        mapping.keyPlace("within"),
                        "the limit of the sum is given twice",
                        "write `{sum: {within: …}}`");
            }
            return new Comparison.Sum(
                    ToleranceReader.read(Keys.COMPARISON.required(mapping, "within", FORMS)));
        }
        if (sum instanceof Node.Mapping limit) {
            Keys.SUM.check(limit);
            return new Comparison.Sum(
                    ToleranceReader.read(Keys.SUM.required(limit, "within", "`{within: 0.05}`")));
        }
        if (sum.isNothing() || sum.text("`sum`").equals("exact")) {
            return new Comparison.Sum(new Within(NO_GAP));
        }
        throw Invalid.at(
                sum.place(), "a sum is exact or within a limit", "write `exact` or `{within: …}`");
    }

    private static double weight(Node node) {
        BigDecimal weight = decimal(node, "`weight`", "2");
        if (weight.signum() <= 0 || weight.compareTo(MAX_WEIGHT) > 0) {
            throw Invalid.at(
                    node.place(),
                    "a weight lies above 0 and up to 1,000,000, not at " + weight.toPlainString(),
                    "write a number such as 2 or 0.5");
        }
        return weight.doubleValue();
    }

    private static BigDecimal decimal(Node node, String what, String example) {
        boolean number = node instanceof Node.Scalar scalar && scalar.plain();
        String text = number ? ((Node.Scalar) node).text() : "";
        BigDecimal value = Decimals.parse(text);
        if (value == null || value.scale() > MAX_DECIMALS) {
            throw Invalid.at(
                    node.place(),
                    what
                            + " is a number without quotes, with at most "
                            + MAX_DECIMALS
                            + " decimals",
                    "write it like " + example);
        }
        return value;
    }
}
