package io.tieout.engine.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// The properties of one-to-one passes for as long as `tieout.fuzz.seconds` says, over instances a
/// little larger than a build has time for. A failure names the seed of its instance.
@Tag("long")
final class OracleFuzzTest {
    private static final long SEED = Long.getLong("tieout.fuzz.seed", System.nanoTime());
    private static final Duration LENGTH =
            Duration.ofSeconds(Integer.getInteger("tieout.fuzz.seconds", 10));

    @Test
    void whateverComesIsMatchedAsTheOracleWouldMatchIt() {
        long end = System.nanoTime() + LENGTH.toNanos();
        for (long seed = SEED; System.nanoTime() < end; seed++) {
            Instance instance = instance(new Random(seed));
            try {
                requireAll(instance, seed);
            } catch (AssertionError e) {
                throw new AssertionError("-Dtieout.fuzz.seed=" + seed + instance, e);
            }
        }
    }

    private static void requireAll(Instance instance, long seed) {
        Found found = instance.run();
        for (PassView pass : PassView.of(instance, found)) {
            Fraction total = Fraction.ZERO;
            for (Found.Match match : pass.matches()) {
                total = total.plus(Oracle.score(pass.pass(), match.left(), match.right()));
            }
            assertThat(total).isEqualTo(pass.assignments().best());
            pass.requireStatuses();
        }
        Invariants.everyRecordEndsInOnePlace(instance, found);
        Invariants.amountsTieOut(instance, found);
        Invariants.shufflingChangesNothing(instance, seed);
        Invariants.unmatchedRecordsDoNotShow(instance);
        assertThat(instance.swapped().run().toldMirrored()).isEqualTo(found.told());
    }

    private static Instance instance(Random random) {
        List<String> keys =
                new ArrayList<>(IntStream.range(10, 24).mapToObj(i -> "k" + i).toList());
        Collections.shuffle(keys, random);
        return new Instance(
                RandomRows.passes(random, 1 + random.nextInt(3)),
                RandomRows.rows(random, keys.subList(0, random.nextInt(7))),
                RandomRows.rows(random, keys.subList(7, 7 + random.nextInt(7))));
    }
}
