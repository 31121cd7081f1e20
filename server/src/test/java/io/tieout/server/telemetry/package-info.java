@NullMarked
package io.tieout.server.telemetry;

import org.jspecify.annotations.NullMarked;
