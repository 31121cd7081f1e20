/// Which pairs are worth comparing: keys, partitions, windows and gram indexes, with their
/// estimates.
@NullMarked
package io.tieout.engine.block;

import org.jspecify.annotations.NullMarked;
