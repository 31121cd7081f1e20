package io.tieout.formats.source;

import io.tieout.engine.failure.Failure;
import io.tieout.engine.failure.FailureException;
import io.tieout.engine.failure.Place;
import io.tieout.engine.plan.Field;
import io.tieout.engine.table.AmountColumn;
import io.tieout.engine.table.Column;
import io.tieout.engine.table.DateColumn;
import io.tieout.engine.table.DateTimeColumn;
import io.tieout.engine.table.Table;
import io.tieout.engine.table.TextColumn;
import io.tieout.formats.source.RecordBuilder.Part;
import io.tieout.formats.source.RecordBuilder.TotalKey;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Puts the parts of a source together in order: one table, rejects with their true lines, keys
/// shown to be distinct.
final class Assembly {
    private static final Column NOTHING = new DateColumn.Builder(0).build();

    private final String source;
    private final Layout layout;
    private final List<Part> parts;
    private final long firstLine;
    private final int maxRejects;

    /// Which of a part's columns is that of the first field.
    private final int firstField;

    /// @param firstLine the line on which the first part starts, from 1
    Assembly(String source, Layout layout, List<Part> parts, long firstLine, int maxRejects) {
        this.source = source;
        this.layout = layout;
        this.parts = parts;
        this.firstLine = firstLine;
        this.maxRejects = maxRejects;
        firstField = layout.keySlot() == Layout.UNUSED ? 0 : 1;
    }

    /// @throws FailureException when there are more rejects than allowed, keys repeat, or amounts
    /// of one column have no common scale
    SourceRead read(SourceInfo info) {
        List<Reject> rejects = rejects();
        @Nullable TextColumn keys = keys();
        int @Nullable [] rowNumbers = rejects.isEmpty() ? null : rowNumbers(rejects, info.rows());
        if (keys != null) {
            requireDistinct(keys, rowNumbers);
        }
        int accepted = info.rows() - rejects.size();
        Table table = new Table(accepted, keys, rowNumbers, fields(), groupings());
        return new SourceRead(table, rejects, rejectedTotals(), info);
    }

    /// @throws FailureException when there are more rejects than allowed
    void requireFewRejects() {
        rejects();
    }

    /// How many rows there are, rejected ones included.
    int rows() {
        long rows = 0;
        for (Part part : parts) {
            rows += part.rows();
        }
        if (rows > Table.MAX_ROWS) {
            throw new FailureException(
                    new Failure.LimitExceeded(
                            Place.of(source),
                            "has " + rows + " rows, more than " + Table.MAX_ROWS,
                            "split the source"));
        }
        return (int) rows;
    }

    private List<Reject> rejects() {
        List<Reject> all = new ArrayList<>();
        long line = firstLine - 1;
        int row = 0;
        long rejected = 0;
        for (Part part : parts) {
            rejected += part.rejected();
            for (Reject reject : part.rejects()) {
                if (all.size() <= maxRejects) {
                    all.add(
                            new Reject(
                                    line + reject.line(),
                                    row + reject.row(),
                                    reject.column(),
                                    reject.reason()));
                }
            }
            line += part.lineCount();
            row += part.rows();
        }
        if (rejected > maxRejects) {
            throw tooMany(all.getFirst(), rejected);
        }
        return all;
    }

    private FailureException tooMany(Reject first, long rejected) {
        String what =
                first.column().isEmpty() ? "the row " : "the value of `" + first.column() + "` ";
        String count =
                rejected == 1 ? "1 row is rejected" : "at least " + rejected + " rows are rejected";
        return new FailureException(
                new Failure.UnreadableSource(
                        Place.of(source, first.line()),
                        what + first.reason() + " (" + count + ", allowed are " + maxRejects + ")",
                        "correct the source or the plan, or let rows be rejected with --max-rejects"));
    }

    private static int[] rowNumbers(List<Reject> rejects, int rows) {
        int[] numbers = new int[rows - rejects.size()];
        int at = 0;
        int next = 0;
        for (int row = 1; row <= rows; row++) {
            if (next < rejects.size() && rejects.get(next).row() == row) {
                next++;
            } else {
                numbers[at++] = row;
            }
        }
        return numbers;
    }

    private @Nullable TextColumn keys() {
        return firstField == 0 ? null : (TextColumn) joined(0);
    }

    private Map<String, Column> fields() {
        Map<String, Column> columns = new HashMap<>();
        int index = firstField;
        for (Field field : layout.plan().fields()) {
            columns.put(field.name(), located(field, index++));
        }
        return columns;
    }

