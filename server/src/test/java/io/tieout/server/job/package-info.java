@NullMarked
package io.tieout.server.job;

import org.jspecify.annotations.NullMarked;
