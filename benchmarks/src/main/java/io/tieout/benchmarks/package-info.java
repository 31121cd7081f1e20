/// Programs that measure: a corpus of any size, kernels and whole runs beside their rivals. Never
/// published.
@NullMarked
package io.tieout.benchmarks;

import org.jspecify.annotations.NullMarked;
