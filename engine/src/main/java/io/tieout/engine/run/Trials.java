package io.tieout.engine.run;

import io.tieout.engine.outcome.Breaks;
import io.tieout.engine.outcome.Check;
import io.tieout.engine.outcome.Matches;
import io.tieout.engine.outcome.Trial;
import io.tieout.engine.outcome.Trial.Verdict;
import io.tieout.engine.plan.Comparison;
import io.tieout.engine.plan.FieldComparison;
import io.tieout.engine.plan.Pass;
import io.tieout.engine.plan.Side;
import io.tieout.engine.table.AmountColumn;
import io.tieout.engine.table.Column;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.function.IntUnaryOperator;

/// Compares records as the passes of a finished run did, one pass at a time: a pass sees what
/// earlier ones left open. For one thread.
final class Trials {
    private final Records records;
    private final Matches matches;
    private final Taken taken;
    private final List<List<Checks>> checks = new ArrayList<>();

    Trials(Records records, Matches matches, Taken taken) {
        this.records = records;
        this.matches = matches;
        this.taken = taken;
        for (Pass pass : records.plan().passes()) {
            List<Checks> ofPass = new ArrayList<>();
            for (FieldComparison comparison : pass.match()) {
                ofPass.add(new Checks(records, comparison));
            }
            checks.add(ofPass);
        }
    }

    /// How the pass that made a match compares its records.
    Trial ofMatch(int match) {
        int[] lefts = rows(matches.leftCount(match), i -> matches.left(match, i));
        int[] rights = rows(matches.rightCount(match), i -> matches.right(match, i));
        int pass = matches.pass(match);
        return new Trial(
                pass,
                boxed(lefts),
                boxed(rights),
                checks.get(pass).stream().map(check -> check.of(lefts, rights)).toList(),
                new Verdict.Matched(),
                matches.score(match));
    }

    /// How a pass compares two records, or the groups that it puts them in.
    Trial of(int pass, int leftRow, int rightRow) {
        int match = taken.match(Side.LEFT, leftRow);
        if (match != Breaks.NONE
                && match == taken.match(Side.RIGHT, rightRow)
                && matches.pass(match) == pass) {
            return ofMatch(match);
        }
        for (Side side : Side.values()) {
            int row = side == Side.LEFT ? leftRow : rightRow;
            if (!taken.isOpenAt(pass, side, row)) {
                Verdict verdict = new Verdict.Taken(side, taken.match(side, row));
                return unseen(pass, leftRow, rightRow, verdict);
            }
            if (lacksGroup(pass, side, row)) {
                return unseen(pass, leftRow, rightRow, new Verdict.Ungrouped(side));
            }
        }
        if (records.plan().passes().get(pass).searchesSubsets()) {
            return search(pass, leftRow, rightRow);
        }
        int[] lefts = unit(pass, Side.LEFT, leftRow);
        int[] rights = unit(pass, Side.RIGHT, rightRow);
        List<Check> made = checks.get(pass).stream().map(check -> check.of(lefts, rights)).toList();
        return tried(pass, lefts, rights, made);
    }

    private static Trial unseen(int pass, int leftRow, int rightRow, Verdict verdict) {
        return new Trial(pass, List.of(leftRow), List.of(rightRow), List.of(), verdict, -1);
    }

    private static Trial tried(int pass, int[] lefts, int[] rights, List<Check> made) {
        boolean met = made.stream().allMatch(Check::isMet);
        return new Trial(
                pass,
                boxed(lefts),
                boxed(rights),
                made,
                met ? new Verdict.Outbid() : new Verdict.Failed(),
                met ? mean(made) : -1);
    }

    /// The weighted mean of scores, as whole as the score of a candidate.
    static double mean(List<Check> made) {
        double sum = 0;
        double weights = 0;
        for (Check check : made) {
            sum += check.score() * check.comparison().weight();
            weights += check.comparison().weight();
        }
        long whole = Math.max(1, Math.round(sum / weights * Matches.FULL_SCORE));
        return (double) whole / Matches.FULL_SCORE;
    }

