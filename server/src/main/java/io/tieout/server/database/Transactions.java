package io.tieout.server.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.jdbi.v3.core.ConnectionException;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;

/// Begins, commits, rolls back and repeats transactions.
final class Transactions {
    private static final int ATTEMPTS = 5;
    private static final Set<String> TURNED_DOWN = Set.of("40001", "40P01");
    private static final String STOOD_STILL = "25P03";

    private final Jdbi jdbi;
    private final Duration statementTimeout;

    Transactions(Jdbi jdbi, Duration statementTimeout) {
        this.jdbi = jdbi;
        this.statementTimeout = statementTimeout;
    }

    <R extends @Nullable Object> R run(
            Role role, Optional<UUID> userId, RequestId requestId, Access access, Work<R> body) {
        String begin = beginning(role, userId, requestId, access);
        int attempts = access == Access.WRITE_REPEATABLE ? ATTEMPTS : 1;
        for (int attempt = 1; ; attempt++) {
            try {
                return once(begin, body);
            } catch (JdbiException e) {
                if (attempt < attempts && isTurnedDown(e)) {
                    pause(attempt);
                } else {
                    throw translated(e);
                }
            }
        }
    }

    private <R extends @Nullable Object> R once(String begin, Work<R> body) {
        try (Handle handle = jdbi.open()) {
            handle.begin();
            try {
                begin(handle.getConnection(), begin);
                R result = body.in(handle);
                handle.commit();
                return result;
            } catch (SQLException e) {
                rollBack(handle, e);
                throw new StatementFailure(e);
            } catch (RuntimeException | Error e) {
                rollBack(handle, e);
                throw e;
            }
        }
    }

    /// Runs statements that commit one by one, as who signed in.
    void outside(Database.Statements body) {
        try (Handle handle = jdbi.open()) {
            Connection connection = handle.getConnection();
            begin(connection, "set role none");
            try {
                body.on(connection);
            } finally {
                begin(connection, "set role " + Role.APP.sqlName());
            }
        } catch (SQLException e) {
            throw translated(new StatementFailure(e));
        } catch (JdbiException e) {
            throw translated(e);
        }
    }

    private static void rollBack(Handle handle, Throwable cause) {
        try {
            handle.rollback();
        } catch (RuntimeException e) {
            // The connection is lost, and with it the transaction.
            cause.addSuppressed(e);
        }
    }

    private static void begin(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    // One round trip, which also carries BEGIN. Text and not parameters, because the comment makes
    // each one different, and prepared statements are kept for repetition; what is put in is a
    // constant, a number, a UUID, or a request id, whose type lets nothing through that ends a
    // comment or a literal.
    private String beginning(Role role, Optional<UUID> userId, RequestId requestId, Access access) {
        long timeoutMillis = role == Role.APP ? statementTimeout.toMillis() : 0;
        // Whoever stands still with locks, as a stopped machine does, is put out before those who
        // wait for them give up. Who only reads keeps nobody waiting.
        long idleMillis = access == Access.READ ? 0 : statementTimeout.toMillis() / 3;
        return "/* request_id=%s */ select set_config('role', '%s', true), set_config('tieout.user_id', '%s', true), set_config('application_name', 'tieout %s', true), set_config('statement_timeout', '%d', true), set_config('idle_in_transaction_session_timeout', '%d', true), set_config('transaction_read_only', '%s', true)"
                .formatted(
                        requestId.text(),
                        role.sqlName(),
                        userId.map(UUID::toString).orElse(""),
                        requestId.text(),
                        timeoutMillis,
                        idleMillis,
                        access == Access.READ ? "on" : "off");
    }

    private static RuntimeException translated(JdbiException e) {
        @Nullable SQLException cause = sqlCause(e);
        if (e instanceof ConnectionException || (cause != null && isLost(cause))) {
            return new DatabaseUnavailable("the database cannot be reached now", e);
        }
        return e;
    }

    private static boolean isTurnedDown(JdbiException e) {
        @Nullable SQLException cause = sqlCause(e);
        return cause != null
                && cause.getSQLState() != null
                && TURNED_DOWN.contains(cause.getSQLState());
    }

    // Classes 08 (connection) and 53 (resources), a server that is stopping or starting, and a
    // transaction that stood still for too long.
    private static boolean isLost(SQLException e) {
        String state = e.getSQLState();
        return state != null
                && (state.startsWith("08")
                        || state.startsWith("53")
                        || state.startsWith("57P0")
                        || state.equals(STOOD_STILL));
    }

    private static @Nullable SQLException sqlCause(Throwable e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql) {
                return sql;
            }
        }
        return null;
    }

    private static void pause(int attempt) {
        try {
            Thread.sleep(ThreadLocalRandom.current().nextLong(1, 10L << attempt));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
