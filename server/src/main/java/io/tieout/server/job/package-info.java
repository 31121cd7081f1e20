/// Jobs: one run of a reconciliation each, kept in the database until it is done, whatever happens
/// to the server that runs it.
@NullMarked
package io.tieout.server.job;

import org.jspecify.annotations.NullMarked;
