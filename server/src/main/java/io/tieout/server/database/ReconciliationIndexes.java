package io.tieout.server.database;

import java.util.List;
import org.flywaydb.core.api.MigrationVersion;
import org.flywaydb.core.api.migration.Context;
import org.flywaydb.core.api.migration.JavaMigration;
import org.jspecify.annotations.Nullable;

/// The migration that makes the indexes those of the catalogue. It runs after the numbered ones,
/// and again whenever the catalogue has changed.
final class ReconciliationIndexes implements JavaMigration {
    static final String DESCRIPTION = "reconciliation indexes";

    private final List<Index> catalogue;

    ReconciliationIndexes(List<Index> catalogue) {
        this.catalogue = catalogue;
    }

    @Override
    public @Nullable MigrationVersion getVersion() {
        return null;
    }

    @Override
    public String getDescription() {
        return DESCRIPTION;
    }

    @Override
    public Integer getChecksum() {
        return IndexCatalogue.checksum(catalogue);
    }

    // An index cannot be built concurrently inside of one.
    @Override
    public boolean canExecuteInTransaction() {
        return false;
    }

    @Override
    public void migrate(Context context) throws Exception {
        new IndexBuild(context.getConnection()).run(catalogue);
    }
}
