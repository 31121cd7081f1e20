package io.tieout.formats.plan;

import io.tieout.engine.failure.FailureException;
import io.tieout.engine.failure.Place;
import io.tieout.engine.plan.Cardinality;
import io.tieout.engine.plan.Comparison;
import io.tieout.engine.plan.Field;
import io.tieout.engine.plan.FieldComparison;
import io.tieout.engine.plan.Pass;
import io.tieout.engine.plan.Side;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Reads one pass. The engine refuses passes that make no sense too; the checks are made here
/// because only here it is known where the offending words stand.
final class PassReader {
    /// More columns than a person would group by.
    static final int MAX_TOGETHER = 20;

    static final Words<Cardinality> CARDINALITIES =
            Words.of("cardinality", Cardinality.values(), Cardinality::word);
    static final Words<Pass.Status> STATUSES =
            Words.of("status", Pass.Status.values(), Pass.Status::word);

    private final Map<String, Field> fields;

    /// @param fields the plan's fields, which a pass may name
    PassReader(Map<String, Field> fields) {
        this.fields = fields;
    }

    /// @param pass a mapping whose keys are known
    /// @throws FailureException at the first mistake
    Pass read(Node.Mapping pass) {
        Node nameNode = Keys.PASS.required(pass, "name", "`name: …`, which outcomes show");
        String name = nameNode.text("the name of a pass");
        PlanReader.requireName("pass", name, nameNode.place());
        Cardinality cardinality =
                pass.get("cardinality").map(CARDINALITIES::read).orElse(Cardinality.ONE_TO_ONE);
        Sides<List<String>> together = together(pass, cardinality);
        List<FieldComparison> match = match(pass, name);
        requireSums(pass, name, cardinality, match);
        requireGroups(pass, name, cardinality, together, match);
        return new Pass(
                name,
                cardinality,
                together.left(),
                together.right(),
                match,
                pass.get("status").map(STATUSES::read).orElse(Pass.Status.CONFIRMED));
    }

    private List<FieldComparison> match(Node.Mapping pass, String name) {
        Node.Mapping match =
                Keys.PASS
                        .required(pass, "match", "`match: {field: exact}`")
                        .mapping("`match`", "`{field: comparison, …}`");
        if (match.entries().isEmpty()) {
            throw Invalid.at(
                    match.place(),
                    "pass " + Invalid.shown(name) + " compares nothing",
                    "write `field: exact` or another comparison");
        }
        List<FieldComparison> comparisons = new ArrayList<>();
        match.entries()
                .forEach(
                        (field, entry) -> {
                            refuseUnknownField(name, field, entry.keyPlace());
                            comparisons.add(comparison(field, entry.value()));
                        });
        return comparisons;
    }

    private void refuseUnknownField(String pass, String field, Place place) {
        if (!fields.containsKey(field)) {
            throw Invalid.unknown(
                    place,
                    "pass "
                            + Invalid.shown(pass)
                            + " compares "
                            + Invalid.shown(field)
                            + ", which is no field of the plan",
                    field,
                    fields.keySet());
        }
    }

    private FieldComparison comparison(String name, Node node) {
        FieldComparison comparison = ComparisonReader.read(name, node);
        Field field = fields.get(name);
        String objection = field == null ? "" : comparison.comparison().objectionTo(field.type());
        if (!objection.isEmpty()) {
            // The engine says what to write where it knows.
            int remedy = objection.indexOf("; ");
            throw Invalid.at(
                    node.place(),
                    "field "
                            + Invalid.shown(name)
                            + ": "
                            + (remedy < 0 ? objection : objection.substring(0, remedy)),
                    remedy < 0
                            ? "compare it in another way, or change the `type` of the field"
                            : objection.substring(remedy + 2));
        }
        return comparison;
    }

