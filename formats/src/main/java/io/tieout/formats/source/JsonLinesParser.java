package io.tieout.formats.source;

import io.tieout.engine.failure.FailureException;
import io.tieout.engine.failure.Place;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.json.JsonFactory;

/// Parses JSON Lines: one object a line. Values inside objects are named by their path
/// (`payment.amount`); what is in arrays cannot be named. A line that is no object is rejected
/// alone.
final class JsonLinesParser<P extends Parsed> implements StretchParser<P> {
    private static final int MAX_DEPTH = 64;
    private static final int USUAL_RECORD_BYTES = 150;
    private static final String BAD_NAME =
            "has a name of more than "
                    + ColumnNames.MAX_BYTES
                    + " bytes, or one with a NUL or half a character in it";
    private static final JsonFactory JSON =
            JsonFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .streamReadConstraints(
                            StreamReadConstraints.builder()
                                    .maxNestingDepth(MAX_DEPTH)
                                    .maxStringLength(Integer.MAX_VALUE)
                                    .build())
                    .build();

    private final IntFunction<? extends RowTaker<P>> takers;
    private final JsonMembers members;
    private final Cells cells;
    private byte[] bytes = new byte[0];

    /// Where the current line starts in the bytes.
    private int start;

    /// @param takers gives what takes the rows of the next stretch, by about how many there will be
    /// @param slots how many slots there are
    JsonLinesParser(IntFunction<? extends RowTaker<P>> takers, JsonMembers members, int slots) {
        this.takers = takers;
        this.members = members;
        cells = new Cells(slots);
    }

    @Override
    public P parse(Stretch stretch) {
        RowTaker<P> rows = takers.apply(stretch.length() / USUAL_RECORD_BYTES);
        bytes = stretch.bytes();
        long line = 0;
        int from = 0;
        while (from < stretch.length()) {
            int end = ByteSearch.indexOf(bytes, (byte) '\n', from, stretch.length());
            int to = end < 0 ? stretch.length() : end;
            line++;
            if (!isBlank(bytes, from, to)) {
                @Nullable String wrong = readLine(from, to, line);
                if (wrong == null) {
                    rows.add(cells, line);
                } else {
                    rows.reject(line, wrong);
                }
            }
            from = to + 1;
        }
        return rows.build(line);
    }

    private static boolean isBlank(byte[] bytes, int from, int to) {
        for (int i = from; i < to; i++) {
            if (bytes[i] != ' ' && bytes[i] != '\t' && bytes[i] != '\r') {
                return false;
            }
        }
        return true;
    }

    private @Nullable String readLine(int from, int to, long line) {
        if (!Utf8.isValid(bytes, from, to)) {
            return FieldReader.NOT_UTF_8;
        }
        cells.clear();
        start = from;
        try (JsonParser json =
                JSON.createParser(ObjectReadContext.empty(), bytes, from, to - from)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                return "is no JSON object";
            }
            @Nullable String wrong = readObject(json, "");
            if (wrong == null && json.nextToken() != null) {
                return "has more after its JSON object";
            }
            return wrong;
        } catch (FailureException e) {
            throw new FailureException(e.failure().at(new Place(null, line, 0, null)), e);
        } catch (JacksonException e) {
            return "is no valid JSON object, each on a line of its own" + where(e);
        }
    }

    private static String where(JacksonException e) {
        TokenStreamLocation location = e.getLocation();
        return location == null || location.getColumnNr() < 1
                ? ""
                : " (at character " + location.getColumnNr() + ")";
    }

    private @Nullable String readObject(JsonParser json, String path) {
        while (json.nextToken() != JsonToken.END_OBJECT) {
            String name = path.isEmpty() ? json.currentName() : path + "." + json.currentName();
            @Nullable String wrong = readMember(json, json.nextToken(), name);
            if (wrong != null) {
                return wrong;
            }
        }
        return null;
    }

    private @Nullable String readMember(JsonParser json, JsonToken token, String name) {
        boolean object = token == JsonToken.START_OBJECT;
        int slot = object ? members.objectSlot(name) : members.slot(name);
        if (slot == JsonMembers.REFUSED) {
            return BAD_NAME;
        }
        if (object) {
            return readObject(json, name, slot);
        }
        if (token == JsonToken.START_ARRAY) {
            return readArray(json, name, slot);
        }
        if (slot == JsonMembers.UNUSED) {
            return null;
        }
        if (!cells.take(slot)) {
            return twoValues(name);
        }
        members.seen(slot);
        if (token == JsonToken.VALUE_NULL) {
            return null;
        }
        String text = json.getString();
        if (hasHalfCharacter(text)) {
            return "has half a character (a lone surrogate) in `" + name + "`";
        }
        cells.put(slot, text, token.isNumeric() ? CellKind.NUMBER : CellKind.TEXT);
        return null;
    }

    private @Nullable String readObject(JsonParser json, String name, int slot) {
        if (slot != JsonMembers.UNUSED) {
            if (!members.keepsNested()) {
                return nested(CellKind.OBJECT, name);
            }
            if (!cells.take(slot)) {
                return twoValues(name);
            }
            cells.put(slot, "", CellKind.OBJECT);
        }
        return readObject(json, name);
    }

    private @Nullable String readArray(JsonParser json, String name, int slot) {
        long from = json.currentTokenLocation().getByteOffset();
        json.skipChildren();
        if (slot == JsonMembers.UNUSED) {
            return null;
        }
        if (!members.keepsNested()) {
            return nested(CellKind.ARRAY, name);
        }
        if (!cells.take(slot)) {
            return twoValues(name);
        }
        long to = json.currentTokenLocation().getByteOffset() + 1;
        cells.put(slot, bytes, start + (int) from, start + (int) to, CellKind.ARRAY);
        return null;
    }

    /// Why a row is rejected that has an object or array where the plan wants a value.
    static String nested(byte kind, String name) {
        return (kind == CellKind.ARRAY ? "has an array in `" : "has an object in `") + name + "`";
    }

    private static String twoValues(String name) {
        return "has two values for `" + name + "`";
    }

    static boolean hasHalfCharacter(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isHighSurrogate(c)
                    && i + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(i + 1))) {
                i++;
            } else if (Character.isSurrogate(c)) {
                return true;
            }
        }
        return false;
    }
}
