package io.tieout.server.database;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;

/// Whether a server and the role that signs in are what this program needs, before anything is
/// changed there.
final class ServerCheck {
    // The first with which `public` belongs to the owner of the database alone.
    private static final int OLDEST_MAJOR = 15;
    private static final System.Logger LOG = System.getLogger(ServerCheck.class.getName());

    private final DatabaseUrl url;
    private final int oldestMajor;

    private ServerCheck(DatabaseUrl url, int oldestMajor) {
        this.url = url;
        this.oldestMajor = oldestMajor;
    }

    /// @throws DatabaseFailure if not
    static void check(DataSource source, DatabaseUrl url) {
        check(source, url, OLDEST_MAJOR);
    }

    static void check(DataSource source, DatabaseUrl url, int oldestMajor) {
        ServerCheck check = new ServerCheck(url, oldestMajor);
        try (Connection connection = source.getConnection()) {
            check.version(connection);
            check.facts(connection);
        } catch (SQLException e) {
            throw check.unreachable(e);
        }
    }

    private DatabaseFailure unreachable(SQLException e) {
        String state = e.getSQLState() == null ? "" : e.getSQLState();
        return switch (state) {
            case "28P01", "28000", "08004" ->
                    new DatabaseFailure(
                            "the server of " + url + " does not accept this user and password",
                            "correct them in DATABASE_URL, or allow them in pg_hba.conf",
                            e);
            case "3D000" ->
                    new DatabaseFailure(
                            "there is no database " + url,
                            "create it with: createdb --owner=ROLE NAME",
                            e);
            case "53300" ->
                    new DatabaseFailure(
                            "the server of " + url + " has no connection left",
                            "raise its max_connections, or close others",
                            e);
            case "57P03" ->
                    new DatabaseFailure(
                            "the server of " + url + " is starting or stopping",
                            "wait and start again",
                            e);
            case "42501" ->
                    new DatabaseFailure(
                            "the role may not connect to " + url,
                            "grant it CONNECT on the database",
                            e);
            default ->
                    new DatabaseFailure(
                            "the database " + url + " cannot be reached (" + kind(e) + ")",
                            "check host, port and network, and that the server runs",
                            e);
        };
    }

    // The driver's own words may repeat what the user typed; the class of the cause does not.
    private static String kind(SQLException e) {
        Throwable cause = e.getCause();
        return switch (cause) {
            case java.net.UnknownHostException _ -> "the host is unknown";
            case java.net.ConnectException _ -> "the connection is refused";
            case java.net.SocketTimeoutException _ -> "no answer in time";
            case javax.net.ssl.SSLException _ -> "encryption cannot be agreed on";
            case null, default -> "SQL state " + e.getSQLState();
        };
    }

    private void version(Connection connection) throws SQLException {
        int major = connection.getMetaData().getDatabaseMajorVersion();
        if (major < oldestMajor) {
            throw new DatabaseFailure(
                    "the server of "
                            + url
                            + " is PostgreSQL "
                            + major
                            + ", older than "
                            + oldestMajor,
                    "upgrade it to " + oldestMajor + " or later");
        }
    }

    private void facts(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(FACTS)) {
            row.next();
            String user = row.getString("quoted_user");
            if (row.getBoolean("superuser")) {
                LOG.log(
                        System.Logger.Level.WARNING,
                        "the role that signs in is a superuser, whom row-level security does not"
                                + " bind; give DATABASE_URL a role of its own");
            }
            if (row.getBoolean("inherits")) {
                LOG.log(
                        System.Logger.Level.WARNING,
                        "the role that signs in inherits the rights of tieout_worker; from version 16"
                                + " on that is seen to, before it by: alter role {0} noinherit",
                        user);
            }
            if (!"UTF8".equals(row.getString("encoding"))) {
                throw new DatabaseFailure(
                        "the database " + url + " has encoding " + row.getString("encoding"),
                        "create it with: createdb --encoding=UTF8 --template=template0 NAME");
            }
            roles(row, user);
            if (!row.getBoolean("owns_schema")) {
                throw new DatabaseFailure(
                        "the role does not own the database " + url,
                        "let its administrator run: alter database "
                                + row.getString("quoted_database")
                                + " owner to "
                                + user);
            }
        }
    }

    private void roles(ResultSet row, String user) throws SQLException {
        int missing = row.getInt("missing_roles");
        if (missing > 0 && !row.getBoolean("makes_roles")) {
            throw new DatabaseFailure(
                    "the role may not make the roles that " + url + " needs",
                    "let its administrator run: create role tieout_app nologin; create role"
                            + " tieout_worker nologin; grant tieout_app, tieout_worker to "
                            + user);
        }
        if (missing == 0 && !row.getBoolean("becomes_roles") && !row.getBoolean("grants_roles")) {
            throw new DatabaseFailure(
                    "the role may not become tieout_app and tieout_worker on the server of " + url,
                    "let its administrator run: grant tieout_app, tieout_worker to " + user);
        }
    }

    private static final String FACTS =
            """
            with me as (
              select rolname, rolsuper, rolbypassrls, rolcreaterole, rolinherit
                from pg_roles where rolname = current_user
            ), ours as (
              select oid, rolname from pg_roles where rolname in ('tieout_app', 'tieout_worker')
            )
            select me.rolsuper or me.rolbypassrls as superuser,
                   me.rolsuper or me.rolcreaterole as makes_roles,
                   2 - (select count(*) from ours) as missing_roles,
                   (select coalesce(bool_and(pg_has_role(current_user, oid, 'member')), false)
                      from ours) as becomes_roles,
                   me.rolsuper
                     or (me.rolcreaterole and current_setting('server_version_num')::int < 160000)
                     as grants_roles,
                   has_schema_privilege('public', 'create with grant option')
                     or pg_has_role(current_user, 'pg_database_owner', 'member') as owns_schema,
                   rolinherit and not rolsuper
                     and current_setting('server_version_num')::int < 160000 as inherits,
                   pg_encoding_to_char(d.encoding) as encoding,
                   quote_ident(current_user) as quoted_user,
                   quote_ident(d.datname) as quoted_database
              from me, pg_database d
             where d.datname = current_database()
            """;
}