    private Map<String, TextColumn> groupings() {
        Map<String, TextColumn> columns = new HashMap<>();
        int index = firstField + layout.plan().fields().size();
        for (String name : layout.groupings().keySet()) {
            columns.put(name, (TextColumn) joined(index++));
        }
        return columns;
    }

    /// Joins a column of all parts and lets them go, so that no more than one column is held twice.
    private Column joined(int index) {
        Column whole = concat(parts.stream().map(part -> part.columns()[index]).toList());
        for (Part part : parts) {
            part.columns()[index] = NOTHING;
        }
        return whole;
    }

    /// Joins a field's columns; a failure to fit amounts into one column says which.
    private Column located(Field field, int index) {
        try {
            return joined(index);
        } catch (FailureException e) {
            if (e.failure() instanceof Failure.LimitExceeded limit) {
                throw new FailureException(
                        new Failure.LimitExceeded(
                                place(index),
                                "field " + field.name() + ": " + limit.problem(),
                                limit.remedy()),
                        e);
            }
            throw e;
        }
    }

    /// Where the first amount is that does not fit beside the others; the source where texts do
    /// not.
    private Place place(int index) {
        int scale = 0;
        for (Part part : parts) {
            scale =
                    part.columns()[index] instanceof AmountColumn c
                            ? Math.max(scale, c.scale())
                            : 0;
        }
        long lines = firstLine - 1;
        for (Part part : parts) {
            if (part.columns()[index] instanceof AmountColumn amounts) {
                for (int i = 0; i < amounts.rows(); i++) {
                    if (!fits(amounts, i, scale)) {
                        return Place.of(source, lines + part.lines().line(part.row(i)));
                    }
                }
            }
            lines += part.lineCount();
        }
        return Place.of(source);
    }

    private static boolean fits(AmountColumn amounts, int row, int scale) {
        return amounts.isAbsent(row)
                || BigDecimal.valueOf(amounts.unscaled(row), amounts.scale())
                                .setScale(scale)
                                .unscaledValue()
                                .bitLength()
                        < Long.SIZE;
    }

    private static Column concat(List<Column> columns) {
        return switch (columns.getFirst()) {
            case TextColumn _ -> TextColumn.concat(cast(columns, TextColumn.class));
            case AmountColumn _ -> AmountColumn.concat(cast(columns, AmountColumn.class));
            case DateColumn _ -> DateColumn.concat(cast(columns, DateColumn.class));
            case DateTimeColumn _ -> DateTimeColumn.concat(cast(columns, DateTimeColumn.class));
        };
    }

    private static <T extends Column> List<T> cast(List<Column> columns, Class<T> type) {
        return columns.stream().map(type::cast).toList();
    }

    private List<RejectedTotal> rejectedTotals() {
        Map<TotalKey, BigDecimal> totals = new TreeMap<>();
        for (Part part : parts) {
            part.rejectedTotals().forEach((key, sum) -> totals.merge(key, sum, BigDecimal::add));
        }
        List<RejectedTotal> all = new ArrayList<>();
        totals.forEach((key, sum) -> all.add(new RejectedTotal(key.field(), key.currency(), sum)));
        return all;
    }

    private void requireDistinct(TextColumn keys, int @Nullable [] rowNumbers) {
        DistinctKeys.@Nullable Repeat repeat = DistinctKeys.find(keys);
        if (repeat != null) {
            throw repeated(row(repeat.first(), rowNumbers), row(repeat.second(), rowNumbers));
        }
    }

    /// The row, from 0 and among all rows, of a record.
    private static int row(int index, int @Nullable [] rowNumbers) {
        return rowNumbers == null ? index : rowNumbers[index] - 1;
    }

    private FailureException repeated(int first, int second) {
        String column = layout.columns().get(layout.keySlot());
        return new FailureException(
                new Failure.UnreadableSource(
                        Place.of(source, line(second)),
                        "the key in column `"
                                + column
                                + "` is that of line "
                                + line(first)
                                + " too",
                        "name a column whose values are distinct with `"
                                + layout.side().word()
                                + ".key` in the plan, or none, so that row numbers are the keys"));
    }

    /// The line of a row, counted from 0 among all rows.
    private long line(int row) {
        long lines = firstLine - 1;
        int before = 0;
        for (Part part : parts) {
            if (row - before < part.rows()) {
                return lines + part.lines().line(row - before);
            }
            before += part.rows();
            lines += part.lineCount();
        }
        throw new IllegalArgumentException("there is no row " + row);
    }
}
