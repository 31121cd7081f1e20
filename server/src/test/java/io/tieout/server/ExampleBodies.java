package io.tieout.server;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/// A valid body for every route that takes one, by the route's name.
final class ExampleBodies {
    private ExampleBodies() {}

    /// The body.
    ///
    /// @param ids of the things that the body names
    /// @return empty for a route that takes none
    static Optional<Object> of(String route, Map<String, UUID> ids) {
        return Optional.ofNullable(all(ids).get(route));
    }

    private static Map<String, Object> all(Map<String, UUID> ids) {
        Map<String, Object> all = new HashMap<>();
        all.put("login", Map.of("email", "nobody@example.org", "password", "wrong"));
        all.put("refresh", Map.of("refresh_token", "wrong"));
        all.put("changePassword", Map.of("current_password", "wrong", "new_password", "wrong"));
        all.put("acceptLink", Map.of("token", "wrong", "password", "wrong"));
        all.put("inviteUser", Map.of("email", "invited@example.org", "name", "Invited"));
        all.put("changeUser", Map.of("name", "Renamed"));
        all.put("createProject", Map.of("name", "mine"));
        all.put("changeProject", Map.of("name", "mine now", "four_eyes", true));
        all.put("addMember", Map.of("email", "person1@example.org", "role", "owner"));
        all.put("changeMember", Map.of("role", "viewer"));
        all.put("createServiceToken", Map.of("name", "mine", "role", "viewer"));
        Map<String, Object> reconciliation =
                Map.of(
                        "name",
                        "mine",
                        "left_data_source_id",
                        id(ids, "data_source_id"),
                        "right_data_source_id",
                        id(ids, "data_source_id"),
                        "plan",
                        ProjectFilling.PLAN);
        all.put("createReconciliation", reconciliation);
        all.put("changeReconciliation", Map.of("name", "mine now"));
        all.put("checkPlan", Map.of("plan", ProjectFilling.PLAN));
        all.put("startJob", Map.of());
        all.put("decideOnResult", Map.of("action", "comment", "comment", "mine"));
        all.put(
                "decideOnResults",
                Map.of(
                        "action", "comment",
                        "comment", "mine",
                        "result_ids", List.of(id(ids, "result_id"))));
        return all;
    }

    private static UUID id(Map<String, UUID> ids, String kind) {
        return Objects.requireNonNull(ids.get(kind), kind);
    }
}
