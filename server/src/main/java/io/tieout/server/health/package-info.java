/// Whether the server is alive and ready.
@NullMarked
package io.tieout.server.health;

import org.jspecify.annotations.NullMarked;
