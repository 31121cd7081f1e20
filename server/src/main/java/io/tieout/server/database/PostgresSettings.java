package io.tieout.server.database;

import java.util.Map;
import java.util.TreeMap;

/// How an embedded PostgreSQL is set up.
final class PostgresSettings {
    private PostgresSettings() {}

    /// What is committed survives the loss of power.
    static Map<String, String> durable() {
        Map<String, String> settings = common();
        settings.put("fsync", "on");
        settings.put("synchronous_commit", "on");
        settings.put("full_page_writes", "on");
        return Map.copyOf(settings);
    }

    /// For tests: what is committed survives the end of the server, not that of the machine.
    static Map<String, String> forTests() {
        Map<String, String> settings = common();
        settings.put("fsync", "off");
        settings.put("synchronous_commit", "off");
        settings.put("full_page_writes", "off");
        return Map.copyOf(settings);
    }

    private static Map<String, String> common() {
        Map<String, String> settings = new TreeMap<>();
        settings.put("listen_addresses", "127.0.0.1");
        settings.put("unix_socket_directories", "");
        settings.put("max_connections", "100");
        settings.put("shared_buffers", "256MB");
        settings.put("effective_cache_size", "2GB");
        settings.put("work_mem", "16MB");
        settings.put("maintenance_work_mem", "256MB");
        settings.put("random_page_cost", "1.1");
        // Nobody replicates from here, and so rows copied into a table of the same transaction are
        // not written twice.
        settings.put("wal_level", "minimal");
        settings.put("max_wal_senders", "0");
        settings.put("wal_compression", "on");
        settings.put("max_wal_size", "4GB");
        settings.put("checkpoint_timeout", "15min");
        // Our queries are short; compiling them takes longer than running them.
        settings.put("jit", "off");
        settings.put("timezone", "UTC");
        settings.put("log_timezone", "UTC");
        settings.put("log_line_prefix", "%m [%p] %a ");
        settings.put("log_connections", "");
        // A statement or the detail of an error may hold customers' values.
        settings.put("log_min_error_statement", "panic");
        settings.put("log_error_verbosity", "terse");
        return settings;
    }
}
