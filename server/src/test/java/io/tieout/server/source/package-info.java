@NullMarked
package io.tieout.server.source;

import org.jspecify.annotations.NullMarked;
