package io.tieout.formats.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.tieout.engine.failure.FailureException;
import io.tieout.formats.Damage;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Damages plans at random and reads them, for as long as `tieout.fuzz.seconds` says. Every input
/// must be read or refused with place, problem and remedy, soon; what was read must be the same
/// plan after its canonical form was read again.
@Tag("long")
final class PlanFuzzTest {
    private static final long SEED = Long.getLong("tieout.fuzz.seed", System.nanoTime());
    private static final Duration LIMIT = Duration.ofSeconds(5);

    private final Random random = new Random(SEED);
    private final Damage damage =
            new Damage(
                    random,
                    "\n",
                    "\t",
                    "  ",
                    "- ",
                    ": ",
                    ":",
                    "{",
                    "}",
                    "[",
                    "]",
                    "&a ",
                    "*a",
                    "!!str ",
                    "!",
                    "|",
                    ">",
                    "'",
                    "\"",
                    "#",
                    "%YAML 1.1\n",
                    "---\n",
                    "...\n",
                    "<<: ",
                    "? ",
                    "null",
                    "~",
                    "true",
                    "no",
                    "1e999999999",
                    "-1",
                    "0x10",
                    "0.1",
                    "±",
                    "1 %",
                    "\u0000",
                    "\u2028",
                    "\uFEFF",
                    "😀",
                    "tieout: 1\n",
                    "key: id\n",
                    "matches: \n",
                    "exact: [id]\n",
                    "within: \n",
                    "together: ",
                    "similar: ");

    @Test
    void damagedPlansAreReadOrRefused() {
        List<byte[]> broken = new ArrayList<>();
        List<byte[]> valid = TestingPlanFiles.VALID.stream().map(TestingPlanFiles::valid).toList();
        TestingPlanFiles.broken()
                .forEach(plan -> broken.add(plan.text().getBytes(StandardCharsets.UTF_8)));
        long end =
                System.nanoTime()
                        + Duration.ofSeconds(Integer.getInteger("tieout.fuzz.seconds", 60))
                                .toNanos();
        long tried = 0;
        long read = 0;
        while (System.nanoTime() < end) {
            List<byte[]> seeds = random.nextInt(4) > 0 ? valid : broken;
            byte[] bytes = damage.damaged(seeds.get(random.nextInt(seeds.size())));
            long start = System.nanoTime();
            read += isRead(bytes, "seed " + SEED + ", input " + tried) ? 1 : 0;
            assertThat(Duration.ofNanos(System.nanoTime() - start))
                    .as("seed %d, input %d", SEED, tried)
                    .isLessThan(LIMIT);
            tried++;
        }
        System.out.printf("%,d plans, %,d of them read (seed %d)%n", tried, read, SEED);
        assertThat(read).isPositive();
    }

    private static boolean isRead(byte[] bytes, String input) {
        PlanFile plan;
        try {
            plan = PlanFile.parse("plan.yaml", bytes);
        } catch (FailureException e) {
            assertThat(e.failure().problem()).as(input).isNotBlank();
            assertThat(e.failure().remedy()).as(input).isNotBlank();
            assertThat(e.failure().message())
                    .as(input)
                    .startsWith("plan.yaml")
                    .doesNotContain("\n");
            return false;
        }
        byte[] canonical = plan.canonicalJson().getBytes(StandardCharsets.UTF_8);
        assertThat(PlanFile.parse("plan.json", canonical).canonicalJson())
                .as(input)
                .isEqualTo(plan.canonicalJson());
        return true;
    }
}
