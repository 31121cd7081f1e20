/// From files and streams of records to the engine's tables: CSV, JSON Lines and XLSX, told apart
/// by content.
@NullMarked
package io.tieout.formats.source;

import org.jspecify.annotations.NullMarked;
