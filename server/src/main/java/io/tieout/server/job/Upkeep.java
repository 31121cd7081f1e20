package io.tieout.server.job;

import io.tieout.server.database.Database;
import io.tieout.server.database.RequestId;
import java.util.List;

/// Does the chores of all features, every hour, on one node.
final class Upkeep {
    private static final System.Logger LOG = System.getLogger(Upkeep.class.getName());
    private static final RequestId SELF = new RequestId("upkeep");

    /// Longer than anybody repeats a request.
    private static final String OLD_KEYS =
            "delete from idempotency_keys where created_at < now() - interval '48 hours'";

    /// The one chore that belongs to no feature.
    static final Chore IDEMPOTENCY_KEYS =
            new Chore("idempotency keys", handle -> handle.createUpdate(OLD_KEYS).execute());

    private final Database database;
    private final List<Chore> chores;

    Upkeep(Database database, List<Chore> chores) {
        this.database = database;
        this.chores = List.copyOf(chores);
    }

    /// Does them all; one that fails keeps none of the others from being done.
    void run() {
        for (Chore chore : chores) {
            try {
                int cleared = database.inWorker(SELF, handle -> chore.work().in(handle));
                LOG.log(System.Logger.Level.DEBUG, "cleared away " + cleared + " " + chore.name());
            } catch (RuntimeException e) {
                LOG.log(System.Logger.Level.WARNING, chore.name() + " were not cleared away", e);
            }
        }
    }
}
