package io.tieout.formats.source;

/// Turns stretches of one format into parts. For one thread.
interface StretchParser<P extends Parsed> {
    /// Parses a stretch; its bytes may be changed on the way.
    P parse(Stretch stretch);
}
