/// Routes as data: what each requires, takes and answers is declared where it is registered, and
/// the same declaration admits, validates, documents and measures it.
@NullMarked
package io.tieout.server.http;

import org.jspecify.annotations.NullMarked;
