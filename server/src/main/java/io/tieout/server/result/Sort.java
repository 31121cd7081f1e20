package io.tieout.server.result;

import io.tieout.server.result.Selection.Range;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/// The orders of a list of results. An order is a row of runs, one after the other; in each run the
/// results of some shelves are in the order of one column, and then of their places, so that an
/// index has the results of each shelf in just this order.
enum Sort {
    POSITION,
    AMOUNT,
    AMOUNT_FALLING,
    DATE,
    DATE_FALLING,
    KEY;

    /// All results of a selection, in no order that anybody asked for.
    static Run whole(Selection selection) {
        return run(Column.WEIGHT, false, selection, _ -> true, selection.days());
    }

    /// What a run is in the order of.
    enum Column {
        WEIGHT("weight", "bigint"),
        DAY("day", "int"),
        KEY("key", "text");

        private final String sqlName;
        private final String sqlType;

        Column(String sqlName, String sqlType) {
            this.sqlName = sqlName;
            this.sqlType = sqlType;
        }

        String sqlName() {
            return sqlName;
        }

        String sqlType() {
            return sqlType;
        }
    }

    /// Results in the order of one column.
    ///
    /// @param falling whether column and place fall
    /// @param shelves which of the selection's shelves, as indices
    /// @param days which of their days
    record Run(Column column, boolean falling, List<Integer> shelves, Range days) {
        Run {
            shelves = List.copyOf(shelves);
        }
    }

    static Sort of(String word) {
        return switch (word) {
            case "position" -> POSITION;
            case "amount" -> AMOUNT;
            case "-amount" -> AMOUNT_FALLING;
            case "date" -> DATE;
            case "-date" -> DATE_FALLING;
            case "key" -> KEY;
            default -> throw new IllegalArgumentException("no such order");
        };
    }

    List<Run> runs(Selection selection) {
        Range days = selection.days();
        return switch (this) {
            case POSITION ->
                    List.of(
                            weights(selection, false, traits -> turn(traits) == 0),
                            weights(selection, false, traits -> turn(traits) == 1),
                            weights(selection, false, traits -> turn(traits) == 2),
                            weights(selection, false, traits -> turn(traits) == 3));
            case AMOUNT ->
                    List.of(
                            weights(selection, false, traits -> traits.sign() < 0),
                            weights(selection, true, traits -> traits.sign() > 0),
                            weights(selection, false, traits -> traits.sign() == 0));
            case AMOUNT_FALLING ->
                    List.of(
                            weights(selection, false, traits -> traits.sign() > 0),
                            weights(selection, true, traits -> traits.sign() < 0),
                            weights(selection, false, traits -> traits.sign() == 0));
            case DATE -> List.of(run(Column.DAY, false, selection, _ -> true, days));
            case DATE_FALLING ->
                    List.of(
                            run(Column.DAY, true, selection, _ -> true, known(days)),
                            run(Column.DAY, false, selection, _ -> true, unknown(days)));
            case KEY -> List.of(run(Column.KEY, false, selection, _ -> true, days));
        };
    }

    /// Whose turn it is when results are taken in the order of their positions.
    private static int turn(Traits traits) {
        return switch (traits.status()) {
            case OPEN, WRITTEN_OFF, MATCHED -> 0;
            case SUGGESTED -> 1;
            case CONFIRMED -> 2;
            case REJECTED, UNMATCHED, UNDONE -> 3;
        };
    }

    private static Range known(Range days) {
        return new Range(days.low(), Math.min(days.high(), HeadlineDays.ABSENT - 1L));
    }

    private static Range unknown(Range days) {
        return new Range(Math.max(days.low(), HeadlineDays.ABSENT), days.high());
    }

    private static Run weights(Selection selection, boolean falling, Predicate<Traits> wanted) {
        return run(Column.WEIGHT, falling, selection, wanted, selection.days());
    }

    private static Run run(
            Column column,
            boolean falling,
            Selection selection,
            Predicate<Traits> wanted,
            Range days) {
        List<Integer> shelves = new ArrayList<>();
        for (int i = 0; i < selection.shelves().size(); i++) {
            if (wanted.test(selection.shelves().get(i).traits())) {
                shelves.add(i);
            }
        }
        return new Run(column, falling, days.isEmpty() ? List.of() : shelves, days);
    }
}
