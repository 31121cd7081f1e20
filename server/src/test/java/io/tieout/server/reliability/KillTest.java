package io.tieout.server.reliability;

import static org.assertj.core.api.Assertions.assertThat;

import io.tieout.server.reliability.KillDrill.Victim;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Servers that are killed in the middle of what they do. So many kills as `-Dtieout.kills` says,
/// at moments that `-Dtieout.seed` brings again.
final class KillTest {
    private static final int KILLS = Integer.getInteger("tieout.kills", 20);
    private static final long SEED = Long.getLong("tieout.seed", System.nanoTime());

    /// Of so many kills one is of a server with a database of its own.
    private static final int EMBEDDED_EVERY = 5;

    private static final List<Operation> ALL = List.of(Operation.values());
    private static final List<Operation> FEW =
            List.of(Operation.LARGE_UPLOAD, Operation.LARGE_JOB, Operation.BULK_DECISION);

    @Test
    void whereverAServerIsKilledNothingIsLostAndNothingDoubled() {
        int kills = KILLS - KILLS / EMBEDDED_EVERY;
        KillTable table = new KillTable();
        try (KillDrill drill = new KillDrill(Platform.shared(), new Random(SEED), table)) {
            drill.measure(ALL);
            for (int i = 0; i < kills; i++) {
                drill.round(ALL.get(i % ALL.size()), Victim.SERVER);
            }
            drill.checkRows();
        }
        tell("a server", kills, table);
    }

    @Test
    void norWhereItsOwnDatabaseIsKilledToo() {
        int kills = KILLS / EMBEDDED_EVERY;
        KillTable table = new KillTable();
        try (KillDrill drill = new KillDrill(Platform.embedded(), new Random(SEED), table)) {
            drill.measure(FEW);
            for (int i = 0; i < kills; i++) {
                Victim victim = i % 2 == 0 ? Victim.SERVER_AND_DATABASE : Victim.SERVER;
                drill.round(FEW.get(i % FEW.size()), victim);
            }
            drill.checkRows();
        }
        tell("a server with its own database", kills, table);
    }

    private static void tell(String what, int kills, KillTable table) {
        System.out.printf(
                "%n%d kills of %s, -Dtieout.seed=%d%n%s%n", kills, what, SEED, table.text());
        assertThat(table.problems()).isEmpty();
    }
}
