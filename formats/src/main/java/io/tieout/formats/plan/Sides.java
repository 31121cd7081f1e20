package io.tieout.formats.plan;

import io.tieout.engine.plan.Side;
import java.util.Optional;
import java.util.function.Function;

/// One thing said of each side.
record Sides<T>(T left, T right) {
    static <T> Sides<T> both(T value) {
        return new Sides<>(value, value);
    }

    T of(Side side) {
        return side == Side.LEFT ? left : right;
    }

    /// Reads one value that holds for both sides, or `{left: …, right: …}`.
    ///
    /// @param absent what holds for a side of which nothing is said
    static <T> Sides<T> read(Optional<Node> node, Function<Node, T> one, T absent) {
        if (node.isEmpty()) {
            return both(absent);
        }
        if (!(node.get() instanceof Node.Mapping mapping)) {
            return both(one.apply(node.get()));
        }
        Keys.SIDES.check(mapping);
        if (mapping.entries().isEmpty()) {
            throw Invalid.at(
                    mapping.place(), "neither side is given", "write `left`, `right` or both");
        }
        return new Sides<>(
                mapping.get("left").map(one).orElse(absent),
                mapping.get("right").map(one).orElse(absent));
    }
}
