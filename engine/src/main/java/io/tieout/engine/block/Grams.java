package io.tieout.engine.block;

import io.tieout.engine.plan.Comparison;
import io.tieout.engine.plan.Similarity;
import io.tieout.engine.table.Hash;
import io.tieout.engine.table.TextColumn;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.function.IntConsumer;

/// An index of the pieces of texts, by which a pass with no exact comparison finds its pairs. Each
/// text offers its rarest pieces, as many as the comparison needs so that two texts which meet it
/// share one of them (prefix filtering; Chaudhuri, Ganti and Kaushik 2006); for Jaro-Winkler, which
/// has no such bound, as many as for one and a half times the edits. Rarity counts both sides
/// alike, so swapping
/// them changes nothing.
public final class Grams {
    /// What a text is cut into.
    public enum Kind {
        /// Three characters each, with padding at both ends.
        PIECES,
        /// Words between white space.
        WORDS,
        /// Texts of this comparison are not indexed.
        NONE
    }

    private final int[][] leftPieces;
    private final int[][] postings;
    private final long pairs;

    private Grams(int[][] leftPieces, int[][] postings, long pairs) {
        this.leftPieces = leftPieces;
        this.postings = postings;
        this.pairs = pairs;
    }

    /// How the texts of a comparison are cut.
    public static Kind kindFor(Comparison comparison) {
        return switch (comparison) {
            case Comparison.Similar similar ->
                    switch (similar.similarity()) {
                        case LEVENSHTEIN, JARO_WINKLER, JACCARD -> Kind.PIECES;
                        case COSINE, TOKEN_SET -> Kind.WORDS;
                        case SOUNDEX, METAPHONE -> Kind.NONE;
                    };
            case Comparison.Exact _,
                    Comparison.Within _,
                    Comparison.Contains _,
                    Comparison.StartsWith _,
                    Comparison.EndsWith _,
                    Comparison.Sum _ ->
                    Kind.NONE;
        };
    }

    /// Indexes texts.
    ///
    /// @param leftRows left node `i` is row `leftRows[i]`
    /// @param rightRows the same for the right side
    public static Grams of(
            Kind kind,
            Comparison comparison,
            TextColumn left,
            int[] leftRows,
            TextColumn right,
            int[] rightRows) {
        Map<Long, long[]> counts = new HashMap<>();
        long[][] leftAll = cutAll(kind, left, leftRows, counts, 0);
        long[][] rightAll = cutAll(kind, right, rightRows, counts, 1);
        Map<Long, Integer> numbers = new HashMap<>();
        int[][] leftPieces = offered(comparison, leftAll, counts, numbers);
        int[][] rightPieces = offered(comparison, rightAll, counts, numbers);
        int[] leftUse = new int[numbers.size()];
        int[] sizes = new int[numbers.size()];
        for (int[] pieces : leftPieces) {
            for (int piece : pieces) {
                leftUse[piece]++;
            }
        }
        for (int[] pieces : rightPieces) {
            for (int piece : pieces) {
                sizes[piece]++;
            }
        }
        int[][] postings = new int[sizes.length][];
        long pairs = 0;
        for (int piece = 0; piece < sizes.length; piece++) {
            postings[piece] = new int[sizes[piece]];
            pairs += (long) leftUse[piece] * sizes[piece];
        }
        Arrays.fill(sizes, 0);
        for (int node = 0; node < rightPieces.length; node++) {
            for (int piece : rightPieces[node]) {
                postings[piece][sizes[piece]++] = node;
            }
        }
        return new Grams(leftPieces, postings, pairs);
    }

    /// How many pairs will be visited, counting one that shares several pieces several times.
    public long pairs() {
        return pairs;
    }

    /// Visits each right node that shares a piece with a left one, once.
    ///
    /// @param stamps an array as long as the right nodes, zeroed before the first call and kept
    /// between calls
    public void forEachRight(int left, int[] stamps, IntConsumer visitor) {
        for (int piece : leftPieces[left]) {
            for (int right : postings[piece]) {
                if (stamps[right] != left + 1) {
                    stamps[right] = left + 1;
                    visitor.accept(right);
                }
            }
        }
    }

