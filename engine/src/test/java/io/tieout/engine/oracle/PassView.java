package io.tieout.engine.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import io.tieout.engine.plan.Pass;
import io.tieout.engine.plan.Side;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/// One pass of a run as the oracle sees it: the units that earlier passes left open, every best
/// assignment of them, and what the engine matched.
record PassView(
        Pass pass,
        List<List<Row>> lefts,
        List<List<Row>> rights,
        Assignments assignments,
        List<Found.Match> matches) {

    static List<PassView> of(Instance instance, Found found) {
        List<PassView> views = new ArrayList<>();
        Set<Row> taken = new HashSet<>();
        for (int p = 0; p < instance.passes().size(); p++) {
            Pass pass = instance.passes().get(p);
            List<List<Row>> lefts = Oracle.units(pass, Side.LEFT, open(instance.left(), taken));
            List<List<Row>> rights = Oracle.units(pass, Side.RIGHT, open(instance.right(), taken));
            List<Found.Match> matches = found.matchesOf(p);
            views.add(
                    new PassView(
                            pass,
                            lefts,
                            rights,
                            Assignments.of(Oracle.scores(pass, lefts, rights), rights.size()),
                            matches));
            for (Found.Match match : matches) {
                taken.addAll(match.left());
                taken.addAll(match.right());
            }
        }
        return views;
    }

    private static List<Row> open(List<Row> rows, Set<Row> taken) {
        return rows.stream().filter(row -> !taken.contains(row)).toList();
    }

    /// Matches of two classes of records alike are sure if every best assignment has as many of
    /// them, and ambiguous if some have none. If some have fewer, no more are sure than all have.
    void requireStatuses() {
        int[] leftClass = classes(lefts);
        int[] rightClass = classes(rights);
        for (Found.Match match : matches) {
            int left = leftClass[unit(lefts, match.left())];
            int right = rightClass[unit(rights, match.right())];
            List<Found.Match> alike =
                    matches.stream()
                            .filter(m -> leftClass[unit(lefts, m.left())] == left)
                            .filter(m -> rightClass[unit(rights, m.right())] == right)
                            .toList();
            long sure = alike.stream().filter(m -> !m.ambiguous()).count();
            long least = assignments.pairs(leftClass, left, rightClass, right).least();
            if (least >= alike.size()) {
                assertThat(sure)
                        .as("%s is in every best one", match.pair())
                        .isEqualTo(alike.size());
            } else {
                assertThat(sure)
                        .as("%s is not in every one", match.pair())
                        .isLessThanOrEqualTo(least);
            }
        }
    }

    /// Whether some best assignment matches more records like this open one than the engine did.
    boolean couldHold(Side side, Row row) {
        List<List<Row>> units = side == Side.LEFT ? lefts : rights;
        int unit = unitOf(units, row);
        if (unit < 0) {
            return false;
        }
        int[] classes = classes(units);
        long matched =
                matches.stream()
                        .map(m -> side == Side.LEFT ? m.left() : m.right())
                        .filter(rows -> classes[unit(units, rows)] == classes[unit])
                        .count();
        Assignments.Range range =
                side == Side.LEFT
                        ? assignments.lefts(classes, classes[unit])
                        : assignments.rights(classes, classes[unit]);
        return range.most() > matched;
    }

    private static int unitOf(List<List<Row>> units, Row row) {
        return IntStream.range(0, units.size())
                .filter(u -> units.get(u).contains(row))
                .findFirst()
                .orElse(-1);
    }

    static int unit(List<List<Row>> units, List<Row> rows) {
        int unit = unitOf(units, rows.getFirst());
        assertThat(unit).as("%s were open", rows).isNotNegative();
        assertThat(units.get(unit)).as("a whole group").containsExactlyInAnyOrderElementsOf(rows);
        return unit;
    }

    /// A number for each unit, equal for those whose records are alike one for one.
    private static int[] classes(List<List<Row>> units) {
        List<List<String>> known = new ArrayList<>();
        int[] classes = new int[units.size()];
        for (int u = 0; u < classes.length; u++) {
            List<String> content =
                    units.get(u).stream().map(row -> row.content().toString()).sorted().toList();
            if (!known.contains(content)) {
                known.add(content);
            }
            classes[u] = known.indexOf(content);
        }
        return classes;
    }
}
