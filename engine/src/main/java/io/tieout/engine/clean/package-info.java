/// Cleaning steps that make two spellings of one text equal before they are compared.
@NullMarked
package io.tieout.engine.clean;

import org.jspecify.annotations.NullMarked;
