package io.tieout.server.http;

/// Serves one route. Runs on a virtual thread of its own and may block.
///
/// @param <Q> the record of the query
/// @param <B> the record of the body
@FunctionalInterface
public interface Handler<Q, B> {
    /// Serves a call that was admitted and whose input is valid.
    ///
    /// @throws io.tieout.server.problem.ProblemException to answer with a problem
    Answer handle(Call<Q, B> call);
}
