package io.tieout.server.result;

/// How many records of each side a match has.
enum Cardinality {
    ONE_TO_ONE("1:1"),
    ONE_TO_MANY("1:N"),
    MANY_TO_ONE("N:1"),
    MANY_TO_MANY("N:M");

    private final String word;

    Cardinality(String word) {
        this.word = word;
    }

    String word() {
        return word;
    }

    static Cardinality of(int lefts, int rights) {
        if (lefts == 1) {
            return rights == 1 ? ONE_TO_ONE : ONE_TO_MANY;
        }
        return rights == 1 ? MANY_TO_ONE : MANY_TO_MANY;
    }
}
