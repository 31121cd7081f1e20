package io.tieout.server.result;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// A result as a row of a file.
final class ExportRow {
    /// The names of the columns, in their order.
    static final List<String> COLUMNS =
            List.of(
                    "result_id",
                    "kind",
                    "status",
                    "side",
                    "break_kind",
                    "pass",
                    "cardinality",
                    "ambiguous",
                    "score",
                    "left_keys",
                    "right_keys",
                    "nearest_key",
                    "amount",
                    "currency",
                    "other_amount",
                    "other_currency",
                    "date",
                    "other_date",
                    "fields",
                    "assignee_id",
                    "comment_count",
                    "pending",
                    "linked_result_id");

    private ExportRow() {}

    /// A value of a row.
    sealed interface Cell {
        /// Characters; none: nothing is there.
        record Characters(String text) implements Cell {}

        /// A number, exact.
        record Decimal(BigDecimal value) implements Cell {}

        /// A day.
        record Day(LocalDate value) implements Cell {}
    }

    /// @param lefts the keys of the left records, where these are several
    /// @param rights the keys of the right records, likewise
    static List<Cell> of(ResultItem item, List<String> lefts, List<String> rights) {
        List<Cell> cells = new ArrayList<>();
        cells.add(text(item.id().toString()));
        cells.add(text(word(item.kind())));
        cells.add(text(word(item.status())));
        cells.add(text(item.side().map(ExportRow::word)));
        cells.add(text(item.breakKind().map(ExportRow::word)));
        cells.add(text(item.pass()));
        cells.add(text(item.cardinality()));
        cells.add(text(item.ambiguous() ? "yes" : ""));
        cells.add(item.score().<Cell>map(s -> number(BigDecimal.valueOf(s))).orElse(text("")));
        cells.add(text(keys(item.leftKey(), lefts)));
        cells.add(text(keys(item.rightKey(), rights)));
        cells.add(text(item.nearestKey()));
        cells.add(item.amount().<Cell>map(ExportRow::number).orElse(text("")));
        cells.add(text(item.currency()));
        cells.add(item.otherAmount().<Cell>map(ExportRow::number).orElse(text("")));
        cells.add(text(item.otherCurrency()));
        cells.add(item.date().<Cell>map(Cell.Day::new).orElse(text("")));
        cells.add(item.otherDate().<Cell>map(Cell.Day::new).orElse(text("")));
        cells.add(text(String.join(" ", item.fields())));
        cells.add(text(item.assigneeId().map(Object::toString)));
        cells.add(number(BigDecimal.valueOf(item.commentCount())));
        cells.add(text(item.pending() ? "yes" : ""));
        cells.add(text(item.linkedResultId().map(Object::toString)));
        return cells;
    }

    private static String keys(Optional<String> one, List<String> several) {
        return several.isEmpty() ? one.orElse("") : String.join("; ", several);
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    private static Cell text(String text) {
        return new Cell.Characters(text);
    }

    private static Cell text(Optional<String> text) {
        return text(text.orElse(""));
    }

    private static Cell number(BigDecimal value) {
        return new Cell.Decimal(value);
    }
}
