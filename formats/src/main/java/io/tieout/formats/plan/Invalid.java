package io.tieout.formats.plan;

import io.tieout.engine.failure.Failure;
import io.tieout.engine.failure.FailureException;
import io.tieout.engine.failure.Place;
import java.util.Collection;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/// Makes the failures of this package, and shows words of the plan in them.
final class Invalid {
    private static final int MAX_SHOWN = 60;
    private static final int MAX_LISTED = 40;

    private Invalid() {}

    /// Something in the plan that is wrong.
    static FailureException at(Place place, String problem, String remedy) {
        return new FailureException(new Failure.InvalidPlan(place, problem, remedy));
    }

    /// A word that is none of those known; the remedy names the nearest and all of them.
    static FailureException unknown(
            Place place, String problem, String word, Collection<String> known) {
        String nearest =
                NearestName.of(word, known)
                        .map(name -> "did you mean " + shown(name) + "? Use one of ")
                        .orElse("use one of ");
        return at(place, problem, nearest + listed(known));
    }

    /// Words, quoted, with commas between them; very many are cut short.
    static String listed(Collection<String> words) {
        return words.stream()
                        .limit(MAX_LISTED)
                        .map(Invalid::shown)
                        .collect(Collectors.joining(", "))
                + (words.size() > MAX_LISTED ? ", …" : "");
    }

    /// A word of the plan as messages quote it: on one line and not endless.
    static String shown(String word) {
        StringBuilder shown = new StringBuilder("`");
        word.codePoints()
                .limit(MAX_SHOWN)
                .map(
                        c ->
                                Character.isISOControl(c)
                                                || Character.getType(c) == Character.FORMAT
                                        ? '�'
                                        : c)
                .map(c -> c == 0x2028 || c == 0x2029 ? '�' : c)
                .forEach(shown::appendCodePoint);
        boolean cut = word.codePointCount(0, word.length()) > MAX_SHOWN;
        return shown.append(cut ? "…`" : "`").toString();
    }

    /// Makes something of the engine, whose own rules come out as failures at a place.
    static <T> T unlessRefused(Place place, Supplier<T> made) {
        try {
            return made.get();
        } catch (IllegalArgumentException e) {
            String problem = e.getMessage();
            throw at(place, problem == null ? "this is refused" : problem, "correct it here");
        }
    }
}
