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
import java.util.Objects;
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
    private final String remedy;

    /// Which of a part's columns is that of the first field.
    private final int firstField;

    /// @param parts of the source, or, where they say so, of sources of their own
    /// @param firstLine the line on which the first part starts, from 1
    /// @param remedy what to do about too many rejects
    Assembly(
            String source,
            Layout layout,
            List<Part> parts,
            long firstLine,
            int maxRejects,
            String remedy) {
        this.source = source;
        this.layout = layout;
        this.parts = parts;
        this.firstLine = firstLine;
        this.maxRejects = maxRejects;
        this.remedy = remedy;
        firstField = layout.keySlot() == Layout.UNUSED ? 0 : 1;
    }

    /// @throws FailureException when there are more rejects than allowed, keys repeat, or amounts
    /// of one column have no common scale
    SourceRead read(SourceInfo info) {
        List<Reject> rejects = rejects();
        @Nullable TextColumn keys = keys();
        if (keys != null) {
            requireDistinct(keys);
        }
        int accepted = info.rows() - rejects.size();
        int @Nullable [] rowNumbers = rowNumbers(accepted);
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
        String first = source;
        for (Part part : parts) {
            first = rejected == 0 ? source(part) : first;
            rejected += part.rejected();
            for (Reject reject : part.rejects()) {
                if (all.size() <= maxRejects) {
                    all.add(
                            new Reject(
                                    line + reject.line(),
                                    part.number(reject.row() - 1, row),
                                    reject.column(),
                                    reject.reason()));
                }
            }
            line += part.lineCount();
            row += part.rows();
        }
        if (rejected > maxRejects) {
            throw TooManyRejects.failure(first, all.getFirst(), rejected, maxRejects, remedy);
        }
        return all;
    }

    private String source(Part part) {
        return part.origin() == null ? source : part.origin().source();
    }

    /// The number of each record; null when these are 1, 2, and so on.
    private int @Nullable [] rowNumbers(int records) {
        int rows = 0;
        boolean counted = true;
        for (Part part : parts) {
            counted &= part.rejected() == 0 && part.origin() == null;
        }
        if (counted) {
            return null;
        }
        int[] numbers = new int[records];
        int at = 0;
        for (Part part : parts) {
            int next = 0;
            for (int row = 0; row < part.rows(); row++) {
                if (next < part.rejects().size() && part.rejects().get(next).row() == row + 1) {
                    next++;
                } else {
                    numbers[at++] = part.number(row, rows);
                }
            }
            rows += part.rows();
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
                                misfit(index),
                                "field " + field.name() + ": " + limit.problem(),
                                limit.remedy()),
                        e);
            }
            throw e;
        }
    }

    /// Where the first amount is that does not fit beside the others; the source where texts do
    /// not.
    private Place misfit(int index) {
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
                        return Place.of(source(part), lines + part.lines().line(part.row(i)));
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

    private void requireDistinct(TextColumn keys) {
        DistinctKeys.@Nullable Repeat repeat = DistinctKeys.find(keys);
        if (repeat != null) {
            throw repeated(place(repeat.first()), place(repeat.second()));
        }
    }

    private FailureException repeated(Place first, Place second) {
        String column = layout.columns().get(layout.keySlot());
        boolean together = Objects.equals(first.source(), second.source());
        return new FailureException(
                new Failure.UnreadableSource(
                        second,
                        "the key in column `"
                                + column
                                + "` is that of line "
                                + first.line()
                                + (together ? " too" : " of " + first.source() + " too"),
                        "name a column whose values are distinct with `"
                                + layout.side().word()
                                + ".key` in the plan, or none, so that row numbers are the keys"));
    }

    /// The line of a record.
    private Place place(int record) {
        long lines = firstLine - 1;
        int before = 0;
        for (Part part : parts) {
            if (record - before < part.records()) {
                return Place.of(source(part), lines + part.lines().line(part.row(record - before)));
            }
            before += part.records();
            lines += part.lineCount();
        }
        throw new IllegalArgumentException("there is no record " + record);
    }
}