    private static long[][] cutAll(
            Kind kind, TextColumn texts, int[] rows, Map<Long, long[]> counts, int side) {
        long[][] all = new long[rows.length][];
        for (int i = 0; i < rows.length; i++) {
            all[i] = cut(kind, texts, rows[i]);
            for (long gram : all[i]) {
                counts.computeIfAbsent(gram, _ -> new long[2])[side]++;
            }
        }
        return all;
    }

    private static long[] cut(Kind kind, TextColumn texts, int row) {
        byte[] bytes = texts.bytes();
        int start = texts.start(row);
        int end = texts.end(row);
        if (start == end) {
            return new long[0];
        }
        long[] grams = new long[end - start + 2];
        int count = 0;
        if (kind == Kind.WORDS) {
            int from = start;
            for (int at = start; at <= end; at++) {
                if (at == end || bytes[at] == ' ') {
                    if (at > from) {
                        grams[count++] = Hash.of(bytes, from, at);
                    }
                    from = at + 1;
                }
            }
        } else {
            for (int at = start - 2; at < end; at++) {
                long gram = 0;
                for (int k = at; k < at + 3; k++) {
                    gram = gram << 9 | (k < start || k >= end ? 256 : bytes[k] & 0xFF);
                }
                grams[count++] = gram;
            }
        }
        Arrays.sort(grams, 0, count);
        int distinct = 0;
        for (int i = 0; i < count; i++) {
            if (i == 0 || grams[i] != grams[i - 1]) {
                grams[distinct++] = grams[i];
            }
        }
        return Arrays.copyOf(grams, distinct);
    }

    private static int[][] offered(
            Comparison comparison,
            long[][] all,
            Map<Long, long[]> counts,
            Map<Long, Integer> numbers) {
        int[][] offered = new int[all.length][];
        for (int i = 0; i < all.length; i++) {
            // All pieces count for the length that the comparison needs, also those that the other
            // side lacks: what is not shared can be what differs.
            Long[] byRarity = Arrays.stream(all[i]).boxed().toArray(Long[]::new);
            Arrays.sort(
                    byRarity,
                    (a, b) -> {
                        int byCost = Long.compare(cost(counts, a), cost(counts, b));
                        return byCost != 0 ? byCost : Long.compare(a, b);
                    });
            int wanted = Math.min(byRarity.length, needed(comparison, byRarity.length));
            int[] pieces = new int[wanted];
            int count = 0;
            for (int k = 0; k < wanted; k++) {
                if (cost(counts, byRarity[k]) > 0) {
                    Integer number = numbers.get(byRarity[k]);
                    if (number == null) {
                        number = numbers.size();
                        numbers.put(byRarity[k], number);
                    }
                    pieces[count++] = number;
                }
            }
            offered[i] = Arrays.copyOf(pieces, count);
        }
        return offered;
    }

    private static long cost(Map<Long, long[]> counts, long gram) {
        long[] both = counts.get(gram);
        return both == null ? 0 : both[0] * both[1];
    }

    private static int needed(Comparison comparison, int pieces) {
        if (!(comparison instanceof Comparison.Similar similar)
                || similar.similarity() == Similarity.TOKEN_SET) {
            return pieces;
        }
        double least = similar.atLeast();
        return switch (similar.similarity()) {
            case JACCARD -> pieces - (int) Math.ceil(least * pieces - 1e-9) + 1;
            case COSINE -> pieces;
            case LEVENSHTEIN -> 3 * (int) Math.floor((1 - least) * pieces / least + 1e-9) + 1;
            case JARO_WINKLER -> 3 * (int) Math.ceil(1.5 * (1 - least) * pieces / least) + 1;
            case TOKEN_SET, SOUNDEX, METAPHONE -> pieces;
        };
    }
}
