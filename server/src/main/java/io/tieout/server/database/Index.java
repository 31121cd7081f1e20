package io.tieout.server.database;

import java.util.Optional;

/// One index of the catalogue.
///
/// @param name `idx_` and the table's name, shortened, and what it is for
/// @param table the table; of a partitioned one every partition gets the index
/// @param columns columns or expressions as SQL, in order
/// @param where which rows are in it; empty: all
/// @param serves the query that needs it, by name; a test holds that query's plan to it
public record Index(
        String name,
        String table,
        String columns,
        @SuppressWarnings("OptionalUsedAsFieldOrParameterType") Optional<String> where,
        String serves) {

    // 63 bytes, less what tells the index of one partition from the parent's.
    private static final int MAX_NAME = 52;

    /// A checked entry.
    public Index {
        if (!name.matches("idx_[a-z0-9_]+") || name.length() > MAX_NAME) {
            throw new IllegalArgumentException(
                    "an index is called idx_…, at most " + MAX_NAME + " characters: " + name);
        }
    }

    static Index on(String table, String name, String columns, String serves) {
        return new Index(name, table, columns, Optional.empty(), serves);
    }

    Index whereOnly(String condition) {
        return new Index(name, table, columns, Optional.of(condition), serves);
    }

    /// What is indexed, as it follows the table in CREATE INDEX.
    String definition() {
        return "(" + columns + ")" + where.map(condition -> " where " + condition).orElse("");
    }
}
