package io.tieout.engine.run;

import io.tieout.engine.block.Order;
import io.tieout.engine.compare.Residual;
import io.tieout.engine.plan.Comparison;
import io.tieout.engine.plan.FieldComparison;
import io.tieout.engine.plan.Pass;
import io.tieout.engine.plan.Side;
import io.tieout.engine.table.Hash;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// What passes allow of values that are not equal, field by field, and how often chance alone would
/// have it so. Owns its comparisons' buffers.
final class Allowances {
    /// Records of each side that are compared to see what chance does.
    private static final int SAMPLE = 160;

    private final Records records;
    private final List<List<Residual>> byField = new ArrayList<>();

    Allowances(Records records) {
        this.records = records;
        for (int f = 0; f < records.fields(); f++) {
            byField.add(new ArrayList<>());
        }
        for (Pass pass : records.plan().passes()) {
            for (FieldComparison comparison : pass.match()) {
                if (!(comparison.comparison() instanceof Comparison.Exact)
                        && !(comparison.comparison() instanceof Comparison.Sum)) {
                    int f = records.fieldIndex(comparison.field());
                    byField.get(f)
                            .add(
                                    Residual.of(
                                            comparison.comparison(),
                                            records.column(Side.LEFT, f),
                                            records.column(Side.RIGHT, f)));
                }
            }
        }
    }

    /// Whether some pass allows the values of two records.
    boolean allow(int field, int leftRow, int rightRow) {
        for (Residual residual : byField.get(field)) {
            if (residual.score(leftRow, rightRow) >= 0) {
                return true;
            }
        }
        return false;
    }

    /// By field, the share of pairs that a pass allows, among records drawn by the hashes of their
    /// names, so that the order of rows does not show.
    double[] shares() {
        int[] lefts = sample(Side.LEFT);
        int[] rights = sample(Side.RIGHT);
        double[] shares = new double[records.fields()];
        for (int f = 0; f < shares.length; f++) {
            int allowed = 0;
            for (int l : lefts) {
                for (int r : rights) {
                    allowed += !byField.get(f).isEmpty() && allow(f, l, r) ? 1 : 0;
                }
            }
            shares[f] = (allowed + 0.5) / (lefts.length * (double) rights.length + 1);
        }
        return shares;
    }

    /// The records with the smallest hashes: those below a bound that about twice as many meet, and
    /// of these the first.
    private int[] sample(Side side) {
        int rows = records.table(side).rows();
        long bound = rows > 2 * SAMPLE ? Long.MAX_VALUE / rows * 2 * SAMPLE : Long.MAX_VALUE;
        int[] drawn = new int[8 * SAMPLE];
        long[] hashes = new long[drawn.length];
        int count = 0;
        for (int row = 0; row < rows && count < drawn.length; row++) {
            long hash = Hash.of(records.identity(side, row)) >>> 1;
            if (hash <= bound) {
                drawn[count] = row;
                hashes[count++] = hash;
            }
        }
        int[] order = Order.byValue(Arrays.copyOf(hashes, count));
        int[] sample = new int[Math.min(SAMPLE, count)];
        Arrays.setAll(sample, i -> drawn[order[i]]);
        return sample;
    }
}
