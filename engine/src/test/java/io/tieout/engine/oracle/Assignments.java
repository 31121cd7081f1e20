package io.tieout.engine.oracle;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Every assignment of greatest total score, found by trying all of them.
final class Assignments {
    static final int NONE = -1;

    private final @Nullable Fraction[][] scores;
    private final int[] chosen;
    private final boolean[] used;
    private Fraction best = Fraction.ZERO;
    private final List<int[]> optimal = new ArrayList<>();

    private Assignments(@Nullable Fraction[][] scores, int rights) {
        this.scores = scores;
        this.chosen = new int[scores.length];
        this.used = new boolean[rights];
        Arrays.fill(chosen, NONE);
        search(0, Fraction.ZERO);
    }

    /// @param scores by left and right unit, null where they are no candidate
    static Assignments of(@Nullable Fraction[][] scores, int rights) {
        return new Assignments(scores, rights);
    }

    private void search(int left, Fraction total) {
        if (left == scores.length) {
            int compared = total.compareTo(best);
            if (compared > 0) {
                optimal.clear();
                best = total;
            }
            if (compared >= 0) {
                optimal.add(chosen.clone());
            }
            return;
        }
        search(left + 1, total);
        for (int right = 0; right < used.length; right++) {
            Fraction score = scores[left][right];
            if (score != null && !used[right]) {
                chosen[left] = right;
                used[right] = true;
                search(left + 1, total.plus(score));
                used[right] = false;
                chosen[left] = NONE;
            }
        }
    }

    /// The greatest total.
    Fraction best() {
        return best;
    }

    /// All assignments with that total: for each left unit its right one, or [#NONE].
    List<int[]> optimal() {
        return optimal;
    }

    /// The one of them that is chosen where the order of pairs decides: the pair that comes first
    /// among all is taken if any assignment has it, then the next that any of the remaining has.
    ///
    /// @param order pairs, the most wanted first
    int[] first(List<int[]> order) {
        List<int[]> left = optimal;
        for (int[] pair : order) {
            List<int[]> having = left.stream().filter(a -> a[pair[0]] == pair[1]).toList();
            left = having.isEmpty() ? left : having;
        }
        return left.getFirst();
    }

    /// How many pairs of two classes the assignments have at least and at most.
    Range pairs(int[] leftClass, int leftWanted, int[] rightClass, int rightWanted) {
        return range(
                assignment ->
                        IntStream.range(0, assignment.length)
                                .filter(l -> leftClass[l] == leftWanted)
                                .filter(l -> assignment[l] != NONE)
                                .filter(l -> rightClass[assignment[l]] == rightWanted)
                                .count());
    }

    /// How many left units of a class are assigned at least and at most.
    Range lefts(int[] leftClass, int wanted) {
        return range(
                assignment ->
                        IntStream.range(0, assignment.length)
                                .filter(l -> leftClass[l] == wanted && assignment[l] != NONE)
                                .count());
    }

    /// The same for right units.
    Range rights(int[] rightClass, int wanted) {
        return range(
                assignment ->
                        Arrays.stream(assignment)
                                .filter(r -> r != NONE && rightClass[r] == wanted)
                                .count());
    }

    record Range(long least, long most) {}

    private interface Count {
        long of(int[] assignment);
    }

    private Range range(Count count) {
        TreeSet<Long> counts = new TreeSet<>();
        optimal.forEach(assignment -> counts.add(count.of(assignment)));
        return new Range(counts.first(), counts.last());
    }
}
