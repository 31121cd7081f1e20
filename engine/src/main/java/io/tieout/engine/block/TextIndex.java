package io.tieout.engine.block;

import io.tieout.engine.compare.Pieces;
import io.tieout.engine.plan.Comparison.Similar;
import io.tieout.engine.plan.Similarity;
import io.tieout.engine.table.Hash;
import io.tieout.engine.table.TextColumn;
import java.util.Arrays;

/// An index of the pieces of texts, by which a pass finds pairs of similar texts without comparing
/// all. Each text offers its rarest pieces, as many as its similarity needs so that two texts which
/// reach it share an offered one (prefix filtering; Chaudhuri, Ganti and Kaushik 2006). A text too
/// short for that is paired with every text of the other side. Rarity counts both sides alike, so
/// that swapping them changes nothing.
///
/// Jaro-Winkler has no such bound. Its texts offer as many pieces as for one and a half times the
/// edits that its least similarity suggests: nearly all pairs are found, not provably all.
public final class TextIndex {
    private static final double ROUNDING = 1e-9;

    /// Each edit changes as many pieces of three characters.
    private static final int PIECES_AN_EDIT = 3;

    private final Offers lefts;
    private final int[] postings;
    private final int[] postingStarts;
    private final int[] present;
    private final int[] weakRights;
    private final long pairs;

    /// What one side's nodes offer.
    ///
    /// @param pieces node `i` offers `[starts[i], starts[i + 1])`
    /// @param weak by node, whether it must be paired with all
    /// @param present nodes that have a text
    private record Offers(int[] pieces, int[] starts, boolean[] weak, int[] present) {}

    /// Indexes texts.
    ///
    /// @param leftRows left node `i` is row `leftRows[i]`
    /// @param rightRows the same for the right side
    public TextIndex(
            Similar similar, TextColumn left, int[] leftRows, TextColumn right, int[] rightRows) {
        LongIndex numbers = new LongIndex(1 << 12);
        Cut leftCut = new Cut(similar.similarity(), left, leftRows, numbers);
        Cut rightCut = new Cut(similar.similarity(), right, rightRows, numbers);
        long[] costs = new long[numbers.size()];
        int[] leftUse = leftCut.use(numbers.size());
        int[] rightUse = rightCut.use(numbers.size());
        for (int piece = 0; piece < costs.length; piece++) {
            costs[piece] = (long) leftUse[piece] * rightUse[piece];
        }
        lefts = leftCut.offers(similar, costs, numbers);
        Offers rights = rightCut.offers(similar, costs, numbers);
        present = rights.present();
        weakRights = Arrays.stream(present).filter(node -> rights.weak()[node]).toArray();
        postingStarts = new int[costs.length + 1];
        for (int piece : rights.pieces()) {
            postingStarts[piece + 1]++;
        }
        for (int piece = 0; piece < costs.length; piece++) {
            postingStarts[piece + 1] += postingStarts[piece];
        }
        postings = new int[rights.pieces().length];
        int[] next = Arrays.copyOf(postingStarts, costs.length);
        for (int node = 0; node < rightRows.length; node++) {
            for (int at = rights.starts()[node]; at < rights.starts()[node + 1]; at++) {
                postings[next[rights.pieces()[at]]++] = node;
            }
        }
        pairs = countPairs();
    }

    private long countPairs() {
        long count = 0;
        for (int left : lefts.present()) {
            if (lefts.weak()[left]) {
                count += present.length;
                continue;
            }
            count += weakRights.length;
            for (int at = lefts.starts()[left]; at < lefts.starts()[left + 1]; at++) {
                int piece = lefts.pieces()[at];
                count += postingStarts[piece + 1] - postingStarts[piece];
            }
        }
        return count;
    }

    /// How many pairs will be visited at most: one that shares several pieces counts several times.
    public long pairs() {
        return pairs;
    }

    /// Visits the right nodes that may be similar to left nodes `[from, to)`, each pair once.
    public void forEach(int from, int to, Sweep.Receiver receiver) {
        int[] stamps = new int[present.length == 0 ? 0 : present[present.length - 1] + 1];
        for (int i = firstFrom(from); i < lefts.present().length && lefts.present()[i] < to; i++) {
            int left = lefts.present()[i];
            if (lefts.weak()[left]) {
                for (int right : present) {
                    receiver.accept(left, right);
                }
                continue;
            }
            for (int right : weakRights) {
                stamps[right] = left + 1;
                receiver.accept(left, right);
            }
            for (int at = lefts.starts()[left]; at < lefts.starts()[left + 1]; at++) {
                int piece = lefts.pieces()[at];
                for (int p = postingStarts[piece]; p < postingStarts[piece + 1]; p++) {
                    if (stamps[postings[p]] != left + 1) {
                        stamps[postings[p]] = left + 1;
                        receiver.accept(left, postings[p]);
                    }
                }
            }
        }
    }

