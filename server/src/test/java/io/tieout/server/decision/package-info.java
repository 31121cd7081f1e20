@NullMarked
package io.tieout.server.decision;

import org.jspecify.annotations.NullMarked;
