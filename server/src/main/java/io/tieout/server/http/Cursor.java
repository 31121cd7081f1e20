package io.tieout.server.http;

import io.tieout.server.problem.Problem;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.UUID;

/// Where a page of a list ends, for the next one to start after. Opaque to callers; what is in it
/// is checked when it comes back, and it opens nothing that its caller could not open without it.
///
/// @param list names the list and what it is filtered and sorted by; a cursor fits no other
/// @param values the place, in the order of the sort
public record Cursor(String list, List<String> values) {
    private static final int LONGEST = 4000;
    private static final int MOST_VALUES = 8;

    public Cursor {
        values = List.copyOf(values);
    }

    /// As it is handed out.
    public String encoded() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeUTF(list);
            out.writeByte(values.size());
            for (String value : values) {
                out.writeUTF(value);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.toByteArray());
    }

    /// A cursor as it came back.
    ///
    /// @param list which list it must be of
    /// @param size how many values it must have
    /// @throws io.tieout.server.problem.ProblemException where it is none, or of another list
    public static Cursor decode(String encoded, String list, int size) {
        Cursor cursor;
        try {
            if (encoded.length() > LONGEST) {
                throw bad();
            }
            byte[] bytes = Base64.getUrlDecoder().decode(encoded);
            DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
            String itsList = in.readUTF();
            int count = in.readUnsignedByte();
            List<String> values = new ArrayList<>();
            for (int i = 0; i < Math.min(count, MOST_VALUES); i++) {
                values.add(in.readUTF());
            }
            if (count != size || in.read() >= 0) {
                throw bad();
            }
            cursor = new Cursor(itsList, values);
        } catch (IOException | IllegalArgumentException _) {
            throw bad();
        }
        if (!cursor.values().stream().allMatch(Cursor::canBeText)) {
            throw bad();
        }
        if (!cursor.list().equals(list)) {
            throw Problem.invalid(
                            "?cursor",
                            "is of a list with another filter or sort; leave it out to start again")
                    .exception();
        }
        return cursor;
    }

    /// The id that a cursor of a list by ids has.
    ///
    /// @throws io.tieout.server.problem.ProblemException where it is none, or of another list
    public static UUID onlyId(String encoded, String list) {
        return id(decode(encoded, list, 1).values().getFirst());
    }

    /// The number, from 0 on, that a cursor of a list by numbers has.
    ///
    /// @throws io.tieout.server.problem.ProblemException where it is none, or of another list
    public static long onlyNumber(String encoded, String list, long max) {
        return number(decode(encoded, list, 1).values().getFirst(), 0, max);
    }

    /// What no text of the database has.
    private static boolean canBeText(String value) {
        return value.codePoints().noneMatch(c -> c == 0 || (c >= 0xD800 && c <= 0xDFFF));
    }

    /// A value of a cursor that came back as a whole number.
    ///
    /// @throws io.tieout.server.problem.ProblemException where it is none, or beyond the bounds
    public static long number(String value, long min, long max) {
        try {
            long number = Long.parseLong(value);
            if (number >= min && number <= max) {
                return number;
            }
        } catch (NumberFormatException _) {
            // Told below, as for any other value.
        }
        throw bad();
    }

    /// A value of a cursor that came back as a moment.
    ///
    /// @throws io.tieout.server.problem.ProblemException where it is none, or beyond what the
    /// database can hold
    public static Instant moment(String value) {
        try {
            Instant moment = Instant.parse(value);
            if (!moment.isBefore(Shape.Moment.FIRST) && !moment.isAfter(Shape.Moment.LAST)) {
                return moment;
            }
        } catch (DateTimeException _) {
            // Told below, as for any other value.
        }
        throw bad();
    }

    /// A value of a cursor that came back as an id.
    ///
    /// @throws io.tieout.server.problem.ProblemException where it is none
    public static UUID id(String value) {
        UUID id = PathIds.parse(value);
        if (id == null) {
            throw bad();
        }
        return id;
    }

    private static RuntimeException bad() {
        return Problem.invalid(
                        "?cursor", "is none that this list gave; leave it out to start again")
                .exception();
    }
}
