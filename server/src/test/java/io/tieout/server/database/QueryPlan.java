package io.tieout.server.database;

import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// How PostgreSQL would run a query for a user, row-level security included.
public final class QueryPlan {
    private final String text;
    private final Set<String> indexes = new TreeSet<>();
    private final Set<String> scanned = new TreeSet<>();

    private QueryPlan(String text) {
        this.text = text;
        walk(JsonMapper.shared().readTree(text));
    }

    /// The plan for a user.
    ///
    /// @param sql with a `?` for each of the values
    public static QueryPlan inApp(Database database, Actor actor, String sql, Object... values) {
        return new QueryPlan(database.inApp(actor, Access.READ, explain(sql, values)));
    }

    /// The plan for the worker.
    public static QueryPlan inWorker(
            Database database, RequestId requestId, String sql, Object... values) {
        return new QueryPlan(database.inWorker(requestId, Access.READ, explain(sql, values)));
    }

    private static Work<String> explain(String sql, Object... values) {
        return handle -> {
            var query = handle.createQuery("explain (format json) " + sql);
            for (int i = 0; i < values.length; i++) {
                query.bind(i, values[i]);
            }
            return query.mapTo(String.class).one();
        };
    }

    private void walk(JsonNode node) {
        if (node.isObject() && node.has("Index Name")) {
            indexes.add(node.get("Index Name").asString());
        }
        if (node.isObject() && "Seq Scan".equals(node.path("Node Type").asString(""))) {
            scanned.add(node.get("Relation Name").asString());
        }
        node.forEach(this::walk);
    }

    /// Names of the indexes that it uses; one partition's by the partition's name for it.
    public Set<String> indexes() {
        return indexes;
    }

    /// Tables that it reads from end to end.
    public Set<String> scanned() {
        return scanned;
    }

    /// Whether it uses an index of the catalogue, or one partition's part of it.
    public boolean uses(Index index) {
        return indexes.stream().anyMatch(name -> isOf(name, index));
    }

    private static boolean isOf(String name, Index index) {
        return name.equals(index.name()) || name.matches(index.name() + "_(shared|[0-9]+)");
    }

    @Override
    public String toString() {
        return text;
    }
}
