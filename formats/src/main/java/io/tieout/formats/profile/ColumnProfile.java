package io.tieout.formats.profile;

import java.util.List;
import java.util.Optional;

/// What is in one column.
///
/// @param name of the column
/// @param type what its values are
/// @param rows how many rows there are
/// @param empty in how many of them the column has no value, or blanks alone
/// @param distinct how many different values there are, blanks around them not counted
/// @param exact whether that is their true number; otherwise it is an estimate, within some 5 %
/// @param min the least value by the type: a plain decimal, an ISO 8601 date or moment, or a text
/// by code points, cut off after [#MAX_TEXT_BYTES]; empty when there is none
/// @param max the greatest value likewise
/// @param samples the first few distinct values as they are written, cut off likewise
/// @param longest characters (code points) of the longest value
public record ColumnProfile(
        String name,
        ColumnType type,
        long rows,
        long empty,
        long distinct,
        boolean exact,
        Optional<String> min,
        Optional<String> max,
        List<String> samples,
        int longest) {
    /// A text is shown up to so many bytes of UTF-8.
    public static final int MAX_TEXT_BYTES = 200;

    public ColumnProfile {
        samples = List.copyOf(samples);
    }
}
