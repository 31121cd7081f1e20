@NullMarked
package io.tieout.server.http;

import org.jspecify.annotations.NullMarked;
