package io.tieout.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.tieout.server.ApiClient.Reply;
import io.tieout.server.database.RequestId;
import io.tieout.server.http.Route;
import io.tieout.server.permission.Requirement;
import io.tieout.server.permission.Role;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// The third wall: every route × everybody × every project. What is expected is in `routes.txt`,
/// written by hand, and not in the routes themselves: a check that is taken out of a route breaks
/// the table, and a route that is not in the table breaks the build.
///
/// A caller who is let in gets 422 for a query parameter that no route has, before anything is
/// done; so everything can be tried on the same things.
final class AuthorizationTest {
    private static final String UNKNOWN_PARAMETER = "?no_route_has_this=1";
    private static final Pattern LINE = Pattern.compile("(\\S+) +(\\S+) +(\\S+)");
    private static final Pattern PARAMETER = Pattern.compile("\\{([a-z_]+)}");

    private static PlatformWorld world;

    @BeforeAll
    static void build() {
        world = PlatformWorld.build(gate -> gate);
    }

    @AfterAll
    static void close() {
        world.close();
    }

    /// Who may call a route, by the table.
    private enum Who {
        ANYONE,
        SIGNED_IN,
        ADMINISTRATOR,
        VIEWER,
        /// Members, and administrators although they are none.
        VIEWER_OR_ADMINISTRATOR,
        REVIEWER,
        EDITOR,
        OWNER,
        /// Owners, and administrators although they are no members.
        OWNER_OR_ADMINISTRATOR
    }

    private static Map<String, Who> table() {
        Map<String, Who> table = new LinkedHashMap<>();
        try (InputStream in = AuthorizationTest.class.getResourceAsStream("routes.txt")) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            for (String line : text.lines().toList()) {
                if (!line.isBlank() && !line.startsWith("#")) {
                    Matcher cells = LINE.matcher(line.strip());
                    assertThat(cells.matches()).as(line).isTrue();
                    table.put(
                            cells.group(1) + " " + cells.group(2),
                            Who.valueOf(cells.group(3).toUpperCase(Locale.ROOT)));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return table;
    }

    private static String nameOf(Route<?, ?> route) {
        return route.method() + " " + route.template();
    }

    @Test
    void theTableHasEveryRouteAndNoOther() {
        assertThat(table().keySet())
                .containsExactlyInAnyOrderElementsOf(
                        world.routes().stream().map(AuthorizationTest::nameOf).toList());
    }

    @Test
    void everybodyIsLetInOrNotAsTheTableSays() {
        List<String> wrong = new ArrayList<>();
        table().forEach((name, who) -> tryRoute(name, who, wrong));
        assertThat(wrong).isEmpty();
    }

    private static void tryRoute(String name, Who who, List<String> wrong) {
        for (Map.Entry<String, ApiClient> caller : world.callers().entrySet()) {
            for (Map.Entry<String, Map<String, UUID>> place : world.places().entrySet()) {
                if (!name.contains("{") && !place.getKey().equals("own")) {
                    continue;
                }
                int expected = expected(who, caller.getKey(), place.getKey());
                int actual = call(caller.getValue(), name, place.getValue()).status();
                if (actual != expected) {
                    wrong.add(
                            name
                                    + " by "
                                    + caller.getKey()
                                    + " in "
                                    + place.getKey()
                                    + ": "
                                    + actual
                                    + ", expected "
                                    + expected);
                }
            }
        }
    }

    private static int expected(Who who, String caller, String place) {
        if (who == Who.ANYONE) {
            return 422;
        }
        if (List.of("anonymous", "disabled", "expired", "signed out").contains(caller)) {
            return 401;
        }
        if (who == Who.SIGNED_IN) {
            return 422;
        }
        if (who == Who.ADMINISTRATOR) {
            return caller.equals("administrator") ? 422 : 403;
        }
        if (caller.equals("administrator")) {
            boolean there = place.equals("own") || place.equals("foreign");
            boolean may = who == Who.OWNER_OR_ADMINISTRATOR || who == Who.VIEWER_OR_ADMINISTRATOR;
            return may && there ? 422 : 404;
        }
        if (caller.equals("foreign owner")) {
            return place.equals("foreign") ? 422 : 404;
        }
        if (!place.equals("own") || List.of("removed", "stranger").contains(caller)) {
            return 404;
        }
        Role role = Role.valueOf(caller.replace("machine as ", "").toUpperCase(Locale.ROOT));
        Role least = Role.valueOf(who.name().replace("_OR_ADMINISTRATOR", ""));
        return role.compareTo(least) >= 0 ? 422 : 403;
    }

    private static Reply call(ApiClient client, String name, Map<String, UUID> ids) {
        int space = name.indexOf(' ');
        String path = filled(name.substring(space + 1), ids) + UNKNOWN_PARAMETER;
        return client.send(name.substring(0, space), path);
    }

    private static String filled(String template, Map<String, UUID> ids) {
        return PARAMETER
                .matcher(template)
                .replaceAll(
                        parameter -> {
                            String name = parameter.group(1);
                            return Objects.requireNonNull(ids.get(name), name).toString();
                        });
    }

    @Test
    void whatIsForeignAndWhatIsUnknownAnswerAlike() {
        Map<String, String> different = new TreeMap<>();
        Map<String, UUID> foreign = world.place("foreign");
        Map<String, UUID> unknown = world.place("unknown");
        Map<String, UUID> deleted = world.place("deleted");
        for (Route<?, ?> route : world.routes()) {
            if (route.requirement() instanceof Requirement.InProject) {
                String expected = call(world.person("owner"), nameOf(route), unknown).comparable();
                for (Map<String, UUID> ids : List.of(foreign, deleted)) {
                    String actual = call(world.person("owner"), nameOf(route), ids).comparable();
                    if (!actual.equals(expected)) {
                        different.put(nameOf(route), actual);
                    }
                }
            }
        }
        assertThat(different).isEmpty();
    }

    @Test
    void aRoleTakenAwayIsGoneAtOnce() {
        var owner = world.person("owner");
        var member = world.newMember("editor");
        String path = "/api/projects/" + world.id("own", "project_id");
        assertThat(member.api().get(path).status()).isEqualTo(200);
        assertThat(owner.delete(path + "/members/" + member.id()).status()).isEqualTo(204);
        assertThat(member.api().get(path).status()).isEqualTo(404);
    }

    @Test
    void everyRequestIdIsInTheAuditTrailOfWhatItDid() {
        String id = "trace-me-" + UUID.randomUUID();
        world.person("owner")
                .with("X-Request-Id", id)
                .post("/api/projects", Map.of("name", "traced"));
        long entries =
                world.database()
                        .inWorker(
                                new RequestId("look"),
                                handle ->
                                        handle.createQuery(
                                                        "select count(*) from audit_log where request_id = :id")
                                                .bind("id", id)
                                                .mapTo(Long.class)
                                                .one());
        assertThat(entries).isEqualTo(1);
    }
}
