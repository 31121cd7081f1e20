package io.tieout.engine.run;

/// What a pass would have to do if it saw all records: at most, since it sees only those that
/// earlier passes leave open.
///
/// @param pass its name
/// @param pairs pairs of records that it would compare
/// @param method how it finds them, for people: `records with equal reference, amount`
public record PassEstimate(String pass, long pairs, String method) {}
