package io.tieout.formats.outcome;

import io.tieout.engine.outcome.Breaks;
import io.tieout.engine.outcome.Matches;
import io.tieout.engine.outcome.Outcome;
import io.tieout.engine.plan.Field;
import io.tieout.engine.plan.Pass;
import io.tieout.engine.plan.Side;
import io.tieout.engine.table.AmountColumn;
import io.tieout.engine.table.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntSupplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import tools.jackson.core.JsonGenerator;

/// The breaks and matches that the report shows one by one: the most important ones, as many as
/// make no large page.
final class ReportRows {
    private static final int MATCHES_SHOWN = 500;
    private static final int KEYS_SHOWN = 20;
    private static final int TEXT_SHOWN = 200;

    /// Rows stop at these lengths of the whole text, for records may be long and fields many.
    private static final int BREAKS_END = 700_000;

    private static final int MATCHES_END = 900_000;

    private final RunRecord run;
    private final Outcome outcome;
    private final Differences differences;
    private final OutcomeTables tables;

    ReportRows(RunRecord run) {
        this.run = run;
        this.outcome = run.outcome();
        this.differences = new Differences(run);
        this.tables = new OutcomeTables(run);
    }

    /// @param length how long the whole text is so far
    void writeBreaks(JsonGenerator json, IntSupplier length) {
        json.writeName("breaks").writeStartObject();
        json.writeNumberProperty(
                "total", (long) outcome.leftBreaks().size() + outcome.rightBreaks().size());
        json.writeName("shown").writeStartArray();
        for (LargestBreaks.Entry entry : LargestBreaks.of(run, LargestBreaks.MOST)) {
            json.flush();
            if (length.getAsInt() > BREAKS_END) {
                break;
            }
            writeBreak(json, entry);
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private void writeBreak(JsonGenerator json, LargestBreaks.Entry entry) {
        Side side = entry.side();
        Breaks breaks = outcome.breaks(side);
        int b = entry.index();
        int near = breaks.nearest(b);
        json.writeStartObject();
        json.writeStringProperty("side", side.word());
        json.writeStringProperty("key", shown(run.table(side).key(breaks.row(b))));
        json.writeStringProperty("kind", breaks.kind(b).word());
        json.writeStringProperty(
                "amount",
                entry.amount().map(value -> ShownAmount.of(value, entry.currency())).orElse(""));
        json.writeStringProperty("currency", entry.currency());
        json.writeStringProperty("reason", shown(tables.reason(side, breaks, b)));
        writeValues(json, "own", run.table(side), breaks.row(b));
        if (near != Breaks.NONE) {
            json.writeStringProperty("nearest", shown(run.table(side.opposite()).key(near)));
            writeValues(json, "near", run.table(side.opposite()), near);
            json.writeName("differ").writeStartArray();
            for (long rest = breaks.fields(b); rest != 0; rest &= rest - 1) {
                json.writeNumber(Long.numberOfTrailingZeros(rest));
            }
            json.writeEndArray();
        }
        json.writeEndObject();
    }

    private void writeValues(JsonGenerator json, String name, Table table, int row) {
        json.writeName(name).writeStartArray();
        for (Field field : run.plan().fields()) {
            json.writeString(
                    table.field(field.name()) instanceof AmountColumn amounts
                            ? ShownAmount.of(amounts, row)
                            : shown(table.field(field.name()).text(row)));
        }
        json.writeEndArray();
    }

    /// Matches that a reviewer should look at come first: ambiguous ones, suggested ones, ones with
    /// differences.
    ///
    /// @param length how long the whole text is so far
    void writeMatches(JsonGenerator json, IntSupplier length) {
        json.writeName("matches").writeStartObject();
        json.writeNumberProperty("total", outcome.matches().size());
        json.writeName("shown").writeStartArray();
        for (int m : mostUrgent(outcome.matches())) {
            json.flush();
            if (length.getAsInt() > MATCHES_END) {
                break;
            }
            writeMatch(json, outcome.matches(), m);
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static List<Integer> mostUrgent(Matches matches) {
        List<List<Integer>> byUrgency =
                List.of(new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        for (int m = 0; m < matches.size(); m++) {
            List<Integer> alike = byUrgency.get(urgency(matches, m));
            if (alike.size() < MATCHES_SHOWN) {
                alike.add(m);
            }
        }
        return byUrgency.reversed().stream().flatMap(List::stream).limit(MATCHES_SHOWN).toList();
    }

    private static int urgency(Matches matches, int m) {
        if (matches.isAmbiguous(m)) {
            return 3;
        }
        if (matches.status(m) == Pass.Status.SUGGESTED) {
            return 2;
        }
        return matches.differences(m) != 0 ? 1 : 0;
    }

    private void writeMatch(JsonGenerator json, Matches matches, int m) {
        int[] lefts = MatchRows.lefts(matches, m);
        int[] rights = MatchRows.rights(matches, m);
        json.writeStartObject();
        json.writeNumberProperty("id", m + 1);
        json.writeStringProperty("left", keys(run.table(Side.LEFT), lefts));
        json.writeStringProperty("right", keys(run.table(Side.RIGHT), rights));
        json.writeNumberProperty("pass", matches.pass(m));
        json.writeStringProperty(
                "status", matches.isAmbiguous(m) ? "ambiguous" : matches.status(m).word());
        json.writeStringProperty("cardinality", matches.cardinality(m));
        json.writeStringProperty("score", OutcomeTables.score(matches.score(m)));
        json.writeStringProperty(
                "differences",
                shown(String.join("; ", differences.of(matches.differences(m), lefts, rights))));
        json.writeEndObject();
    }

    private static String keys(Table table, int[] rows) {
        String keys =
                IntStream.of(rows)
                        .limit(KEYS_SHOWN)
                        .mapToObj(row -> shown(table.key(row)))
                        .collect(Collectors.joining(", "));
        return rows.length > KEYS_SHOWN ? keys + ", … (" + rows.length + ")" : keys;
    }

    /// Cut between code points, so that no half of a character is left.
    private static String shown(String text) {
        return text.codePointCount(0, text.length()) <= TEXT_SHOWN
                ? text
                : text.substring(0, text.offsetByCodePoints(0, TEXT_SHOWN)) + "…";
    }
}
