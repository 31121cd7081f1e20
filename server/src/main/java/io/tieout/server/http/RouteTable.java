package io.tieout.server.http;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// All routes of the server, found by path and method. A path that is known with another method is
/// told apart from one that is unknown.
public final class RouteTable {
    private final List<Route<?, ?>> routes;
    private final Step root = new Step();

    /// @throws IllegalArgumentException where two routes are the same or have the same name
    public RouteTable(List<Route<?, ?>> routes) {
        this.routes = List.copyOf(routes);
        Set<String> names = new HashSet<>();
        for (Route<?, ?> route : routes) {
            if (!names.add(route.name())) {
                throw new IllegalArgumentException("two routes are named " + route.name());
            }
            add(route);
        }
    }

    /// All of them, in the order in which they were registered.
    public List<Route<?, ?>> routes() {
        return routes;
    }

    private void add(Route<?, ?> route) {
        Step step = root;
        for (String segment : route.segments()) {
            if (segment.startsWith("{")) {
                String parameter = segment.substring(1, segment.length() - 1);
                if (step.parameter == null) {
                    step.parameter = parameter;
                    step.any = new Step();
                }
                if (!step.parameter.equals(parameter)) {
                    throw new IllegalArgumentException(
                            route.template() + " calls " + step.parameter + " " + parameter);
                }
                step = step.any == null ? new Step() : step.any;
            } else {
                step = step.next.computeIfAbsent(segment, _ -> new Step());
            }
        }
        if (step.methods.put(route.method(), route) != null) {
            throw new IllegalArgumentException(route.method() + " " + route.template() + " twice");
        }
    }

    /// What a path leads to.
    sealed interface Found {
        /// A route.
        record Served(Route<?, ?> route, Map<String, UUID> ids) implements Found {}

        /// A path that takes other methods.
        record OtherMethod(String template, String allowed) implements Found {}

        /// Nothing.
        record Unknown() implements Found {}
    }

    Found find(String method, String path) {
        Map<String, UUID> ids = new LinkedHashMap<>();
        Optional<Step> end = walk(path, ids);
        if (end.isEmpty() || end.get().methods.isEmpty()) {
            return new Found.Unknown();
        }
        Map<String, Route<?, ?>> methods = end.get().methods;
        Route<?, ?> route = methods.get(method);
        if (route == null && method.equals("HEAD")) {
            route = methods.get("GET");
        }
        if (route != null) {
            return new Found.Served(route, ids);
        }
        return new Found.OtherMethod(
                methods.values().iterator().next().template(), String.join(", ", methods.keySet()));
    }

    private Optional<Step> walk(String path, Map<String, UUID> ids) {
        Step step = root;
        for (String segment : segments(path)) {
            Step next = step.next.get(segment);
            if (next == null) {
                // What is no id names nothing, just as an id that is not there.
                UUID id = PathIds.parse(segment);
                if (step.any == null || step.parameter == null || id == null) {
                    return Optional.empty();
                }
                ids.put(step.parameter, id);
                next = step.any;
            }
            step = next;
        }
        return Optional.of(step);
    }

    private static List<String> segments(String path) {
        List<String> segments = new ArrayList<>();
        int from = 1;
        while (from <= path.length()) {
            int slash = path.indexOf('/', from);
            int to = slash < 0 ? path.length() : slash;
            segments.add(path.substring(from, to));
            from = to + 1;
        }
        return segments;
    }

    private static final class Step {
        private final Map<String, Step> next = new HashMap<>();
        private final Map<String, Route<?, ?>> methods = new TreeMap<>();
        private @Nullable String parameter;
        private @Nullable Step any;
    }
}
