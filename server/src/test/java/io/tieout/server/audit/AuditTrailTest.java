package io.tieout.server.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tieout.server.database.Access;
import io.tieout.server.database.Actor;
import io.tieout.server.database.Database;
import io.tieout.server.database.RequestId;
import io.tieout.server.database.TestingDatabase;
import io.tieout.server.database.TestingPostgres;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class AuditTrailTest {
    private static final RequestId REQUEST = new RequestId("audit");
    private static final UUID USER = new UUID(1, 1);
    private static final UUID PROJECT = new UUID(2, 2);

    private TestingDatabase testing;
    private Database database;

    @BeforeEach
    void open() {
        testing = TestingPostgres.database();
        database = testing.database();
        database.inWorker(
                REQUEST,
                handle -> {
                    handle.execute(
                            "insert into users (id, name, email, administrator) values (?, 'a', 'a@x', true)",
                            USER);
                    handle.execute(
                            "insert into projects (id, name, created_by) values (?, 'p', ?)",
                            PROJECT,
                            USER);
                    return handle.execute(
                            "insert into project_members (project_id, user_id, role, added_by) values (?, ?, 'owner', ?)",
                            PROJECT,
                            USER,
                            USER);
                });
    }

    @AfterEach
    void close() {
        testing.close();
    }

    private void append(String action, Map<String, String> details) {
        database.inApp(
                new Actor(USER, REQUEST),
                handle -> {
                    AuditTrail.append(
                            handle,
                            new AuditEvent(action, Optional.of(PROJECT), "thing", "1", details));
                    return true;
                });
    }

    private List<AuditEntry> entries() {
        return database.inApp(
                new Actor(USER, REQUEST),
                Access.READ,
                handle -> AuditStore.oldestOfChain(handle, PROJECT, 0, 1000));
    }

    private static AuditVerifier verified(List<AuditEntry> entries) {
        AuditVerifier verifier = new AuditVerifier();
        entries.forEach(verifier::accept);
        return verifier;
    }

    @Test
    void theHashOfTheDatabaseIsThatOfTheVerifier() {
        append("thing.make", Map.of());
        append("thing.change", Map.of("b", "täxt: 5,\"x\"", "a", "", "a_longer_name", "€"));

        List<AuditEntry> entries = entries();
        assertThat(entries).extracting(AuditEntry::number).containsExactly(1L, 2L);
        assertThat(entries.get(1).previousHash()).isEqualTo(entries.get(0).hash());
        assertThat(entries.get(1).actorId()).contains(USER);
        assertThat(verified(entries).problem()).isEmpty();
    }

    @Test
    void concurrentWritersMakeOneChain() throws Exception {
        List<Future<?>> writers = new ArrayList<>();
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 50; i++) {
                writers.add(executor.submit(() -> append("thing.make", Map.of())));
            }
        }
        for (Future<?> writer : writers) {
            writer.get();
        }
        assertThat(entries()).hasSize(50);
        assertThat(verified(entries()).problem()).isEmpty();
    }

    @Test
    void whatIsRolledBackLeavesNoGap() {
        append("thing.make", Map.of());
        assertThatThrownBy(
                        () ->
                                database.inApp(
                                        new Actor(USER, REQUEST),
                                        handle -> {
                                            AuditTrail.append(
                                                    handle,
                                                    AuditEvent.in(
                                                            PROJECT, "thing.lose", "thing", USER));
                                            throw new IllegalStateException("no");
                                        }))
                .hasMessage("no");
        append("thing.make", Map.of());
        assertThat(entries()).extracting(AuditEntry::number).containsExactly(1L, 2L);
    }

    @Test
    void anyChangeIsFound() {
        for (int i = 0; i < 5; i++) {
            append("thing.make", Map.of("i", Integer.toString(i)));
        }
        List<AuditEntry> entries = entries();
        List<AuditEntry> changed = new ArrayList<>(entries);
        AuditEntry old = entries.get(2);
        changed.set(
                2,
                new AuditEntry(
                        old.chainId(),
                        old.number(),
                        old.at(),
                        old.actorId(),
                        old.action(),
                        old.projectId(),
                        old.subjectKind(),
                        "2",
                        old.details(),
                        old.requestId(),
                        old.previousHash(),
                        old.hash()));
        assertThat(verified(changed).problem())
                .contains("entry 3 of chain " + PROJECT + " is not what its hash says");

        List<AuditEntry> without = new ArrayList<>(entries);
        without.remove(1);
        assertThat(verified(without).problem()).isPresent();

        List<AuditEntry> swapped = new ArrayList<>(entries);
        swapped.set(1, entries.get(2));
        swapped.set(2, entries.get(1));
        assertThat(verified(swapped).problem()).isPresent();
    }

    @Test
    void anEntryThatFitsItsOwnHashIsHeldAgainstTheOthers() {
        for (int i = 0; i < 5; i++) {
            append("thing.make", Map.of("i", Integer.toString(i)));
        }
        List<AuditEntry> entries = entries();
        List<AuditEntry> rewritten = new ArrayList<>(entries);
        AuditEntry second = entries.get(1);
        rewritten.set(1, fitting(second, second.number(), second.previousHash()));
        assertThat(verified(rewritten).problem())
                .contains("entry 3 of chain " + PROJECT + " does not follow the entry before it");

        List<AuditEntry> closed = new ArrayList<>(entries.subList(0, 1));
        closed.add(fitting(entries.get(2), 3, entries.get(0).hash()));
        assertThat(verified(closed).problem())
                .contains("entry 3 of chain " + PROJECT + " comes where entry 2 is expected");
    }

    /// An entry about something else whose hash is right.
    private static AuditEntry fitting(AuditEntry old, long number, String previousHash) {
        AuditEntry forged = forged(old, number, previousHash, "");
        return forged(old, number, previousHash, forged.computedHash());
    }

    private static AuditEntry forged(
            AuditEntry old, long number, String previousHash, String hash) {
        return new AuditEntry(
                old.chainId(),
                number,
                old.at(),
                old.actorId(),
                old.action(),
                old.projectId(),
                old.subjectKind(),
                "forged",
                old.details(),
                old.requestId(),
                previousHash,
                hash);
    }

    @Test
    void noSqlOfAUserWritesPastTheFunction() {
        append("thing.make", Map.of());
        for (String sql :
                List.of(
                        "update audit_log set action = 'x'",
                        "delete from audit_log",
                        "truncate audit_log",
                        """
                        insert into audit_log (chain_id, number, at, action, subject_kind, subject_id, details,
                          request_id, previous_hash, hash)
                        values (gen_random_uuid(), 1, now(), 'x', 'x', 'x', '{}', 'x', '', '')
                        """)) {
            assertThatThrownBy(
                            () ->
                                    database.inApp(
                                            new Actor(USER, REQUEST),
                                            handle -> handle.execute(sql)))
                    .as(sql)
                    .hasMessageContaining("permission denied");
        }
    }

    @Test
    void noOneWritesInTheNameOfAnother() {
        database.inApp(
                new Actor(new UUID(9, 9), REQUEST),
                handle -> {
                    AuditTrail.append(handle, AuditEvent.of("x.y", "x", "1"));
                    return true;
                });
        List<AuditEntry> entries =
                database.inApp(
                        new Actor(USER, REQUEST),
                        Access.READ,
                        handle -> AuditStore.oldestOfChain(handle, new UUID(0, 0), 0, 10));
        assertThat(entries)
                .extracting(AuditEntry::actorId)
                .containsExactly(Optional.of(new UUID(9, 9)));
    }
}
