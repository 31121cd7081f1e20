package io.tieout.engine.run;

import io.tieout.engine.compare.TextSimilarity;
import io.tieout.engine.outcome.Breaks;
import io.tieout.engine.plan.Comparison;
import io.tieout.engine.plan.FieldComparison;
import io.tieout.engine.plan.Pass;
import io.tieout.engine.plan.Side;
import io.tieout.engine.plan.Similarity;
import io.tieout.engine.table.AmountColumn;
import io.tieout.engine.table.Column;
import io.tieout.engine.table.DateColumn;
import io.tieout.engine.table.DateTimeColumn;
import io.tieout.engine.table.TextColumn;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/// Finds the records of the other side that come nearest to one record: those that agree in most
/// fields, equal or as some pass allows; of these those that are equal in most, open ones before
/// matched ones, and then those whose values lie closest together. For one thread.
///
/// Cost: one look at every record of the other side, comparisons of text only where they can still
/// change the answer.
final class NearRecords {
    private static final double MONTH_DAYS = 30;
    private static final double DAY_MICROS = 86_400e6;

    private final Records records;
    private final Taken taken;
    private final List<List<Checks>> allowances = new ArrayList<>();
    private final TextSimilarity texts = TextSimilarity.of(Similarity.JARO_WINKLER);

    NearRecords(Records records, Taken taken) {
        this.records = records;
        this.taken = taken;
        for (int f = 0; f < records.fields(); f++) {
            allowances.add(new ArrayList<>());
        }
        for (Pass pass : records.plan().passes()) {
            for (FieldComparison comparison : pass.match()) {
                allow(comparison);
            }
        }
    }

    private void allow(FieldComparison comparison) {
        if (comparison.comparison() instanceof Comparison.Exact
                || comparison.comparison() instanceof Comparison.Sum) {
            return;
        }
        List<Checks> known = allowances.get(records.fieldIndex(comparison.field()));
        boolean isNew =
                known.stream()
                        .noneMatch(
                                check ->
                                        check.comparison()
                                                .comparison()
                                                .equals(comparison.comparison()));
        if (isNew) {
            known.add(new Checks(records, comparison));
        }
    }

    /// A record of the other side, as it is ranked.
    record Ranked(int row, int agreeing, int equal, boolean open, double closeness) {}

    /// At most `most` records, the nearest first; none that agrees in no field.
    List<Ranked> of(Side side, int row, int most) {
        Side other = side.opposite();
        Comparator<Ranked> order = nearestFirst(other);
        PriorityQueue<Ranked> kept = new PriorityQueue<>(most + 1, order.reversed());
        for (int candidate = 0; candidate < records.table(other).rows(); candidate++) {
            int leftRow = side == Side.LEFT ? row : candidate;
            int rightRow = side == Side.LEFT ? candidate : row;
            int least = kept.size() < most ? 1 : kept.element().agreeing();
            int agreeing = agreeing(leftRow, rightRow, least);
            if (agreeing >= least) {
                kept.add(ranked(other, candidate, agreeing, leftRow, rightRow));
                if (kept.size() > most) {
                    kept.remove();
                }
            }
        }
        return kept.stream().sorted(order).toList();
    }

    /// One record, as it would be ranked.
    Ranked rank(Side side, int row, int candidate) {
        int leftRow = side == Side.LEFT ? row : candidate;
        int rightRow = side == Side.LEFT ? candidate : row;
        int agreeing = agreeing(leftRow, rightRow, 0);
        return ranked(side.opposite(), candidate, agreeing, leftRow, rightRow);
    }

    private Ranked ranked(Side other, int candidate, int agreeing, int leftRow, int rightRow) {
        boolean open = taken.match(other, candidate) == Breaks.NONE;
        int equal = records.fields() - Long.bitCount(records.differences(leftRow, rightRow));
        return new Ranked(candidate, agreeing, equal, open, closeness(leftRow, rightRow));
    }

    private Comparator<Ranked> nearestFirst(Side side) {
        return Comparator.comparingInt(Ranked::agreeing)
                .thenComparingInt(Ranked::equal)
                .thenComparing(Ranked::open)
                .thenComparingDouble(Ranked::closeness)
                .reversed()
                .thenComparing((a, b) -> records.compare(side, a.row(), b.row()));
    }

    /// In how many fields two records agree, or any number below `least` when it is below that.
    private int agreeing(int leftRow, int rightRow, int least) {
        int agreeing = 0;
        int undecided = 0;
        for (int f = 0; f < records.fields(); f++) {
            Column left = records.column(Side.LEFT, f);
            Column right = records.column(Side.RIGHT, f);
            if (!left.isAbsent(leftRow) && !right.isAbsent(rightRow)) {
                boolean same = left.same(leftRow, right, rightRow);
                agreeing += same ? 1 : 0;
                undecided += same || allowances.get(f).isEmpty() ? 0 : 1;
            }
        }
        if (undecided == 0 || agreeing + undecided < least) {
            return agreeing;
        }
        for (int f = 0; f < records.fields(); f++) {
            Column left = records.column(Side.LEFT, f);
            Column right = records.column(Side.RIGHT, f);
            if (!left.isAbsent(leftRow)
                    && !right.isAbsent(rightRow)
                    && !left.same(leftRow, right, rightRow)
                    && isAllowed(f, leftRow, rightRow)) {
                agreeing++;
            }
        }
        return agreeing;
    }

    private boolean isAllowed(int field, int leftRow, int rightRow) {
        for (Checks allowance : allowances.get(field)) {
            if (allowance.score(leftRow, rightRow) >= 0) {
                return true;
            }
        }
        return false;
    }

    /// How close all values lie together, field by field from 0 to 1. Only orders records that
    /// agree equally.
    private double closeness(int leftRow, int rightRow) {
        double sum = 0;
        for (int f = 0; f < records.fields(); f++) {
            Column left = records.column(Side.LEFT, f);
            Column right = records.column(Side.RIGHT, f);
            if (!left.isAbsent(leftRow) && !right.isAbsent(rightRow)) {
                sum += closeness(left, leftRow, right, rightRow);
            }
        }
        return sum;
    }

    private double closeness(Column left, int leftRow, Column right, int rightRow) {
        return switch (left) {
            case TextColumn mine -> texts.between(mine, leftRow, (TextColumn) right, rightRow);
            case AmountColumn mine -> {
                AmountColumn theirs = (AmountColumn) right;
                double one = mine.unscaled(leftRow);
                double other = theirs.unscaled(rightRow);
                double larger = Math.max(1, Math.max(Math.abs(one), Math.abs(other)));
                yield mine.sameCurrency(leftRow, theirs, rightRow)
                        ? Math.max(0, 1 - Math.abs(one - other) / larger)
                        : 0;
            }
            case DateColumn mine -> {
                double days = mine.day(leftRow) - (double) ((DateColumn) right).day(rightRow);
                yield 1 / (1 + Math.abs(days) / MONTH_DAYS);
            }
            case DateTimeColumn mine -> {
                double micros =
                        mine.micros(leftRow) - (double) ((DateTimeColumn) right).micros(rightRow);
                yield 1 / (1 + Math.abs(micros) / DAY_MICROS / MONTH_DAYS);
            }
        };
    }
}
