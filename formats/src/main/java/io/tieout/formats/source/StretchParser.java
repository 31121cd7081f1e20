package io.tieout.formats.source;

import io.tieout.formats.source.RecordBuilder.Part;

/// Turns stretches into parts. For one thread; each worker has its own.
interface StretchParser {
    /// The records of a stretch; may write into its bytes.
    Part parse(Stretch stretch);
}
