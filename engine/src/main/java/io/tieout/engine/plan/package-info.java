/// The plan as its author wrote it, validated: fields and an ordered list of passes.
@NullMarked
package io.tieout.engine.plan;

import org.jspecify.annotations.NullMarked;
