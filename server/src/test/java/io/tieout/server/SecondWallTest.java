package io.tieout.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tieout.server.ApiClient.Reply;
import io.tieout.server.http.Gate;
import io.tieout.server.http.Route;
import io.tieout.server.permission.Admission;
import io.tieout.server.permission.Caller;
import io.tieout.server.permission.Requirement;
import io.tieout.server.permission.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// The second wall alone: with a gate that lets everybody into everything, a stranger still sees
/// nothing of a project that is not theirs, and changes nothing in it.
final class SecondWallTest {
    private static final Pattern PARAMETER = Pattern.compile("\\{([a-z_]+)}");
    private static final AtomicReference<Optional<UUID>> PROJECT =
            new AtomicReference<>(Optional.empty());

    private static PlatformWorld world;

    @BeforeAll
    static void build() {
        world = PlatformWorld.build(SecondWallTest::open);
        PROJECT.set(Optional.of(world.id("foreign", "project_id")));
    }

    @AfterAll
    static void close() {
        PROJECT.set(Optional.empty());
        world.close();
    }

    /// Asks who calls, as ever, and nothing more.
    private static Gate open(Gate real) {
        return (requirement, authorization, ids) -> {
            Optional<UUID> project = PROJECT.get();
            if (project.isEmpty() || requirement instanceof Requirement.Anyone) {
                return real.admit(requirement, authorization, ids);
            }
            Caller caller = real.admit(new Requirement.SignedIn(), authorization, ids).required();
            return new Admission(Optional.of(caller), project, Optional.of(Role.OWNER));
        };
    }

    @Test
    void aStrangerSeesNothingOfAForeignProject() {
        List<String> leaks = new ArrayList<>();
        int tried = 0;
        for (Route<?, ?> route : world.routes()) {
            if (route.method().equals("GET")
                    && route.requirement() instanceof Requirement.InProject) {
                Reply reply = world.person("stranger").get(path(route));
                tried++;
                if (reply.body().contains("foreign") || reply.status() >= 500) {
                    leaks.add(route.template() + ": " + reply);
                }
            }
        }
        assertThat(tried).isPositive();
        assertThat(leaks).isEmpty();
    }

    @Test
    void everyRouteThatTakesABodyHasAnExample() {
        Map<String, UUID> ids = world.place("foreign");
        for (Route<?, ?> route : world.routes()) {
            if (route.body() instanceof Route.Takes.JsonBody
                    && route.requirement() instanceof Requirement.InProject) {
                assertThat(ExampleBodies.of(route.name(), ids)).as(route.name()).isPresent();
            }
        }
    }

    @Test
    void theOwnerWouldSeeIt() {
        // Otherwise the test above could not fail.
        String path = "/api/projects/" + world.id("foreign", "project_id") + "/data-sources";
        assertThat(world.person("foreign owner").get(path).body()).contains("foreign");
    }

    @Test
    void aStrangerChangesNothingInAForeignProject() {
        String before = world.stateOf(world.id("foreign", "project_id"));
        List<String> done = new ArrayList<>();
        for (Route<?, ?> route : world.routes()) {
            if (!route.method().equals("GET")
                    && route.requirement() instanceof Requirement.InProject) {
                Reply reply = call(route);
                // A check of a plan alone names nothing of the project, and keeps nothing in it.
                boolean mayAnswer = route.name().equals("checkPlan");
                if ((reply.status() < 300 && !mayAnswer) || reply.status() >= 500) {
                    done.add(route.method() + " " + route.template() + ": " + reply);
                }
            }
        }
        assertThat(done).isEmpty();
        assertThat(world.stateOf(world.id("foreign", "project_id"))).isEqualTo(before);
    }

    private static Reply call(Route<?, ?> route) {
        Map<String, UUID> ids = world.place("foreign");
        ApiClient stranger = world.person("stranger").with("If-Match", "\"1\"");
        if (route.body() instanceof Route.Takes.Bytes) {
            return stranger.post(path(route) + "?name=x", "text/csv", "a,b\n1,2\n".getBytes(UTF_8));
        }
        return stranger.send(route.method(), path(route), ExampleBodies.of(route.name(), ids));
    }

    private static String path(Route<?, ?> route) {
        Map<String, UUID> ids = world.place("foreign");
        return PARAMETER
                .matcher(route.template())
                .replaceAll(parameter -> String.valueOf(ids.get(parameter.group(1))));
    }
}
