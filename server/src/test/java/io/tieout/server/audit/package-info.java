@NullMarked
package io.tieout.server.audit;

import org.jspecify.annotations.NullMarked;
