package io.tieout.engine.failure;

import org.jspecify.annotations.Nullable;

/// Where in the input something was found. Every part may be unknown.
///
/// @param source what was read: a file name as the user gave it, `standard input`, or null
/// @param line line in the source, from 1; 0 when unknown
/// @param column character in the line, from 1; 0 when unknown
/// @param pointer JSON pointer into a structured source (`/passes/0/match`), or null
public record Place(@Nullable String source, long line, long column, @Nullable String pointer) {
    /// Nowhere in particular.
    public static final Place UNKNOWN = new Place(null, 0, 0, null);

    /// A whole source.
    public static Place of(String source) {
        return new Place(source, 0, 0, null);
    }

    /// A line of a source; `line` counts from 1.
    public static Place of(String source, long line) {
        return new Place(source, line, 0, null);
    }

    /// A line and a column of a source; both count from 1.
    public static Place of(String source, long line, long column) {
        return new Place(source, line, column, null);
    }

    /// A place inside a structured source.
    public static Place at(String pointer) {
        return new Place(null, 0, 0, pointer);
    }

    /// `file:line:column (/pointer)`, leaving out what is unknown; empty when all is.
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        if (source != null) {
            text.append(source);
        }
        if (line > 0) {
            text.append(text.isEmpty() ? "line " : ":").append(line);
            if (column > 0) {
                text.append(':').append(column);
            }
        }
        if (pointer != null) {
            text.append(text.isEmpty() ? pointer : " (" + pointer + ")");
        }
        return text.toString();
    }
}
