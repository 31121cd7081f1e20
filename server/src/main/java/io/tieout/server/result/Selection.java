package io.tieout.server.result;

import io.tieout.server.problem.InputError;
import io.tieout.server.problem.Problem;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// A filter as it is carried out on the results of one job: the shelves it leaves, and what is left
/// to be said of the results on them.
///
/// @param shelves those with results of the wanted traits
/// @param ranges for each of these, the weights of the wanted amounts
/// @param isWeighed whether the filter says anything of amounts
/// @param days the wanted days
/// @param isDated whether the filter says anything of days
/// @param keys the wanted beginning of a key
/// @param assignee whose results
/// @param unassigned whether nobody's results only
/// @param members shelves with the records of matches of more than two
record Selection(
        List<Shelf> shelves,
        List<Range> ranges,
        boolean isWeighed,
        Range days,
        boolean isDated,
        Optional<Prefix> keys,
        Optional<UUID> assignee,
        boolean unassigned,
        List<Shelf> members) {
    Selection {
        shelves = List.copyOf(shelves);
        ranges = List.copyOf(ranges);
        members = List.copyOf(members);
    }

    /// Numbers from one to another, both included.
    record Range(long low, long high) {
        static final Range ALL = new Range(Long.MIN_VALUE, Long.MAX_VALUE);

        boolean isEmpty() {
            return low > high;
        }
    }

    /// Texts that begin with one.
    ///
    /// @param after the first text, in the order of their bytes, that comes after all of these;
    /// empty where there is none
    record Prefix(String from, Optional<String> after) {
        static Prefix of(String text) {
            int[] points = text.codePoints().toArray();
            for (int last = points.length - 1; last >= 0; last--) {
                if (points[last] < Character.MAX_CODE_POINT) {
                    int next = points[last] + 1;
                    // Surrogates are no characters.
                    points[last] =
                            next == Character.MIN_SURROGATE ? Character.MAX_SURROGATE + 1 : next;
                    return new Prefix(text, Optional.of(new String(points, 0, last + 1)));
                }
            }
            return new Prefix(text, Optional.empty());
        }
    }

    /// Whether the filter says something that a shelf's traits and the column it is sorted by do
    /// not decide.
    boolean isLeftOver(Sort.Column column) {
        return keys.isPresent()
                || assignee.isPresent()
                || unassigned
                || (isWeighed && column != Sort.Column.WEIGHT)
                || (isDated && column != Sort.Column.DAY);
    }

    /// @param at what the pointers to mistakes begin with, such as `?` or `/filter/`
    static Selection of(
            KeptOutcome outcome, Shelves shelves, ResultFilter filter, UUID caller, String at) {
        Reader reader = new Reader(outcome, filter, at);
        Optional<UUID> assignee = reader.assignee(caller);
        Optional<Integer> pass = reader.pass();
        reader.refuseMistakes();
        List<Shelf> wanted = new ArrayList<>();
        List<Range> ranges = new ArrayList<>();
        for (Shelf shelf : shelves.filled(traits -> isWanted(traits, filter, pass))) {
            Range range = reader.weights(shelf.traits().sign());
            if (!range.isEmpty()) {
                wanted.add(shelf);
                ranges.add(range);
            }
        }
        return new Selection(
                wanted,
                ranges,
                reader.isWeighed(),
                reader.days(),
                filter.dateFrom().isPresent() || filter.dateTo().isPresent(),
                filter.text().map(Prefix::of),
                assignee,
                filter.assignee().filter("none"::equals).isPresent(),
                filter.text().isPresent() ? shelves.members() : List.of());
    }

    private static boolean isWanted(Traits traits, ResultFilter filter, Optional<Integer> pass) {
        return !traits.isMember()
                && filter.status().map(s -> s == traits.status()).orElse(traits.isShown())
                && filter.kind().map(k -> k == traits.resultKind()).orElse(true)
                && filter.side().map(s -> s == traits.side()).orElse(true)
                && filter.breakKind().map(k -> k == traits.breakKind()).orElse(true)
                && filter.currency().map(c -> c.equals(traits.currency())).orElse(true)
                && pass.map(p -> traits.kind() == Traits.Kind.MATCH && p == traits.pass())
                        .orElse(true);
    }

    /// Reads a filter.
    private static final class Reader {
        private final KeptOutcome outcome;
        private final ResultFilter filter;
        private final String at;
        private final List<InputError> mistakes = new ArrayList<>();

        Reader(KeptOutcome outcome, ResultFilter filter, String at) {
            this.outcome = outcome;
            this.filter = filter;
            this.at = at;
        }

        void refuseMistakes() {
            if (!mistakes.isEmpty()) {
                throw Problem.invalid(mistakes).exception();
            }
        }

        Optional<UUID> assignee(UUID caller) {
            String word = filter.assignee().orElse("none");
            if (word.equals("none")) {
                return Optional.empty();
            }
            if (word.equals("me")) {
                return Optional.of(caller);
            }
            return Optional.of(UUID.fromString(word));
        }

        Optional<Integer> pass() {
            if (filter.pass().isEmpty()) {
                return Optional.empty();
            }
            int index = outcome.passes().indexOf(filter.pass().get());
            if (index < 0) {
                mistakes.add(
                        new InputError(
                                at + "pass",
                                "is no pass of the plan; it has "
                                        + String.join(", ", outcome.passes())));
            }
            return Optional.of(index);
        }

        boolean isWeighed() {
            return filter.amountFrom().isPresent() || filter.amountTo().isPresent();
        }

        /// The weights of the wanted amounts of a sign; a weight is an amount, made negative.
        Range weights(int sign) {
            if (!isWeighed()) {
                return Range.ALL;
            }
            long from = units(filter.amountFrom(), Long.MIN_VALUE + 1, RoundingMode.CEILING);
            long to = units(filter.amountTo(), Long.MAX_VALUE, RoundingMode.FLOOR);
            return switch (sign) {
                case 1 -> new Range(-to, -Math.max(0, from));
                case -1 -> new Range(from, Math.min(-1, to));
                default -> new Range(1, 0);
            };
        }

        private long units(Optional<BigDecimal> amount, long otherwise, RoundingMode rounding) {
            if (amount.isEmpty()) {
                return otherwise;
            }
            BigInteger units =
                    amount.get().setScale(outcome.amountScale(), rounding).unscaledValue();
            return units.min(BigInteger.valueOf(Long.MAX_VALUE))
                    .max(BigInteger.valueOf(Long.MIN_VALUE + 1))
                    .longValueExact();
        }

        Range days() {
            boolean isDated = filter.dateFrom().isPresent() || filter.dateTo().isPresent();
            return new Range(
                    filter.dateFrom().map(LocalDate::toEpochDay).orElse((long) Integer.MIN_VALUE),
                    filter.dateTo()
                            .map(LocalDate::toEpochDay)
                            .orElse((long) (HeadlineDays.ABSENT - (isDated ? 1 : 0))));
        }
    }
}
