package io.tieout.server.database;

/// As whom a transaction runs.
enum Role {
    APP("tieout_app"),
    WORKER("tieout_worker"),
    // Who signed in.
    OWNER("none");

    private final String sqlName;

    Role(String sqlName) {
        this.sqlName = sqlName;
    }

    String sqlName() {
        return sqlName;
    }
}
