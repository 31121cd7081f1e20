package io.tieout.server.reconciliation;

import java.time.Instant;
import java.util.UUID;

/// A version of a plan as it is kept; it never changes.
///
/// @param version from 1
/// @param text as it was written
/// @param canonical in its canonical form
/// @param digest of the canonical form, 64 hexadecimal digits
public record StoredPlan(
        int version,
        String text,
        String canonical,
        String digest,
        UUID createdBy,
        Instant createdAt) {}
