package io.tieout.engine.plan;

/// One of the two sides of a reconciliation.
public enum Side {
    LEFT("left"),
    RIGHT("right");

    private final String word;

    Side(String word) {
        this.word = word;
    }

    /// The side as plans and outcome files write it.
    public String word() {
        return word;
    }

    /// The other side.
    public Side opposite() {
        return this == LEFT ? RIGHT : LEFT;
    }
}
