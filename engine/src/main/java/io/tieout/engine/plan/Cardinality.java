package io.tieout.engine.plan;

/// How many records of each side one match of a pass may hold.
public enum Cardinality {
    ONE_TO_ONE("one-to-one", false, false),
    ONE_TO_MANY("one-to-many", false, true),
    MANY_TO_ONE("many-to-one", true, false),
    MANY_TO_MANY("many-to-many", true, true);

    private final String word;
    private final boolean manyLeft;
    private final boolean manyRight;

    Cardinality(String word, boolean manyLeft, boolean manyRight) {
        this.word = word;
        this.manyLeft = manyLeft;
        this.manyRight = manyRight;
    }

    /// The cardinality as a plan writes it.
    public String word() {
        return word;
    }

    /// Whether a match may hold several records of the side.
    public boolean isMany(Side side) {
        return side == Side.LEFT ? manyLeft : manyRight;
    }
}
