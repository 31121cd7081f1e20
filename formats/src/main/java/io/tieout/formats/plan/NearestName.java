package io.tieout.formats.plan;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;

/// Finds the name that a misspelt one was most likely meant to be.
public final class NearestName {
    /// Longer names are told apart by reading them, not by a suggestion.
    private static final int MAX_LENGTH = 200;

    private static final int MAX_EDITS = 4;

    private NearestName() {}

    /// The known name with the fewest edits (insertion, deletion, substitution, swap of neighbours)
    /// from the wanted one, whatever the case of letters. Empty if none is near: a third of the
    /// longer name may be wrong, at least one character and at most four. Where several are equally
    /// near, the first in alphabetical order.
    public static Optional<String> of(String wanted, Collection<String> known) {
        String nearest = null;
        int fewest = Integer.MAX_VALUE;
        for (String name : known) {
            int edits = edits(wanted, name);
            boolean earlier = nearest == null || name.compareTo(nearest) < 0;
            if (edits < fewest || (edits == fewest && edits != Integer.MAX_VALUE && earlier)) {
                fewest = edits;
                nearest = name;
            }
        }
        return Optional.ofNullable(nearest);
    }

    /// The edits from one name to another, or [Integer#MAX_VALUE] when they are too many to be a
    /// slip.
    private static int edits(String wanted, String name) {
        int longer = Math.max(wanted.length(), name.length());
        int most = Math.clamp(longer / 3, 1, MAX_EDITS);
        if (longer > MAX_LENGTH || Math.abs(wanted.length() - name.length()) > most) {
            return Integer.MAX_VALUE;
        }
        int edits = distance(wanted.toLowerCase(Locale.ROOT), name.toLowerCase(Locale.ROOT));
        // One edit would turn any name of a single character into any other.
        boolean slip = edits <= most && edits < Math.min(wanted.length(), name.length());
        return slip ? edits : Integer.MAX_VALUE;
    }

    /// The optimal string alignment distance.
    private static int distance(String a, String b) {
        int[] beforeLast = new int[b.length() + 1];
        int[] last = new int[b.length() + 1];
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            last[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                boolean same = a.charAt(i - 1) == b.charAt(j - 1);
                int best =
                        Math.min(last[j - 1] + (same ? 0 : 1), 1 + Math.min(last[j], row[j - 1]));
                boolean swapped =
                        i > 1
                                && j > 1
                                && a.charAt(i - 1) == b.charAt(j - 2)
                                && a.charAt(i - 2) == b.charAt(j - 1);
                row[j] = swapped ? Math.min(best, beforeLast[j - 2] + 1) : best;
            }
            int[] spare = beforeLast;
            beforeLast = last;
            last = row;
            row = spare;
        }
        return last[b.length()];
    }
}
