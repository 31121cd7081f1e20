package io.tieout.server.database;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Makes the indexes of a database those of the catalogue, without keeping anybody from reading or
/// writing meanwhile. Every step looks at what is there first, so that a build that was interrupted
/// is finished by running it again: what it left half built is dropped and built anew.
final class IndexBuild {
    private static final System.Logger LOG = System.getLogger(IndexBuild.class.getName());

    private final Connection connection;

    /// @param connection of the owner, committing each statement by itself
    IndexBuild(Connection connection) {
        this.connection = connection;
    }

    void run(List<Index> catalogue) throws SQLException {
        // Of the session, since a server that is not ours may be set up for small machines.
        execute("set maintenance_work_mem = '256MB'");
        execute("set lock_timeout = '30s'");
        dropOthers(catalogue);
        int number = 0;
        for (Index index : catalogue) {
            number++;
            if (upToDate(index)) {
                continue;
            }
            LOG.log(
                    System.Logger.Level.INFO,
                    "building index {0} of {1}: {2}",
                    number,
                    catalogue.size(),
                    index.name());
            if (isPartitioned(index.table())) {
                buildPartitioned(index);
            } else {
                buildPlain(index.name(), index.table(), index.definition());
            }
            mark(index);
        }
    }

    /// What of the catalogue is not there as it should be: a name, and why.
    List<String> faults(List<Index> catalogue) throws SQLException {
        List<String> faults = new ArrayList<>();
        for (Index index : catalogue) {
            Optional<State> state = state(index.name());
            if (state.isEmpty()) {
                faults.add(index.name() + " is missing");
            } else if (!state.get().valid()) {
                faults.add(index.name() + " is half built");
            } else if (!state.get().mark().equals(markOf(index))) {
                faults.add(index.name() + " is of an earlier version");
            }
        }
        return faults;
    }

    private record State(boolean valid, String mark) {}

    private Optional<State> state(String name) throws SQLException {
        String sql =
                """
                select i.indisvalid, coalesce(obj_description(c.oid, 'pg_class'), '')
                  from pg_class c join pg_index i on i.indexrelid = c.oid
                 where c.relname = ? and c.relnamespace = 'public'::regnamespace
                """;
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, name);
            try (ResultSet row = statement.executeQuery()) {
                return row.next()
                        ? Optional.of(new State(row.getBoolean(1), row.getString(2)))
                        : Optional.empty();
            }
        }
    }

    private boolean upToDate(Index index) throws SQLException {
        return state(index.name()).equals(Optional.of(new State(true, markOf(index))));
    }

    // The definition as it was written; what PostgreSQL prints of it is worded anew by each
    // version.
    private static String markOf(Index index) {
        return index.table() + " " + index.definition();
    }

    private void mark(Index index) throws SQLException {
        execute(
                "comment on index "
                        + index.name()
                        + " is '"
                        + markOf(index).replace("'", "''")
                        + "'");
    }

    private void buildPlain(String name, String table, String definition) throws SQLException {
        if (state(name).isPresent()) {
            execute("drop index concurrently " + name);
        }
        execute("create index concurrently " + name + " on " + table + " " + definition);
    }

    // CONCURRENTLY does not know partitioned tables: an index on the parent alone, which is invalid
    // until each partition's own has been built and joined to it.
    private void buildPartitioned(Index index) throws SQLException {
        Optional<State> state = state(index.name());
        if (state.isPresent() && !state.get().mark().equals(markOf(index))) {
            execute("drop index " + index.name());
            state = Optional.empty();
        }
        if (state.isEmpty()) {
            execute(
                    "create index "
                            + index.name()
                            + " on only "
                            + index.table()
                            + " "
                            + index.definition());
            mark(index);
        }
        // A partition may join the table while this runs; it brings its index along.
        for (String partition : partitionsWithout(index)) {
            String name = index.name() + partition.substring(partition.lastIndexOf('_'));
            buildPlain(name, partition, index.definition());
            execute("alter index " + index.name() + " attach partition " + name);
        }
    }

    private List<String> partitionsWithout(Index index) throws SQLException {
        return texts(
                """
                select p.inhrelid::regclass::text
                  from pg_inherits p
                 where p.inhparent = ?::regclass
                   and not exists (
                         select 1 from pg_inherits x
                           join pg_index i on i.indexrelid = x.inhrelid
                          where x.inhparent = ?::regclass and i.indrelid = p.inhrelid)
                 order by 1
                """,
                index.table(),
                index.name());
    }

    private boolean isPartitioned(String table) throws SQLException {
        return !texts("select 'yes' from pg_partitioned_table where partrelid = ?::regclass", table)
                .isEmpty();
    }

    private void dropOthers(List<Index> catalogue) throws SQLException {
        Set<String> wanted = new HashSet<>();
        catalogue.forEach(index -> wanted.add(index.name()));
        List<String> present =
                texts(
                        """
                        select c.relname::text || case c.relkind when 'I' then ' partitioned' else '' end
                          from pg_class c
                         where c.relkind in ('i', 'I') and c.relname like 'idx\\_%'
                           and c.relnamespace = 'public'::regnamespace and not c.relispartition
                        """);
        for (String each : present) {
            String name = each.replace(" partitioned", "");
            if (!wanted.contains(name) && !belongsTo(name, wanted)) {
                LOG.log(System.Logger.Level.INFO, "dropping index {0}: no longer needed", name);
                execute("drop index " + (name.equals(each) ? "concurrently " : "") + name);
            }
        }
    }

    // One partition's, built but not joined to its parent yet.
    private static boolean belongsTo(String name, Set<String> wanted) {
        return wanted.contains(name.substring(0, name.lastIndexOf('_')));
    }

    private List<String> texts(String sql, String... values) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setString(i + 1, values[i]);
            }
            List<String> texts = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    texts.add(rows.getString(1));
                }
            }
            return texts;
        }
    }

    // What is put together here are names and definitions of the catalogue, which no user reaches.
    private void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
