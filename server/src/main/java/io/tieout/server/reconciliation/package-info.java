/// Reconciliations: which two data sources are matched, by which plan, and when.
@NullMarked
package io.tieout.server.reconciliation;

import org.jspecify.annotations.NullMarked;
