package io.tieout.engine.oracle;

import static java.util.stream.Collectors.toCollection;

import io.tieout.engine.outcome.Breaks;
import io.tieout.engine.outcome.Breaks.Kind;
import io.tieout.engine.outcome.Matches;
import io.tieout.engine.outcome.Outcome;
import io.tieout.engine.plan.Pass.Status;
import io.tieout.engine.plan.Side;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;

/// An outcome told by keys, so that outcomes of differently ordered rows can be compared.
final class Found {
    /// A match; the keys of a side in their order.
    record Match(
            int pass,
            List<Row> left,
            List<Row> right,
            Status status,
            boolean ambiguous,
            double score,
            long differences) {
        String pair() {
            return pass + ":" + keys(left) + "=" + keys(right);
        }

        String mirroredPair() {
            return pass + ":" + keys(right) + "=" + keys(left);
        }

        /// All that is told of the match, with a word for the side that stands first.
        String told(String pair) {
            return pair + " " + status + (ambiguous ? " ambiguous " : " ") + score + differences;
        }

        private static List<String> keys(List<Row> rows) {
            return rows.stream().map(Row::key).sorted().toList();
        }
    }

    /// A break; the nearest record's key, or nothing.
    record Break(Row row, Kind kind, long fields, String nearest) {
        String told() {
            return row.key() + " " + kind + " " + Long.toBinaryString(fields) + " " + nearest;
        }
    }

    final Outcome outcome;
    final List<Match> matches = new ArrayList<>();
    final List<Break> leftBreaks;
    final List<Break> rightBreaks;

    Found(Instance instance, Outcome outcome) {
        this.outcome = outcome;
        Matches all = outcome.matches();
        for (int match = 0; match < all.size(); match++) {
            int m = match;
            matches.add(
                    new Match(
                            all.pass(m),
                            IntStream.range(0, all.leftCount(m))
                                    .mapToObj(i -> instance.left().get(all.left(m, i)))
                                    .toList(),
                            IntStream.range(0, all.rightCount(m))
                                    .mapToObj(i -> instance.right().get(all.right(m, i)))
                                    .toList(),
                            all.status(m),
                            all.isAmbiguous(m),
                            all.score(m),
                            all.differences(m)));
        }
        leftBreaks = breaks(outcome.breaks(Side.LEFT), instance.left(), instance.right());
        rightBreaks = breaks(outcome.breaks(Side.RIGHT), instance.right(), instance.left());
    }

    private static List<Break> breaks(Breaks breaks, List<Row> own, List<Row> other) {
        return IntStream.range(0, breaks.size())
                .mapToObj(
                        b ->
                                new Break(
                                        own.get(breaks.row(b)),
                                        breaks.kind(b),
                                        breaks.fields(b),
                                        breaks.nearest(b) == Breaks.NONE
                                                ? ""
                                                : other.get(breaks.nearest(b)).key()))
                .toList();
    }

    List<Match> matchesOf(int pass) {
        return matches.stream().filter(match -> match.pass() == pass).toList();
    }

    Set<String> pairs() {
        return matches.stream().map(Match::pair).collect(toCollection(TreeSet::new));
    }

    Set<String> told() {
        Set<String> told = new TreeSet<>();
        matches.forEach(match -> told.add(match.told(match.pair())));
        leftBreaks.forEach(b -> told.add("left " + b.told()));
        rightBreaks.forEach(b -> told.add("right " + b.told()));
        return told;
    }

    /// The same with the sides swapped.
    Set<String> toldMirrored() {
        Set<String> told = new TreeSet<>();
        matches.forEach(match -> told.add(match.told(match.mirroredPair())));
        rightBreaks.forEach(b -> told.add("left " + b.told()));
        leftBreaks.forEach(b -> told.add("right " + b.told()));
        return told;
    }

    List<Break> breaks() {
        List<Break> all = new ArrayList<>(leftBreaks);
        all.addAll(rightBreaks);
        return all;
    }

    List<Row> open(Side side) {
        return (side == Side.LEFT ? leftBreaks : rightBreaks).stream().map(Break::row).toList();
    }
}
