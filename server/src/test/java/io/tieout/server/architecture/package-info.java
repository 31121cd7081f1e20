@NullMarked
package io.tieout.server.architecture;

import org.jspecify.annotations.NullMarked;
