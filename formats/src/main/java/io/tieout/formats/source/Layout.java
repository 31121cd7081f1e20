package io.tieout.formats.source;

import io.tieout.engine.failure.Failure;
import io.tieout.engine.failure.FailureException;
import io.tieout.engine.failure.Place;
import io.tieout.engine.plan.Field;
import io.tieout.engine.plan.FieldType;
import io.tieout.engine.plan.FieldType.CurrencyOf;
import io.tieout.engine.plan.Pass;
import io.tieout.engine.plan.Plan;
import io.tieout.engine.plan.Side;
import io.tieout.formats.plan.NearestName;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Which columns of one side a plan needs. Each needed column has a slot, whatever number of fields
/// read it.
final class Layout {
    /// Marks a column of the source that nothing needs.
    static final int UNUSED = -1;

    private static final int NAMES_SHOWN = 12;
    private static final Pattern VALUE = Pattern.compile("^[-+(]?[0-9]|[0-9]{4}");
    private static final String NO_HEADER =
            "where no line names the columns, let the plan name them by position (`1`, `2`, …);"
                    + " where one does, it is looked for in the first "
                    + HeaderFinder.RECORDS_SEARCHED
                    + " lines";

    private final Plan plan;
    private final Side side;
    private final Map<String, Integer> slots = new LinkedHashMap<>();
    private final List<String> uses = new ArrayList<>();
    private final Map<String, Integer> groupings = new LinkedHashMap<>();

    Layout(Plan plan, Side side) {
        this.plan = plan;
        this.side = side;
        plan.source(side).key().ifPresent(key -> need(key, side.word() + ".key"));
        for (Field field : plan.fields()) {
            String use = "fields." + field.name();
            switch (field.columns(side)) {
                case Field.Columns.One one -> need(one.column(), use + "." + side.word());
                case Field.Columns.DebitCredit both -> {
                    need(both.debit(), use + "." + side.word() + ".debit");
                    need(both.credit(), use + "." + side.word() + ".credit");
                }
            }
            if (field.type() instanceof FieldType.Amount amount
                    && amount.currency(side) instanceof CurrencyOf.InColumn in) {
                need(in.column(), use + ".currency");
            }
        }
        for (Pass pass : plan.passes()) {
            for (String name : side == Side.LEFT ? pass.leftTogether() : pass.rightTogether()) {
                if (plan.field(name).isEmpty()) {
                    groupings.put(name, need(name, "passes." + pass.name() + ".together"));
                }
            }
        }
    }

    private int need(String column, String use) {
        Integer known = slots.get(column);
        if (known != null) {
            return known;
        }
        slots.put(column, slots.size());
        uses.add(use);
        return slots.size() - 1;
    }

    Plan plan() {
        return plan;
    }

    Side side() {
        return side;
    }

    /// How many columns are needed.
    int slots() {
        return slots.size();
    }

    /// The slot of a needed column.
    int slot(String column) {
        Integer slot = slots.get(column);
        if (slot == null) {
            throw new IllegalArgumentException("the plan needs no column " + column);
        }
        return slot;
    }

    /// The slot of a column, or [#UNUSED].
    int slotOrUnused(String column) {
        Integer slot = slots.get(column);
        return slot == null ? UNUSED : slot;
    }

    /// The needed columns, in the order of their slots.
    List<String> columns() {
        return List.copyOf(slots.keySet());
    }

    /// The slot of the key, or [#UNUSED] when the row number names a record.
    int keySlot() {
        return plan.source(side).key().map(this::slot).orElse(UNUSED);
    }

    /// The columns that passes group by and that are no fields, with their slots.
    Map<String, Integer> groupings() {
        return groupings;
    }

    /// How many of these names are needed columns.
    long known(List<String> names) {
        return slots.keySet().stream().filter(names::contains).count();
    }

    /// Whether the plan names columns by their position alone, as where there is no header.
    boolean isByPosition() {
        return slots.keySet().stream().allMatch(name -> name.matches("[1-9][0-9]{0,4}"));
    }

    /// The slot of each column of a source.
    ///
    /// @param part of the source that has the columns, such as one sheet of several; empty when it
    /// is all of it
    /// @throws FailureException when a needed column is missing or named twice
    int[] resolve(List<String> names, Place place, String part) {
        int[] slotOf = new int[names.size()];
        Arrays.fill(slotOf, UNUSED);
        for (Map.Entry<String, Integer> wanted : slots.entrySet()) {
            int at = names.indexOf(wanted.getKey());
            if (at < 0) {
                throw missing(wanted.getKey(), names, place, part);
            }
            if (names.lastIndexOf(wanted.getKey()) != at) {
                throw new FailureException(
                        new Failure.UnreadableSource(
                                place,
                                "two columns are named `" + wanted.getKey() + "`",
                                "rename one of them: the plan uses the name"));
            }
            slotOf[at] = wanted.getValue();
        }
        return slotOf;
    }

    /// The failure to find a column: says what of the plan asks for it and what comes near.
    FailureException missing(String column, List<String> names, Place place, String part) {
        Optional<String> nearest = NearestName.of(column, names);
        String shown =
                names.stream()
                        .limit(NAMES_SHOWN)
                        .map(name -> "`" + name + "`")
                        .collect(Collectors.joining(", "));
        String more = names.size() > NAMES_SHOWN ? ", …" : "";
        String instead =
                looksLikeData(names) ? NO_HEADER : "name one of the columns: " + shown + more;
        return new FailureException(
                new Failure.InvalidPlan(
                        place,
                        (part.isEmpty() ? "" : part + ": ")
                                + "there is no column `"
                                + column
                                + "`, which the plan names at "
                                + uses.get(slot(column)),
                        nearest.map(name -> "did you mean `" + name + "`?").orElse(instead)));
    }

    /// Whether these are more likely values than names; then they are no business of a message.
    private boolean looksLikeData(List<String> names) {
        return !isByPosition()
                && known(names) == 0
                && names.stream().anyMatch(name -> VALUE.matcher(name).find());
    }
}
