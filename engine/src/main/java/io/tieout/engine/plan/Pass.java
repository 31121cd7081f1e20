package io.tieout.engine.plan;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// One way of matching. It sees only the records that earlier passes left open.
///
/// @param name what outcomes call it
/// @param cardinality how many records of each side a match may hold
/// @param leftTogether names of left columns or fields whose equal values group left records; empty
/// on a side that is not many, and where groups are found by subset search
/// @param rightTogether the same for the right side
/// @param match the comparisons, all of which a candidate must meet; at least one, one for each
/// field
/// @param status what its matches are called where the assignment leaves no doubt
public record Pass(
        String name,
        Cardinality cardinality,
        List<String> leftTogether,
        List<String> rightTogether,
        List<FieldComparison> match,
        Status status) {

    /// What a match is worth without a reviewer.
    public enum Status {
        CONFIRMED("confirmed"),
        SUGGESTED("suggested");

        private final String word;

        Status(String word) {
            this.word = word;
        }

        /// The status as plans and outcome files write it.
        public String word() {
            return word;
        }
    }

    public Pass {
        leftTogether = List.copyOf(leftTogether);
        rightTogether = List.copyOf(rightTogether);
        match = List.copyOf(match);
        require(!name.isBlank(), "a pass needs a name");
        require(!match.isEmpty(), "pass " + name + " compares nothing");
        Set<String> names = new HashSet<>();
        long sums = 0;
        for (FieldComparison comparison : match) {
            require(
                    names.add(comparison.field()),
                    "pass " + name + " compares " + comparison.field() + " twice");
            sums += comparison.comparison() instanceof Comparison.Sum ? 1 : 0;
        }
        require(sums <= 1, "pass " + name + " sums more than one field");
        boolean grouped = cardinality != Cardinality.ONE_TO_ONE;
        require(grouped || sums == 0, "pass " + name + " sums a field but is one-to-one");
        require(
                grouped || (leftTogether.isEmpty() && rightTogether.isEmpty()),
                "pass " + name + " groups records but is one-to-one");
        require(
                cardinality.isMany(Side.LEFT) || leftTogether.isEmpty(),
                "pass " + name + " groups left records but allows only one");
        require(
                cardinality.isMany(Side.RIGHT) || rightTogether.isEmpty(),
                "pass " + name + " groups right records but allows only one");
        boolean searched = grouped && leftTogether.isEmpty() && rightTogether.isEmpty();
        require(
                !searched || sums == 1,
                "pass " + name + " needs `together` or a `sum` to find groups by");
        require(
                cardinality != Cardinality.MANY_TO_MANY
                        || (!leftTogether.isEmpty() && !rightTogether.isEmpty()),
                "pass " + name + " is many-to-many and needs `together` on both sides");
    }

    /// Names whose equal values group the records of a side.
    public List<String> together(Side side) {
        return side == Side.LEFT ? leftTogether : rightTogether;
    }

    /// Whether groups are found by searching for subsets that add up, rather than by `together`.
    public boolean searchesSubsets() {
        return cardinality != Cardinality.ONE_TO_ONE
                && leftTogether.isEmpty()
                && rightTogether.isEmpty();
    }

    private static void require(boolean valid, String problem) {
        if (!valid) {
            throw new IllegalArgumentException(problem);
        }
    }
}
