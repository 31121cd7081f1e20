package io.tieout.formats.plan;

import io.tieout.engine.clean.CleaningStep;
import io.tieout.engine.failure.FailureException;
import io.tieout.engine.plan.Field;
import io.tieout.engine.plan.Field.Columns;
import io.tieout.engine.plan.FieldType;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// Reads one field: its columns, its type and how each side writes it.
final class FieldReader {
    /// More steps than this repeat themselves.
    static final int MAX_STEPS = 20;

    static final Words<TypeWord> TYPES = Words.of("type", TypeWord.values(), type -> type.word);
    static final Words<CleaningStep> STEPS =
            Words.of("cleaning step", CleaningStep.values(), CleaningStep::word);

    /// The types that a key is about; it is refused for others, for it would do nothing.
    private static final Map<String, Set<TypeWord>> TYPES_OF_KEY =
            Map.of(
                    "clean", EnumSet.of(TypeWord.TEXT),
                    "currency", EnumSet.of(TypeWord.AMOUNT),
                    "format", EnumSet.of(TypeWord.DATE, TypeWord.DATE_TIME),
                    "decimal", EnumSet.of(TypeWord.AMOUNT, TypeWord.NUMBER),
                    "grouping", EnumSet.of(TypeWord.AMOUNT, TypeWord.NUMBER),
                    "sign", EnumSet.of(TypeWord.AMOUNT, TypeWord.NUMBER));

    enum TypeWord {
        TEXT("text"),
        AMOUNT("amount"),
        NUMBER("number"),
        DATE("date"),
        DATE_TIME("date-time");

        private final String word;

        TypeWord(String word) {
            this.word = word;
        }

        boolean isDecimal() {
            return this == AMOUNT || this == NUMBER;
        }
    }

    private FieldReader() {}

    /// @throws FailureException at the first mistake
    static Field read(String name, Node node) {
        return switch (node) {
            case Node.Scalar scalar -> {
                Columns column = new Columns.One(column(scalar, "a field"));
                yield new Field(name, new FieldType.Text(), column, column, List.of());
            }
            case Node.Listing list ->
                    throw Invalid.at(
                            list.place(),
                            "a field is one column or a mapping, not a list",
                            "write `{left: …, right: …}`");
            case Node.Mapping mapping -> longForm(name, Keys.FIELD.check(mapping));
        };
    }

    private static Field longForm(String name, Node.Mapping field) {
        TypeWord type = field.get("type").map(TYPES::read).orElse(TypeWord.TEXT);
        refuseKeysOfOtherTypes(field, type);
        Columns named = new Columns.One(name);
        return new Field(
                name,
                type(type, field),
                field.get("left").map(node -> columns(node, type)).orElse(named),
                field.get("right").map(node -> columns(node, type)).orElse(named),
                field.get("clean").map(FieldReader::steps).orElse(List.of()));
    }

    private static void refuseKeysOfOtherTypes(Node.Mapping field, TypeWord type) {
        for (String key : field.entries().keySet()) {
            Set<TypeWord> types = TYPES_OF_KEY.getOrDefault(key, EnumSet.of(type));
            if (!types.contains(type)) {
                String wanted =
                        types.stream()
                                .map(word -> "`" + word.word + "`")
                                .collect(Collectors.joining(" or "));
                throw Invalid.at(
                        field.keyPlace(key),
                        "`" + key + "` is for type " + wanted + ", and this is `" + type.word + "`",
                        "leave it out, or change `type`");
            }
        }
    }

    private static FieldType type(TypeWord type, Node.Mapping field) {
        return switch (type) {
            case TEXT -> new FieldType.Text();
            case AMOUNT -> {
                var currency = CurrencyReader.read(field.get("currency"));
                var notation = NotationReader.read(field);
                yield new FieldType.Amount(
                        currency.left(), currency.right(), notation.left(), notation.right());
            }
            case NUMBER -> {
                var notation = NotationReader.read(field);
                yield new FieldType.Quantity(notation.left(), notation.right());
            }
            case DATE -> {
                var patterns = PatternReader.DATES.read(field.get("format"));
                yield new FieldType.Date(patterns.left(), patterns.right());
            }
            case DATE_TIME -> {
                var patterns = PatternReader.MOMENTS.read(field.get("format"));
                yield new FieldType.DateTime(patterns.left(), patterns.right());
            }
        };
    }

    private static Columns columns(Node node, TypeWord type) {
        if (!(node instanceof Node.Mapping mapping)) {
            return new Columns.One(column(node, "a column"));
        }
        Keys.DEBIT_CREDIT.check(mapping);
        if (!type.isDecimal()) {
            throw Invalid.at(
                    mapping.place(),
                    "a debit and a credit column are for type `amount` or `number`, and this is `"
                            + type.word
                            + "`",
                    "name one column, or change `type`");
        }
        String example = "`{debit: column, credit: column}`";
        Node debit = Keys.DEBIT_CREDIT.required(mapping, "debit", example);
        Node credit = Keys.DEBIT_CREDIT.required(mapping, "credit", example);
        Columns.DebitCredit pair =
                new Columns.DebitCredit(column(debit, "`debit`"), column(credit, "`credit`"));
        if (pair.debit().equals(pair.credit())) {
            throw Invalid.at(
                    credit.place(),
                    "`debit` and `credit` name the same column",
                    "name two columns, or one as the field's column");
        }
        return pair;
    }

    /// The name of a column.
    static String column(Node node, String what) {
        String name = node.text(what);
        if (name.isBlank()) {
            throw Invalid.at(
                    node.place(), "the name of a column is blank", "write a column's name");
        }
        return name;
    }

    private static List<CleaningStep> steps(Node node) {
        List<Node> steps = node.items();
        if (steps.size() > MAX_STEPS) {
            throw Invalid.at(
                    node.place(),
                    "a field has at most " + MAX_STEPS + " cleaning steps, not " + steps.size(),
                    "leave out those that repeat");
        }
        return steps.stream().map(STEPS::read).toList();
    }
}
