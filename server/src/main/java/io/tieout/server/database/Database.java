package io.tieout.server.database;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import javax.sql.DataSource;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.StatementContext;
import org.jdbi.v3.core.statement.StatementExceptions;
import org.jdbi.v3.postgres.PostgresPlugin;
import org.jspecify.annotations.Nullable;

/// The database, ready for use: started if it is the embedded one, at this program's schema, with a
/// pool of connections.
///
/// Every body of statements runs in one transaction, isolation read committed, as one of:
///
/// - `inApp`: the user of a request. Row-level security shows the projects of that user only.
/// - `inWorker`: jobs, sign-in and upkeep. Sees all rows, owns nothing.
/// - `inOwner`: who owns the tables, for making and dropping parts of them. Sees no row.
///
/// A connection that is not in such a body is the first of these with no user, and sees nothing.
public final class Database implements AutoCloseable {
    private static final int WORKER_CONNECTIONS = 4;

    private final @Nullable HomeLock lock;
    private final @Nullable EmbeddedPostgres embedded;
    private final HikariDataSource pool;
    private final HikariDataSource workers;
    private final Transactions transactions;

    private Database(
            @Nullable HomeLock lock,
            @Nullable EmbeddedPostgres embedded,
            DataSource source,
            DatabaseSettings settings) {
        this.lock = lock;
        this.embedded = embedded;
        // Whoever forgets to say as whom a statement runs is a user who is nobody.
        this.pool = pool("database", source, settings, settings.poolSize(), Role.APP);
        this.workers = pool("workers", source, settings, WORKER_CONNECTIONS, Role.WORKER);
        Jdbi jdbi = Jdbi.create(pool).installPlugin(new PostgresPlugin());
        // Not the values that were bound: an exception ends in the log.
        jdbi.getConfig(StatementExceptions.class)
                .setMessageRendering(
                        e -> e.getShortMessage() + " [" + statement(e.getStatementContext()) + "]");
        this.transactions = new Transactions(jdbi, settings.statementTimeout());
    }

    /// Starts or reaches the database, migrates it to this program's schema, and opens the pool.
    ///
    /// @throws DatabaseFailure if it cannot be used; nothing is left running then
    public static Database open(DatabaseSettings settings) {
        return settings.url()
                .map(url -> at(DatabaseUrl.parse(url), settings))
                .orElseGet(() -> atHome(settings));
    }

    private static Database atHome(DatabaseSettings settings) {
        HomeLock lock = HomeLock.acquire(settings.home());
        EmbeddedPostgres embedded = null;
        try {
            embedded = EmbeddedPostgres.start(settings.home());
            return ready(lock, embedded, embedded.url(), settings);
        } catch (RuntimeException e) {
            if (embedded != null) {
                embedded.close();
            }
            lock.close();
            throw e;
        }
    }

    static Database at(DatabaseUrl url, DatabaseSettings settings) {
        return ready(null, null, url, settings);
    }

    private static Database ready(
            @Nullable HomeLock lock,
            @Nullable EmbeddedPostgres embedded,
            DatabaseUrl url,
            DatabaseSettings settings) {
        DataSource source = url.dataSource();
        ServerCheck.check(source, url);
        Migrations.migrate(source);
        return new Database(lock, embedded, source, settings);
    }

    private static String statement(@Nullable StatementContext context) {
        return context == null ? "none" : String.valueOf(context.getRawSql());
    }

    private static HikariDataSource pool(
            String name, DataSource source, DatabaseSettings settings, int size, Role role) {
        HikariConfig config = new HikariConfig();
        config.setDataSource(source);
        config.setPoolName(name);
        config.setMaximumPoolSize(size);
        config.setMinimumIdle(role == Role.APP ? Math.min(2, size) : 0);
        config.setConnectionTimeout(settings.connectionTimeout().toMillis());
        config.setTransactionIsolation("TRANSACTION_READ_COMMITTED");
        config.setConnectionInitSql("set role " + role.sqlName());
        // Opened at the first use, so that starting does not wait for it twice.
        config.setInitializationFailTimeout(-1);
        return new HikariDataSource(config);
    }

    /// Runs the body as a user, with [Access#WRITE].
    ///
    /// @throws DatabaseUnavailable if no connection can be had in time
    public <R extends @Nullable Object> R inApp(Actor actor, Work<R> body) {
        return inApp(actor, Access.WRITE, body);
    }

    /// Runs the body as a user, who sees the rows of the projects they are a member of.
    ///
    /// @throws DatabaseUnavailable if no connection can be had in time
    public <R extends @Nullable Object> R inApp(Actor actor, Access access, Work<R> body) {
        return transactions.run(
                Role.APP, Optional.of(actor.userId()), actor.requestId(), access, body);
    }

    /// Runs the body as the worker, with [Access#WRITE].
    ///
    /// @param requestId the request that caused the work
    /// @throws DatabaseUnavailable if no connection can be had in time
    public <R extends @Nullable Object> R inWorker(RequestId requestId, Work<R> body) {
        return inWorker(requestId, Access.WRITE, body);
    }

    /// Runs the body as the worker, who sees every row and has no time limit.
    ///
    /// @param requestId the request that caused the work
    /// @throws DatabaseUnavailable if no connection can be had in time
    public <R extends @Nullable Object> R inWorker(
            RequestId requestId, Access access, Work<R> body) {
        return transactions.run(Role.WORKER, Optional.empty(), requestId, access, body);
    }

    /// Runs the body as the owner of the tables, who may change them and sees no row of them.
    ///
    /// @param requestId the request that caused the work
    /// @throws DatabaseUnavailable if no connection can be had in time
    public <R extends @Nullable Object> R inOwner(RequestId requestId, Work<R> body) {
        return transactions.run(Role.OWNER, Optional.empty(), requestId, Access.WRITE, body);
    }

    /// Runs what cannot be in a transaction, as the owner of the tables, committing each statement
    /// by itself.
    void outsideTransactions(Statements body) {
        transactions.outside(body);
    }

    /// Statements of no transaction.
    @FunctionalInterface
    interface Statements {
        void on(Connection connection) throws SQLException;
    }

    /// Connections for libraries that bring statements of their own, such as the scheduler: as the
    /// worker, and few of them.
    public DataSource workerConnections() {
        return workers;
    }

    /// Closes the pool, then stops the embedded database if there is one.
    @Override
    public void close() {
        pool.close();
        workers.close();
        if (embedded != null) {
            embedded.close();
        }
        if (lock != null) {
            lock.close();
        }
    }
}
