/// Requests that are repeated with the same `Idempotency-Key` have one effect and one answer.
@NullMarked
package io.tieout.server.idempotency;

import org.jspecify.annotations.NullMarked;
