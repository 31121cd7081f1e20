package io.tieout.engine.run;

import io.tieout.engine.compare.Bounds;
import io.tieout.engine.compare.Residual;
import io.tieout.engine.outcome.Matches;
import io.tieout.engine.plan.Comparison;
import io.tieout.engine.plan.FieldComparison;
import io.tieout.engine.plan.Pass;
import io.tieout.engine.plan.Side;
import io.tieout.engine.table.AmountColumn;
import io.tieout.engine.table.Column;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Scores pairs of units whose keys agree. Owns the kernels' buffers: each thread has its own.
final class PairScore {
    private final Units left;
    private final Units right;
    private final Residual[] residuals;
    private final double[] weights;
    private final @Nullable Bounds sumBounds;
    private final @Nullable AmountColumn leftSummed;
    private final @Nullable AmountColumn rightSummed;
    private final double sumWeight;
    private final double exactWeight;
    private final double totalWeight;

    PairScore(Records records, Pass pass, Units left, Units right) {
        this.left = left;
        this.right = right;
        List<Residual> found = new ArrayList<>();
        List<Double> foundWeights = new ArrayList<>();
        Bounds bounds = null;
        AmountColumn leftAmounts = null;
        AmountColumn rightAmounts = null;
        double exact = 0;
        double summed = 0;
        for (FieldComparison comparison : cheapestFirst(pass.match())) {
            int field = records.fieldIndex(comparison.field());
            Column leftColumn = records.column(Side.LEFT, field);
            Column rightColumn = records.column(Side.RIGHT, field);
            switch (comparison.comparison()) {
                case Comparison.Exact _ -> exact += comparison.weight();
                case Comparison.Sum sum -> {
                    bounds = Bounds.of(sum.limit(), leftColumn);
                    leftAmounts = (AmountColumn) leftColumn;
                    rightAmounts = (AmountColumn) rightColumn;
                    summed = comparison.weight();
                }
                case Comparison.Within _,
                        Comparison.Similar _,
                        Comparison.Contains _,
                        Comparison.StartsWith _,
                        Comparison.EndsWith _ -> {
                    found.add(Residual.of(comparison.comparison(), leftColumn, rightColumn));
                    foundWeights.add(comparison.weight());
                }
            }
        }
        residuals = found.toArray(Residual[]::new);
        weights = foundWeights.stream().mapToDouble(Double::doubleValue).toArray();
        sumBounds = bounds;
        leftSummed = leftAmounts;
        rightSummed = rightAmounts;
        sumWeight = summed;
        exactWeight = exact;
        double total = exact + summed;
        for (double weight : weights) {
            total += weight;
        }
        totalWeight = total;
    }

    /// Numbers are compared before text; otherwise in the plan's order.
    private static List<FieldComparison> cheapestFirst(List<FieldComparison> match) {
        List<FieldComparison> ordered = new ArrayList<>(match);
        ordered.sort((a, b) -> Integer.compare(cost(a.comparison()), cost(b.comparison())));
        return ordered;
    }

    private static int cost(Comparison comparison) {
        return switch (comparison) {
            case Comparison.Exact _ -> 0;
            case Comparison.Within _, Comparison.Sum _ -> 1;
            case Comparison.StartsWith _, Comparison.EndsWith _, Comparison.Contains _ -> 2;
            case Comparison.Similar _ -> 3;
        };
    }

    /// Whether every pair with one key scores 1.
    boolean isAlwaysFull() {
        return residuals.length == 0 && sumBounds == null;
    }

    /// The score, 1 to [Matches#FULL_SCORE]; 0 when the pair is no candidate.
    int of(int leftUnit, int rightUnit) {
        // Summed in one order: double addition is not associative, and runs must agree bit for bit.
        double sum = exactWeight;
        if (sumBounds != null && leftSummed != null && rightSummed != null) {
            long leftSum = left.sum(leftSummed, leftUnit);
            long rightSum = right.sum(rightSummed, rightUnit);
            if (leftSum == AmountColumn.ABSENT || rightSum == AmountColumn.ABSENT) {
                return 0;
            }
            double score = sumBounds.score(leftSum, rightSum);
            if (score < 0) {
                return 0;
            }
            sum += sumWeight * score;
        }
        for (int i = 0; i < residuals.length; i++) {
            double score = worst(residuals[i], leftUnit, rightUnit);
            if (score < 0) {
                return 0;
            }
            sum += weights[i] * score;
        }
        return Math.max(1, (int) Math.round(sum / totalWeight * Matches.FULL_SCORE));
    }

    /// A group agrees as well as its worst member does.
    private double worst(Residual residual, int leftUnit, int rightUnit) {
        double worst = 1;
        for (int l = 0; l < left.size(leftUnit); l++) {
            for (int r = 0; r < right.size(rightUnit); r++) {
                double score = residual.score(left.row(leftUnit, l), right.row(rightUnit, r));
                if (score < 0) {
                    return -1;
                }
                worst = Math.min(worst, score);
            }
        }
        return worst;
    }
}