    /// Whether a pass compares two records and every comparison is met; sums are left out.
    boolean areMet(int pass, int leftRow, int rightRow) {
        for (Checks check : checks.get(pass)) {
            if (check.score(leftRow, rightRow) < 0) {
                return false;
            }
        }
        return true;
    }

    private boolean lacksGroup(int pass, Side side, int row) {
        for (String name : records.plan().passes().get(pass).together(side)) {
            if (records.grouping(side, name).isAbsent(row)) {
                return true;
            }
        }
        return false;
    }

    /// The open records that the pass takes together with one: alike in the columns that it groups
    /// by, and in what it wants equal, for otherwise they cannot belong to one match; in one
    /// currency, or of unknown amount.
    private int[] unit(int pass, Side side, int row) {
        Pass of = records.plan().passes().get(pass);
        if (of.together(side).isEmpty()) {
            return new int[] {row};
        }
        List<Column> alike = new ArrayList<>();
        List<AmountColumn> added = new ArrayList<>();
        for (String name : of.together(side)) {
            alike.add(records.grouping(side, name));
        }
        for (FieldComparison comparison : of.match()) {
            Column column = records.column(side, records.fieldIndex(comparison.field()));
            if (comparison.comparison() instanceof Comparison.Exact) {
                alike.add(column);
            } else if (column instanceof AmountColumn amounts) {
                added.add(amounts);
            }
        }
        if (alike.stream().anyMatch(column -> column.isAbsent(row))) {
            return new int[] {row};
        }
        return openRows(
                pass,
                side,
                other -> {
                    for (Column column : alike) {
                        if (column.isAbsent(other) || !column.same(row, column, other)) {
                            return false;
                        }
                    }
                    for (AmountColumn amounts : added) {
                        if (!amounts.isAbsent(other)
                                && !amounts.sameCurrency(row, amounts, other)) {
                            return false;
                        }
                    }
                    return true;
                });
    }

    /// A pass that searches for groups asks which open records could belong to the one record.
    private Trial search(int pass, int leftRow, int rightRow) {
        boolean manyLeft = records.plan().passes().get(pass).cardinality().isMany(Side.LEFT);
        int[] left = {leftRow};
        int[] right = {rightRow};
        if (!areMet(pass, leftRow, rightRow)) {
            List<Check> made = new ArrayList<>();
            for (Checks check : checks.get(pass)) {
                made.add(
                        check.isSum() ? check.unreached(leftRow, rightRow) : check.of(left, right));
            }
            return tried(pass, left, right, made);
        }
        int[] many =
                manyLeft
                        ? openRows(pass, Side.LEFT, row -> areMet(pass, row, rightRow))
                        : openRows(pass, Side.RIGHT, row -> areMet(pass, leftRow, row));
        int[] lefts = manyLeft ? many : left;
        int[] rights = manyLeft ? right : many;
        List<Check> made = new ArrayList<>();
        for (Checks check : checks.get(pass)) {
            made.add(
                    check.isSum()
                            ? check.choices(lefts, rights, many.length, Subsets.MOST)
                            : check.of(left, right));
        }
        return tried(pass, lefts, rights, made);
    }

    private int[] openRows(int pass, Side side, IntPredicate wanted) {
        int[] found = new int[8];
        int count = 0;
        for (int row = 0; row < records.table(side).rows(); row++) {
            if (taken.isOpenAt(pass, side, row) && wanted.test(row)) {
                if (count == found.length) {
                    found = Arrays.copyOf(found, count * 2);
                }
                found[count++] = row;
            }
        }
        return Arrays.copyOf(found, count);
    }

    private static int[] rows(int count, IntUnaryOperator row) {
        int[] rows = new int[count];
        Arrays.setAll(rows, row);
        return rows;
    }

    private static List<Integer> boxed(int[] rows) {
        return Arrays.stream(rows).boxed().toList();
    }
}
