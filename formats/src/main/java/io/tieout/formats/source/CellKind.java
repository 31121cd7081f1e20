package io.tieout.formats.source;

/// What the format of a source itself says of a cell, which decides how its text is read later. The
/// numbers may be stored: they do not change.
public final class CellKind {
    /// Text as it is written; what it means is for a plan to say.
    public static final byte TEXT = 0;

    /// A number that the format marks as one, written with a point and no grouping.
    public static final byte NUMBER = 1;

    /// A number in a sheet, which may stand for a date.
    public static final byte SERIAL = 2;

    /// A date or date-time that the format marks as one, in ISO 8601.
    public static final byte DATE = 3;

    /// A JSON array, as it is written. No plan can read it.
    public static final byte ARRAY = 4;

    /// A JSON object: empty, for its members are columns of their own. No plan can read it.
    public static final byte OBJECT = 5;

    private CellKind() {}
}
