/// Comparisons of one field: the user's form resolved over two columns, and the similarity kernels.
@NullMarked
package io.tieout.engine.compare;

import org.jspecify.annotations.NullMarked;
