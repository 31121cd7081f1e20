package io.tieout.server.database;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;

/// Where a database is and as whom it is reached. Its text form never shows the password.
///
/// @param jdbc without user and password
/// @param place host, port and name, for messages
record DatabaseUrl(String jdbc, String place, @Nullable String user, @Nullable String password) {
    private static final String JDBC = "jdbc:postgresql:";
    private static final int CONNECT_SECONDS = 5;

    /// Reads `jdbc:postgresql://host/db?user=…` or `postgres://user:password@host/db?sslmode=…`.
    ///
    /// @throws DatabaseFailure if it is neither
    static DatabaseUrl parse(String text) {
        String url = text.strip();
        if (url.startsWith(JDBC)) {
            return ofUri(url.substring(JDBC.length()));
        }
        if (url.startsWith("postgres://") || url.startsWith("postgresql://")) {
            return ofUri(url.substring(url.indexOf(':') + 1));
        }
        throw invalid("it begins with neither jdbc:postgresql:// nor postgres://");
    }

    static DatabaseUrl loopback(int port, String database, String user, String password) {
        String place = "127.0.0.1:" + port + "/" + database;
        return new DatabaseUrl(JDBC + "//" + place + "?sslmode=disable", place, user, password);
    }

    /// The same server and role, another database.
    DatabaseUrl withDatabase(String database) {
        int slash = place.lastIndexOf('/');
        String other = place.substring(0, slash + 1) + database;
        return new DatabaseUrl(jdbc.replace("//" + place, "//" + other), other, user, password);
    }

    private static DatabaseUrl ofUri(String rest) {
        URI uri;
        try {
            uri = new URI("postgres:" + rest);
        } catch (URISyntaxException e) {
            throw invalid(
                    "character " + (e.getIndex() + 1) + " or one near it must be percent-encoded");
        }
        // A name with an underscore, or several hosts, is no server-based authority to URI.
        String authority = uri.getRawAuthority();
        if (authority == null || authority.isEmpty()) {
            throw invalid("it names no host");
        }
        int at = authority.lastIndexOf('@');
        String hosts = authority.substring(at + 1);
        String path = uri.getRawPath();
        if (path == null || path.length() < 2 || path.indexOf('/', 1) >= 0) {
            throw invalid("it names no database after the host, as in host:5432/tieout");
        }
        Credentials credentials =
                at < 0 ? new Credentials(null, null) : Credentials.of(authority.substring(0, at));
        StringBuilder query = new StringBuilder();
        for (String pair : Optional.ofNullable(uri.getRawQuery()).orElse("").split("&", -1)) {
            if (pair.isEmpty()) {
                continue;
            }
            int equals = pair.indexOf('=');
            String name = equals < 0 ? pair : pair.substring(0, equals);
            String value = decode(equals < 0 ? "" : pair.substring(equals + 1));
            switch (name) {
                case "user" -> credentials = new Credentials(value, credentials.password());
                case "password" -> credentials = new Credentials(credentials.user(), value);
                default -> append(query, property(name), value);
            }
        }
        String place = hosts + path;
        return new DatabaseUrl(
                JDBC + "//" + place + query, place, credentials.user(), credentials.password());
    }

    private record Credentials(@Nullable String user, @Nullable String password) {
        static Credentials of(String info) {
            int colon = info.indexOf(':');
            return colon < 0
                    ? new Credentials(decode(info), null)
                    : new Credentials(
                            decode(info.substring(0, colon)), decode(info.substring(colon + 1)));
        }
    }

    private static void append(StringBuilder query, String name, String value) {
        query.append(query.isEmpty() ? '?' : '&')
                .append(name)
                .append('=')
                .append(URLEncoder.encode(value, StandardCharsets.UTF_8));
    }

    // The C library's names, in which such URLs are handed out, for the driver's.
    private static String property(String name) {
        return switch (name) {
            case "connect_timeout" -> "connectTimeout";
            case "application_name" -> "ApplicationName";
            case "target_session_attrs" -> "targetServerType";
            default -> name;
        };
    }

    // A plus sign is itself here, and must not be read as a space.
    private static String decode(String text) {
        try {
            return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw invalid("a % in it is not followed by two hexadecimal digits");
        }
    }

    private static DatabaseFailure invalid(String why) {
        return new DatabaseFailure(
                "DATABASE_URL cannot be read: " + why,
                "write it as postgres://user:password@host:5432/database");
    }

    DataSource dataSource() {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setConnectTimeout(CONNECT_SECONDS);
        source.setTcpKeepAlive(true);
        source.setApplicationName("tieout");
        source.setReWriteBatchedInserts(true);
        source.setUrl(jdbc);
        // The details of an error quote the values of rows, and end in the log.
        source.setLogServerErrorDetail(false);
        if (user != null) {
            source.setUser(user);
        }
        if (password != null) {
            source.setPassword(password);
        }
        return source;
    }

    @Override
    public String toString() {
        return place;
    }
}
