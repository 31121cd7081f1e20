@NullMarked
package io.tieout.server.result;

import org.jspecify.annotations.NullMarked;
