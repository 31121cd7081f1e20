package io.tieout.server.reliability;

import java.util.ArrayList;
import java.util.List;

/// What was looked for and found otherwise.
final class Findings {
    private final List<String> lost = new ArrayList<>();
    private final List<String> doubled = new ArrayList<>();

    /// Notes where there are fewer or more than there should be.
    void count(String what, long expected, long found) {
        String text = what + ": " + found + " instead of " + expected;
        if (found < expected) {
            lost.add(text);
        } else if (found > expected) {
            doubled.add(text);
        }
    }

    /// Notes where something is not as it should be.
    void same(String what, Object expected, Object found) {
        if (!expected.equals(found)) {
            lost.add(what + ": " + found + " instead of " + expected);
        }
    }

    List<String> lost() {
        return lost;
    }

    List<String> doubled() {
        return doubled;
    }
}
