package io.tieout.engine.assign;

/// The order in which pairs are preferred where the total score leaves a choice. It is total, does
/// not depend on which other pairs there are, and is the same when the sides are swapped: so the
/// choice is the same whatever else is in the sources.
public interface PairOrder {
    /// Negative when the first pair is preferred, positive when the second is, zero for one pair.
    int compare(int left, int right, int otherLeft, int otherRight);
}
