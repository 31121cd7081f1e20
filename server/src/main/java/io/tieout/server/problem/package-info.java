/// What a caller is told when a request cannot be served: problem documents of RFC 9457.
@NullMarked
package io.tieout.server.problem;

import org.jspecify.annotations.NullMarked;
