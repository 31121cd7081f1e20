package io.tieout.benchmarks;

import io.tieout.engine.compare.TextSimilarity;
import io.tieout.engine.plan.Similarity;
import io.tieout.engine.table.TextColumn;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.apache.commons.text.similarity.JaroWinklerSimilarity;
import org.apache.commons.text.similarity.LevenshteinDistance;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// Pairs a second of the similarity kernels on texts of about 20 characters, beside commons-text.
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class SimilarityKernels {
    private static final int TEXTS = 1 << 10;

    private final TextSimilarity jaroWinkler = TextSimilarity.of(Similarity.JARO_WINKLER);
    private final TextSimilarity levenshtein = TextSimilarity.of(Similarity.LEVENSHTEIN);
    private final JaroWinklerSimilarity theirJaroWinkler = new JaroWinklerSimilarity();
    private final LevenshteinDistance theirLevenshtein = LevenshteinDistance.getDefaultInstance();
    private final String[] texts = new String[TEXTS];
    private final TextColumn column;
    private int at;

    /// Makes the texts, always the same.
    public SimilarityKernels() {
        SplittableRandom random = new SplittableRandom(1);
        TextColumn.Builder builder = new TextColumn.Builder(TEXTS, TEXTS * 24);
        for (int i = 0; i < TEXTS; i++) {
            texts[i] = "INVOICE " + random.nextInt(1 << 30) + " " + random.nextInt(100);
            builder.append(texts[i]);
        }
        column = builder.build();
    }

    private int next() {
        at = (at + 1) & (TEXTS - 1);
        return at;
    }

    /// Ours.
    @Benchmark
    public double jaroWinkler() {
        int i = next();
        return jaroWinkler.between(column, i, column, i * 7 & (TEXTS - 1));
    }

    /// Theirs.
    @Benchmark
    public double jaroWinklerOfCommonsText() {
        int i = next();
        return theirJaroWinkler.apply(texts[i], texts[i * 7 & (TEXTS - 1)]);
    }

    /// Ours.
    @Benchmark
    public double levenshtein() {
        int i = next();
        return levenshtein.between(column, i, column, i * 7 & (TEXTS - 1));
    }

    /// Theirs.
    @Benchmark
    public int levenshteinOfCommonsText() {
        int i = next();
        return theirLevenshtein.apply(texts[i], texts[i * 7 & (TEXTS - 1)]);
    }
}
