/// The choice among candidates: connected components, optimal one-to-one assignment, subset search.
@NullMarked
package io.tieout.engine.assign;

import org.jspecify.annotations.NullMarked;
