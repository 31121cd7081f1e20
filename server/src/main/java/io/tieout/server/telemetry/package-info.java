/// What the server tells of itself: log lines and metrics.
@NullMarked
package io.tieout.server.telemetry;

import org.jspecify.annotations.NullMarked;
