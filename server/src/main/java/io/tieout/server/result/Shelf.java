package io.tieout.server.result;

/// Results of one job that are alike in their traits.
///
/// @param number see [Places]
/// @param firstCount how many there were at the end of the job
/// @param count how many there are now
record Shelf(long number, Traits traits, long firstCount, long count) {}
