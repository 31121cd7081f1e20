/// The closed set of operating failures, each with what, where, the limit, the actual, and what to
/// do.
@NullMarked
package io.tieout.engine.failure;

import org.jspecify.annotations.NullMarked;
