package io.tieout.formats.plan;

import io.tieout.engine.failure.FailureException;
import io.tieout.engine.failure.Place;
import io.tieout.engine.plan.Field;
import io.tieout.engine.plan.Pass;
import io.tieout.engine.plan.Plan;
import io.tieout.engine.plan.SourceSpec;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Makes a plan of the tree of its file.
final class PlanReader {
    /// The only version of the plan file there is.
    static final String VERSION = "1";

    /// Longest name of a field or a pass, in UTF-16 code units.
    static final int MAX_NAME = 200;

    private static final String PASS_EXAMPLE = "`{name: reference, match: {reference: exact}}`";

    private PlanReader() {}

    /// @throws FailureException at the first mistake
    static Plan read(Node node) {
        Node.Mapping root =
                Keys.PLAN.check(node.mapping("a plan", "`version: 1`, then `fields` and `passes`"));
        requireVersion(root);
        SourceSpec left = source(root, "left");
        SourceSpec right = source(root, "right");
        Map<String, Field> fields = fields(root);
        List<Pass> passes = passes(root, fields);
        return Invalid.unlessRefused(
                root.place(), () -> new Plan(left, right, List.copyOf(fields.values()), passes));
    }

    private static void requireVersion(Node.Mapping root) {
        Node version = Keys.PLAN.required(root, "version", "`version: 1`");
        boolean known =
                version instanceof Node.Scalar scalar
                        && scalar.plain()
                        && scalar.text().equals(VERSION);
        if (!known) {
            throw Invalid.at(
                    version.place(), "the version of this plan is not 1", "write `version: 1`");
        }
    }

    private static SourceSpec source(Node.Mapping root, String side) {
        return root.get(side)
                .map(node -> SourceSpecReader.read(node, side))
                .orElse(SourceSpec.DEFAULT);
    }

    private static Map<String, Field> fields(Node.Mapping root) {
        Node.Mapping written =
                Keys.PLAN
                        .required(root, "fields", "`fields` with at least one field")
                        .mapping("`fields`", "each field as `name: {left: …, right: …}`");
        requireCount("fields", written.entries().size(), Plan.MAX_FIELDS, written.place());
        Map<String, Field> fields = new LinkedHashMap<>();
        written.entries()
                .forEach(
                        (name, entry) -> {
                            requireName("field", name, entry.keyPlace());
                            fields.put(
                                    name,
                                    Invalid.unlessRefused(
                                            entry.keyPlace(),
                                            () -> FieldReader.read(name, entry.value())));
                        });
        return fields;
    }

    private static List<Pass> passes(Node.Mapping root, Map<String, Field> fields) {
        Node written = Keys.PLAN.required(root, "passes", "`passes` with at least one pass");
        if (!(written instanceof Node.Listing listing)) {
            throw Invalid.at(
                    written.place(),
                    "`passes` is a list, not " + written.kind(),
                    "begin each pass with `- name: …`");
        }
        requireCount("passes", listing.items().size(), Plan.MAX_PASSES, listing.place());
        PassReader reader = new PassReader(fields);
        List<Pass> passes = new ArrayList<>();
        Map<String, Place> seen = new HashMap<>();
        for (Node node : listing.items()) {
            Node.Mapping mapping = Keys.PASS.check(node.mapping("a pass", PASS_EXAMPLE));
            Pass pass = Invalid.unlessRefused(mapping.place(), () -> reader.read(mapping));
            Place place = mapping.get("name").map(Node::place).orElse(mapping.place());
            Place first = seen.putIfAbsent(pass.name(), place);
            if (first != null) {
                throw Invalid.at(
                        place,
                        "two passes are named "
                                + Invalid.shown(pass.name())
                                + ", the first in line "
                                + first.line(),
                        "give each pass a name of its own");
            }
            passes.add(pass);
        }
        return passes;
    }

    private static void requireCount(String what, int count, int most, Place place) {
        if (count == 0) {
            throw Invalid.at(place, "`" + what + "` is empty", "write at least one");
        }
        if (count > most) {
            throw Invalid.at(
                    place,
                    "a plan has at most " + most + " " + what + ", not " + count,
                    "leave out those that decide nothing, or make two plans");
        }
    }

    /// Names go into outcomes and onto screens, so they are short and on one line.
    ///
    /// @param what `field` or `pass`
    static void requireName(String what, String name, Place place) {
        if (name.isBlank()) {
            throw Invalid.at(place, "the name of a " + what + " is blank", "write a name");
        }
        if (name.length() > MAX_NAME) {
            throw Invalid.at(
                    place,
                    "the name of a "
                            + what
                            + " has at most "
                            + MAX_NAME
                            + " characters, not "
                            + name.length(),
                    "shorten it");
        }
        if (name.codePoints().anyMatch(Character::isISOControl)) {
            throw Invalid.at(
                    place,
                    "the name of a " + what + " holds a line break or another control character",
                    "write it on one line");
        }
    }
}
