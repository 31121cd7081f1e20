/// Data sources: uploads that become records.
@NullMarked
package io.tieout.server.source;

import org.jspecify.annotations.NullMarked;
