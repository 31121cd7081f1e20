/// What is in the columns of a source, found out while its rows are read: what a plan would say of
/// each, and the figures that show whether it holds what it should.
@NullMarked
package io.tieout.formats.profile;

import org.jspecify.annotations.NullMarked;