    private int firstFrom(int node) {
        int found = Arrays.binarySearch(lefts.present(), node);
        return found < 0 ? -found - 1 : found;
    }

    /// One side's texts, cut into numbered pieces.
    private static final class Cut {
        private final int[] starts;
        private final int[] lengths;
        private int[] pieces;

        Cut(Similarity similarity, TextColumn texts, int[] rows, LongIndex numbers) {
            Pieces cutter = new Pieces();
            Pieces.Cut how = Pieces.cutOf(similarity);
            starts = new int[rows.length + 1];
            lengths = new int[rows.length];
            pieces = new int[Math.max(16, rows.length * 8)];
            int count = 0;
            for (int node = 0; node < rows.length; node++) {
                long[] cut = cutter.of(how, texts, rows[node]);
                lengths[node] = cut.length;
                if (pieces.length - count < cut.length) {
                    pieces = Arrays.copyOf(pieces, Math.max(count + cut.length, count * 2));
                }
                for (int i = 0; i < cut.length; i++) {
                    if (i == 0 || cut[i] != cut[i - 1]) {
                        pieces[count++] = numbers.add(Hash.of(cut[i]));
                    }
                }
                starts[node + 1] = count;
            }
        }

        int[] use(int numbers) {
            int[] use = new int[numbers];
            for (int i = 0; i < starts[starts.length - 1]; i++) {
                use[pieces[i]]++;
            }
            return use;
        }

        Offers offers(Similar similar, long[] costs, LongIndex numbers) {
            int nodes = lengths.length;
            int[] offered = new int[starts[nodes]];
            int[] offeredStarts = new int[nodes + 1];
            boolean[] weak = new boolean[nodes];
            int[] present = new int[nodes];
            int presentCount = 0;
            int count = 0;
            for (int node = 0; node < nodes; node++) {
                int size = starts[node + 1] - starts[node];
                if (size > 0) {
                    present[presentCount++] = node;
                    int needed = needed(similar, size, lengths[node]);
                    weak[node] = needed > size && isSure(similar.similarity());
                    Order.sort(
                            pieces,
                            starts[node],
                            starts[node + 1],
                            (a, b) -> {
                                int byCost = Long.compare(costs[a], costs[b]);
                                return byCost != 0
                                        ? byCost
                                        : Long.compare(numbers.value(a), numbers.value(b));
                            });
                    for (int i = 0; i < Math.min(needed, size); i++) {
                        int piece = pieces[starts[node] + i];
                        // A piece that one side lacks counts, but finds nothing.
                        if (costs[piece] > 0) {
                            offered[count++] = piece;
                        }
                    }
                }
                offeredStarts[node + 1] = count;
            }
            return new Offers(
                    Arrays.copyOf(offered, count),
                    offeredStarts,
                    weak,
                    Arrays.copyOf(present, presentCount));
        }
    }

    private static boolean isSure(Similarity similarity) {
        return similarity == Similarity.LEVENSHTEIN;
    }

    /// How many of a text's rarest pieces must be offered.
    ///
    /// @param size its distinct pieces
    /// @param length its pieces, repeated ones counted as often
    private static int needed(Similar similar, int size, int length) {
        double least = similar.atLeast();
        int characters = length - (PIECES_AN_EDIT - 1);
        return switch (similar.similarity()) {
            case JACCARD, SOUNDEX, METAPHONE -> size - (int) Math.ceil(least * size - ROUNDING) + 1;
            case COSINE, TOKEN_SET -> size;
            // The longer text has at most characters / least of them.
            case LEVENSHTEIN ->
                    PIECES_AN_EDIT * (int) Math.floor((1 - least) * characters / least + ROUNDING)
                            + 1;
            case JARO_WINKLER ->
                    PIECES_AN_EDIT * (int) Math.ceil(1.5 * (1 - least) * characters / least) + 1;
        };
    }
}
