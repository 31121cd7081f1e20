package io.tieout.server.database;

import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;

/// Brings a database to the schema of this program. Several servers may start at once: one
/// migrates, the others wait.
final class Migrations {
    private Migrations() {}

    /// @throws DatabaseFailure if the schema is newer than the program, was changed, or cannot be
    /// brought to where it should be
    static void migrate(DataSource owner) {
        Flyway flyway =
                Flyway.configure(Migrations.class.getClassLoader())
                        .dataSource(owner)
                        .locations("classpath:db/migration")
                        .lockRetryCount(-1)
                        .cleanDisabled(true)
                        .load();
        refuseNewer(flyway);
        try {
            flyway.migrate();
        } catch (FlywayException e) {
            throw new DatabaseFailure(
                    "the database cannot be brought to the schema of this program ("
                            + firstLine(e)
                            + ")",
                    "remove the cause and start again; nothing is half done",
                    e);
        }
    }

    private static void refuseNewer(Flyway flyway) {
        MigrationInfo current = flyway.info().current();
        if (current != null && current.getState().isResolved()) {
            return;
        }
        if (current != null) {
            throw new DatabaseFailure(
                    "the database has schema version "
                            + current.getVersion()
                            + ", which is newer than this program",
                    "start a newer version of Tieout, or restore a backup into an empty database");
        }
    }

    private static String firstLine(FlywayException e) {
        return String.valueOf(e.getMessage())
                .lines()
                .filter(l -> !l.isBlank())
                .findFirst()
                .orElse("");
    }
}
