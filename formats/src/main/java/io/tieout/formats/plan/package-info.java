/// From plan files in YAML or JSON to the engine's plans, with the line and column of every
/// mistake.
@NullMarked
package io.tieout.formats.plan;

import org.jspecify.annotations.NullMarked;