    /// A list, or one name, groups the sides of which a match may hold many.
    private static Sides<List<String>> together(Node.Mapping pass, Cardinality cardinality) {
        Optional<Node> node = pass.get("together");
        if (node.isEmpty()) {
            return Sides.both(List.of());
        }
        if (cardinality == Cardinality.ONE_TO_ONE) {
            throw Invalid.at(
                    pass.keyPlace("together"),
                    "a one-to-one pass groups no records",
                    "set `cardinality` to one-to-many, many-to-one or many-to-many, or leave"
                            + " `together` out");
        }
        if (!(node.get() instanceof Node.Mapping sides)) {
            List<String> names = names(node.get());
            return new Sides<>(
                    cardinality.isMany(Side.LEFT) ? names : List.of(),
                    cardinality.isMany(Side.RIGHT) ? names : List.of());
        }
        Sides<List<String>> together = Sides.read(node, PassReader::names, List.of());
        for (Side side : Side.values()) {
            if (!cardinality.isMany(side) && !together.of(side).isEmpty()) {
                throw Invalid.at(
                        sides.keyPlace(side.word()),
                        "a "
                                + cardinality.word()
                                + " match holds one "
                                + side.word()
                                + " record, so there is nothing to group",
                        "group the " + side.opposite().word() + " side, or change `cardinality`");
            }
        }
        return together;
    }

    private static List<String> names(Node node) {
        List<Node> items = node.items();
        if (items.isEmpty() || items.size() > MAX_TOGETHER) {
            throw Invalid.at(
                    node.place(),
                    "`together` names from 1 to "
                            + MAX_TOGETHER
                            + " columns or fields, not "
                            + items.size(),
                    "name what the records of a group share; without `together` and with a `sum`"
                            + " groups are searched for");
        }
        Set<String> names = new LinkedHashSet<>();
        for (Node item : items) {
            String name = FieldReader.column(item, "a name in `together`");
            if (!names.add(name)) {
                throw Invalid.at(
                        item.place(),
                        "`together` names " + Invalid.shown(name) + " twice",
                        "keep one of them");
            }
        }
        return List.copyOf(names);
    }

    private static void requireSums(
            Node.Mapping pass, String name, Cardinality cardinality, List<FieldComparison> match) {
        List<String> sums =
                match.stream()
                        .filter(comparison -> comparison.comparison() instanceof Comparison.Sum)
                        .map(FieldComparison::field)
                        .toList();
        if (sums.size() > 1) {
            throw Invalid.at(
                    fieldPlace(pass, sums.get(1)),
                    "pass " + Invalid.shown(name) + " sums more than one field",
                    "sum one field, and compare the others in another way");
        }
        if (!sums.isEmpty() && cardinality == Cardinality.ONE_TO_ONE) {
            throw Invalid.at(
                    fieldPlace(pass, sums.getFirst()),
                    "a one-to-one pass has nothing to sum",
                    "set `cardinality` to one-to-many, many-to-one or many-to-many, or compare with"
                            + " `exact`");
        }
    }

    private static void requireGroups(
            Node.Mapping pass,
            String name,
            Cardinality cardinality,
            Sides<List<String>> together,
            List<FieldComparison> match) {
        boolean sums = match.stream().anyMatch(c -> c.comparison() instanceof Comparison.Sum);
        boolean left = !together.left().isEmpty();
        boolean right = !together.right().isEmpty();
        boolean lacking =
                switch (cardinality) {
                    case ONE_TO_ONE -> false;
                    case ONE_TO_MANY, MANY_TO_ONE -> !left && !right && !sums;
                    case MANY_TO_MANY -> !left || !right;
                };
        if (lacking) {
            boolean bothSides = cardinality == Cardinality.MANY_TO_MANY;
            throw Invalid.at(
                    pass.keyPlace("cardinality"),
                    "the "
                            + cardinality.word()
                            + " pass "
                            + Invalid.shown(name)
                            + " does not say what makes a group",
                    bothSides
                            ? "write `together: {left: […], right: […]}`"
                            : "write `together: […]`, or compare an amount with `sum`");
        }
    }

    private static Place fieldPlace(Node.Mapping pass, String field) {
        return pass.get("match")
                .map(match -> ((Node.Mapping) match).keyPlace(field))
                .orElse(pass.place());
    }
}
