/// The entry of the engine, its limits, progress and threads.
@NullMarked
package io.tieout.engine.run;

import org.jspecify.annotations.NullMarked;
