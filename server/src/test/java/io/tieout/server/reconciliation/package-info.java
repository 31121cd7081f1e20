@NullMarked
package io.tieout.server.reconciliation;

import org.jspecify.annotations.NullMarked;
