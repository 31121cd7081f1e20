package io.tieout.server.database;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Objects;
import java.util.zip.CRC32;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationState;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.flywaydb.database.postgresql.PostgreSQLConfigurationExtension;

/// Brings a database to the schema of this program. Several servers may start at once: one
/// migrates, the others wait.
final class Migrations {
    /// The numbered migrations, as files of `db/migration`.
    static final List<String> FILES =
            List.of("V1__tables.sql", "V1_1__audit.sql", "V1_2__jobs.sql");

    private static final String FOLDER = "db/migration";

    private final DataSource owner;
    private final Flyway flyway;

    private Migrations(DataSource owner, List<Index> catalogue) {
        this.owner = owner;
        FluentConfiguration configuration =
                Flyway.configure(Migrations.class.getClassLoader())
                        .dataSource(owner)
                        .locations("classpath:" + FOLDER)
                        .javaMigrations(new ReconciliationIndexes(catalogue))
                        .lockRetryCount(-1)
                        .cleanDisabled(true);
        // Else Flyway holds its lock in an open transaction, for whose end CONCURRENTLY waits
        // forever.
        configuration
                .getConfigurationExtension(PostgreSQLConfigurationExtension.class)
                .setTransactionalLock(false);
        this.flyway = configuration.load();
    }

    /// @throws DatabaseFailure if the schema is newer than the program, was changed, or cannot be
    ///     brought to where it should be
    static void migrate(DataSource owner) {
        migrate(owner, IndexCatalogue.all());
    }

    static void migrate(DataSource owner, List<Index> catalogue) {
        String schema = fingerprint(catalogue);
        try {
            if (!schema.equals(fingerprint(owner))) {
                new Migrations(owner, catalogue).run();
                note(owner, schema);
            }
        } catch (FlywayException | SQLException e) {
            throw new DatabaseFailure(
                    "the database cannot be brought to the schema of this program (" + why(e) + ")",
                    "remove the cause and start again, which goes on where this ended",
                    e);
        }
    }

    // Flyway takes longer to find nothing to do than the database takes to start, so what was last
    // brought about is noted where it can be asked for in one query.
    private static String fingerprint(List<Index> catalogue) {
        CRC32 sum = new CRC32();
        for (String file : FILES) {
            try (InputStream in = Migrations.class.getResourceAsStream("/" + FOLDER + "/" + file)) {
                sum.update(Objects.requireNonNull(in, file).readAllBytes());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return "%s, %08x, indexes %08x"
                .formatted(FILES.getLast(), sum.getValue(), IndexCatalogue.checksum(catalogue));
    }

    private static String fingerprint(DataSource owner) throws SQLException {
        String sql = "select obj_description(to_regclass('flyway_schema_history'), 'pg_class')";
        try (Connection connection = owner.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return String.valueOf(row.getString(1));
        }
    }

    private static void note(DataSource owner, String schema) throws SQLException {
        try (Connection connection = owner.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("comment on table flyway_schema_history is '" + schema + "'");
        }
    }

    // Before version 16 an owner of the database that inherits nothing, as ours should not, has to
    // take its right to the schema as the role that every owner is a member of.
    private void claimSchema() throws SQLException {
        try (Connection connection = owner.getConnection();
                Statement statement = connection.createStatement()) {
            if (!mayCreate(statement)) {
                statement.execute("set role pg_database_owner");
                statement.execute("grant all on schema public to session_user with grant option");
                statement.execute("reset role");
            }
        }
    }

    private static boolean mayCreate(Statement statement) throws SQLException {
        String sql = "select has_schema_privilege('public', 'create with grant option')";
        try (ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getBoolean(1);
        }
    }

    private void run() throws SQLException {
        claimSchema();
        List<MigrationInfo> all = List.of(flyway.info().all());
        for (MigrationInfo each : all) {
            refuseNewer(each);
        }
        if (all.stream().anyMatch(Migrations::isFailedIndexBuild)) {
            forgetFailedIndexBuild();
        }
        flyway.migrate();
    }

    private static void refuseNewer(MigrationInfo each) {
        MigrationState state = each.getState();
        if (state == MigrationState.FUTURE_SUCCESS || state == MigrationState.FUTURE_FAILED) {
            throw new DatabaseFailure(
                    "the database has schema version "
                            + each.getVersion()
                            + ", which is newer than this program",
                    "start a newer version of Tieout, or restore a backup into an empty database");
        }
    }

    private static boolean isFailedIndexBuild(MigrationInfo each) {
        return each.getDescription().equals(ReconciliationIndexes.DESCRIPTION)
                && each.getState().isFailed();
    }

    // Of it alone, for it can be run again; Flyway's own repair would also take changed migrations
    // for good.
    private void forgetFailedIndexBuild() throws SQLException {
        String sql = "delete from flyway_schema_history where not success and description = ?";
        try (Connection connection = owner.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, ReconciliationIndexes.DESCRIPTION);
            statement.executeUpdate();
        }
    }

    // The last cause is PostgreSQL's own sentence, where there is one.
    private static String why(Exception e) {
        Throwable last = e;
        while (last.getCause() != null) {
            last = last.getCause();
        }
        return String.valueOf(last.getMessage())
                .lines()
                .filter(line -> !line.isBlank())
                .findFirst()
                .orElse(last.getClass().getSimpleName());
    }
}
