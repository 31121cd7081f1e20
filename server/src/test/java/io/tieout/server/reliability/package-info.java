@NullMarked
package io.tieout.server.reliability;

import org.jspecify.annotations.NullMarked;
