/// The command: what people type, what it prints, and with which status it ends.
@NullMarked
package io.tieout.cli;

import org.jspecify.annotations.NullMarked;
