/// Who did what: an append-only trail whose entries are chained by their hashes.
@NullMarked
package io.tieout.server.audit;

import org.jspecify.annotations.NullMarked;
