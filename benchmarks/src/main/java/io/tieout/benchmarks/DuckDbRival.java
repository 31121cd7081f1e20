package io.tieout.benchmarks;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/// DuckDB over JDBC, as somebody would do it who knows SQL: full outer join straight on the files,
/// then the best pair of both sides within the tolerance, copied out as CSV.
final class DuckDbRival implements Rival {
    private static final String COLUMNS =
            """
            {'id': 'VARCHAR', 'date': 'DATE', 'amount': 'DECIMAL(18,2)', 'currency': 'VARCHAR',
             'reference': 'VARCHAR', 'counterparty': 'VARCHAR', 'description': 'VARCHAR'}""";

    private static final String EXACT =
            """
            SELECT l.id AS left_key, r.id AS right_key,
                   CASE WHEN r.id IS NULL THEN 'left break'
                        WHEN l.id IS NULL THEN 'right break' ELSE 'matched' END AS status
            FROM lefts l FULL OUTER JOIN rights r
              ON l.reference = r.reference AND l.amount = r.amount
             AND l.currency = r.currency AND l.date = r.date""";

    /// Days are spread out, so that they too are joined by equality; all amounts are positive.
    private static final String TOLERANCE =
            """
            WITH open_left AS MATERIALIZED (
              SELECT l.* FROM lefts l JOIN joined j ON j.left_key = l.id WHERE j.right_key IS NULL),
            open_right AS MATERIALIZED (
              SELECT r.* FROM rights r JOIN joined j ON j.right_key = r.id WHERE j.left_key IS NULL),
            near_left AS MATERIALIZED (
              SELECT o.*, o.date + d.days AS near_date
              FROM open_left o CROSS JOIN (VALUES (-2), (-1), (0), (1), (2)) d(days)),
            close AS MATERIALIZED (
              SELECT l.id AS left_key, r.id AS right_key, l.reference AS lref, r.reference AS rref,
                     l.amount AS la, r.amount AS ra, l.date AS ld, r.date AS rd
              FROM near_left l JOIN open_right r
                ON l.currency = r.currency AND r.date = l.near_date
               AND r.amount BETWEEN l.amount * 0.995 AND l.amount / 0.995),
            pairs AS (
              SELECT left_key, right_key,
                     jaro_winkler_similarity(lref, rref)
                       - abs(la - ra) / greatest(la, ra, 0.01) - abs(ld - rd) / 10.0 AS score
              FROM close WHERE jaro_winkler_similarity(lref, rref) >= 0.85),
            ranked AS (
              SELECT left_key, right_key,
                     row_number() OVER (PARTITION BY left_key ORDER BY score DESC, right_key) AS lr,
                     row_number() OVER (PARTITION BY right_key ORDER BY score DESC, left_key) AS rr
              FROM pairs),
            near AS (SELECT left_key, right_key FROM ranked WHERE lr = 1 AND rr = 1)
            SELECT left_key, right_key, status FROM joined WHERE status = 'matched'
            UNION ALL SELECT left_key, right_key, 'near' FROM near
            UNION ALL SELECT id, NULL, 'left break' FROM open_left
              WHERE id NOT IN (SELECT left_key FROM near)
            UNION ALL SELECT NULL, id, 'right break' FROM open_right
              WHERE id NOT IN (SELECT right_key FROM near)""";

    private final Connection connection;

    DuckDbRival(int threads) {
        try {
            connection = DriverManager.getConnection("jdbc:duckdb:");
            try (Statement statement = connection.createStatement()) {
                statement.execute("SET threads = " + threads);
            }
        } catch (SQLException e) {
            throw new IllegalStateException("DuckDB does not start", e);
        }
    }

    @Override
    public long run(Job job, Path corpus, Path out) {
        Path file = out.resolve("duckdb.csv");
        try (Statement statement = connection.createStatement()) {
            statement.execute(source("lefts", corpus.resolve("left.csv")));
            statement.execute(source("rights", corpus.resolve("right.csv")));
            switch (job) {
                case EXACT -> copy(statement, EXACT, file);
                case TOLERANCE -> {
                    statement.execute("CREATE OR REPLACE TEMP TABLE joined AS " + EXACT);
                    copy(statement, TOLERANCE, file);
                }
            }
            try (ResultSet count =
                    statement.executeQuery(
                            "SELECT count(*) FROM read_csv('"
                                    + file
                                    + "') WHERE status IN ('matched', 'near')")) {
                count.next();
                return count.getLong(1);
            }
        } catch (SQLException e) {
            throw new IllegalStateException("DuckDB cannot do " + job, e);
        }
    }

    // Paths are the benchmark's own; DuckDB takes no parameter in their place.
    private static String source(String name, Path file) {
        return "CREATE OR REPLACE TEMP VIEW "
                + name
                + " AS SELECT * FROM read_csv('"
                + file
                + "', header = true, columns = "
                + COLUMNS
                + ")";
    }

    private static void copy(Statement statement, String query, Path file) throws SQLException {
        statement.execute("COPY (" + query + ") TO '" + file + "' (FORMAT csv, HEADER true)");
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            throw new IllegalStateException("DuckDB does not close", e);
        }
    }
}
