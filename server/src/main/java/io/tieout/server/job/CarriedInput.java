package io.tieout.server.job;

import io.tieout.server.reconciliation.SourceFacts;

/// Records of an earlier data source that a job takes along.
///
/// @param source which
/// @param rows the numbers of its rows, ascending
record CarriedInput(SourceFacts source, int[] rows) {}
