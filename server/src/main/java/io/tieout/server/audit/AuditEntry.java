package io.tieout.server.audit;

import io.tieout.server.http.Says;
import io.tieout.server.http.Text;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;

/// One entry of the trail.
///
/// @param chainId the chain it is in: its project, or all zeros for what belongs to none
/// @param number its place in the chain, from 1 without gaps
/// @param details by name
/// @param previousHash the hash of the entry before, in hex; empty for the first
/// @param hash over everything above and the previous hash, in hex
public record AuditEntry(
        UUID chainId,
        long number,
        Instant at,
        @Says("who; null for the system itself") Optional<UUID> actorId,
        String action,
        Optional<UUID> projectId,
        String subjectKind,
        String subjectId,
        @Text(min = 0, max = 100_000, lines = true) Map<String, String> details,
        String requestId,
        @Text(min = 0) String previousHash,
        String hash) {
    private static final DateTimeFormatter MICROS =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

    public AuditEntry {
        details = Map.copyOf(details);
    }

    /// What the hash must be, by what the entry says. The same is computed by the database when the
    /// entry is written; see the migration that makes the trail.
    public String computedHash() {
        StringBuilder content = new StringBuilder();
        netstring(content, previousHash);
        netstring(content, Long.toString(number));
        netstring(content, MICROS.format(at));
        optional(content, actorId.map(UUID::toString));
        netstring(content, action);
        optional(content, projectId.map(UUID::toString));
        netstring(content, subjectKind);
        netstring(content, subjectId);
        netstring(content, requestId);
        // Names of details are ASCII, whose order as texts is that of their bytes.
        new TreeMap<>(details)
                .forEach(
                        (name, value) -> {
                            netstring(content, name);
                            netstring(content, value);
                        });
        try {
            byte[] bytes = content.toString().getBytes(StandardCharsets.UTF_8);
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void netstring(StringBuilder content, String value) {
        content.append(value.getBytes(StandardCharsets.UTF_8).length)
                .append(':')
                .append(value)
                .append(',');
    }

    private static void optional(StringBuilder content, Optional<String> value) {
        if (value.isEmpty()) {
            content.append("-,");
        } else {
            netstring(content, value.get());
        }
    }
}
