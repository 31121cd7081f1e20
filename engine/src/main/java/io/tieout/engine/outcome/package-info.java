/// What a run found: matches, breaks, control totals, digest, and the explanation of each.
@NullMarked
package io.tieout.engine.outcome;

import org.jspecify.annotations.NullMarked;
