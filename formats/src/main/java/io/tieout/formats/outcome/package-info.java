/// What a run leaves behind: matches, breaks, rejects, the summary and the report.
@NullMarked
package io.tieout.formats.outcome;

import org.jspecify.annotations.NullMarked;
