package io.tieout.server.audit;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// Checks entries, given in the order of their numbers within each chain, against each other: that
/// none was changed, left out, put in or moved. That the end was not cut off can only be told by
/// the last hash, kept elsewhere.
public final class AuditVerifier {
    private final Map<UUID, AuditEntry> last = new HashMap<>();
    private long entries;
    private Optional<String> problem = Optional.empty();

    /// Checks the next entry.
    ///
    /// @return whether all is right so far
    public boolean accept(AuditEntry entry) {
        if (problem.isPresent()) {
            return false;
        }
        entries++;
        AuditEntry before = last.put(entry.chainId(), entry);
        long expected = before == null ? 1 : before.number() + 1;
        String where = "entry " + entry.number() + " of chain " + entry.chainId();
        if (entry.number() != expected) {
            problem = Optional.of(where + " comes where entry " + expected + " is expected");
        } else if (!entry.previousHash().equals(before == null ? "" : before.hash())) {
            problem = Optional.of(where + " does not follow the entry before it");
        } else if (!entry.computedHash().equals(entry.hash())) {
            problem = Optional.of(where + " is not what its hash says");
        }
        return problem.isEmpty();
    }

    /// What is wrong first, if anything.
    public Optional<String> problem() {
        return problem;
    }

    /// How many entries were checked.
    public long entries() {
        return entries;
    }

    /// The last hash of each chain.
    public Map<UUID, String> heads() {
        Map<UUID, String> heads = new HashMap<>();
        last.forEach((chain, entry) -> heads.put(chain, entry.hash()));
        return heads;
    }
}
