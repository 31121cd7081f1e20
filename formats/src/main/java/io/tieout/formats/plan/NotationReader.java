package io.tieout.formats.plan;

import io.tieout.engine.failure.FailureException;
import io.tieout.engine.plan.FieldType.DecimalNotation;
import io.tieout.engine.plan.Side;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// Reads how each side writes decimals: `decimal`, `grouping`, `sign`.
final class NotationReader {
    /// Marks as words, for quotes around a comma are easily forgotten.
    static final Words<Character> DECIMALS =
            new Words<>("decimal mark", ordered("point", '.', "comma", ',', ".", '.', ",", ','));

    static final Words<Optional<Character>> GROUPINGS = new Words<>("thousands mark", groupings());

    /// Whether the written sign is the opposite of what is meant.
    static final Words<Boolean> SIGNS =
            new Words<>("sign", ordered("as-written", false, "reversed", true));

    private NotationReader() {}

    /// @param field a field of type amount or number
    /// @throws FailureException at the first mistake
    static Sides<DecimalNotation> read(Node.Mapping field) {
        Sides<Character> decimal = Sides.read(field.get("decimal"), DECIMALS::read, '.');
        Sides<Optional<Optional<Character>>> grouping =
                Sides.read(
                        field.get("grouping"),
                        node -> Optional.of(GROUPINGS.read(node)),
                        Optional.empty());
        Sides<Boolean> reversed = Sides.read(field.get("sign"), SIGNS::read, false);
        return new Sides<>(
                notation(field, Side.LEFT, decimal, grouping, reversed),
                notation(field, Side.RIGHT, decimal, grouping, reversed));
    }

    private static DecimalNotation notation(
            Node.Mapping field,
            Side side,
            Sides<Character> decimal,
            Sides<Optional<Optional<Character>>> grouping,
            Sides<Boolean> reversed) {
        char mark = decimal.of(side);
        Optional<Character> thousands =
                grouping.of(side).orElse(Optional.of(mark == ',' ? '.' : ','));
        if (thousands.isPresent() && thousands.get() == mark) {
            throw Invalid.at(
                    field.keyPlace("grouping"),
                    "on the " + side.word() + " one mark is both `decimal` and `grouping`",
                    "say which mark is the decimal one with `decimal`, or write `grouping: none`");
        }
        return new DecimalNotation(mark, thousands, reversed.of(side));
    }

    private static Map<String, Optional<Character>> groupings() {
        Map<String, Optional<Character>> marks = new LinkedHashMap<>();
        ordered("comma", ',', "point", '.', "apostrophe", '\'', "space", ' ')
                .forEach((word, mark) -> marks.put(word, Optional.of(mark)));
        marks.put("none", Optional.empty());
        ordered(",", ',', ".", '.', "'", '\'', " ", ' ')
                .forEach((word, mark) -> marks.put(word, Optional.of(mark)));
        return marks;
    }

    private static <T> Map<String, T> ordered(String a, T x, String b, T y) {
        Map<String, T> map = new LinkedHashMap<>();
        map.put(a, x);
        map.put(b, y);
        return map;
    }

    private static <T> Map<String, T> ordered(
            String a, T w, String b, T x, String c, T y, String d, T z) {
        Map<String, T> map = ordered(a, w, b, x);
        map.putAll(ordered(c, y, d, z));
        return map;
    }
}
