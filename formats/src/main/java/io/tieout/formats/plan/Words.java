package io.tieout.formats.plan;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/// A closed choice that a plan writes as a word.
///
/// @param what what the words are, as messages call one
/// @param byWord the choices, in the order in which messages list them
record Words<T>(String what, Map<String, T> byWord) {
    /// All values of an enum.
    static <T extends Enum<T>> Words<T> of(String what, T[] values, Function<T, String> word) {
        Map<String, T> byWord = new LinkedHashMap<>();
        for (T value : values) {
            byWord.put(word.apply(value), value);
        }
        return new Words<>(what, byWord);
    }

    /// The choice that a node makes.
    T read(Node node) {
        String word = node.text("a " + what);
        T choice = byWord.get(word);
        if (choice == null) {
            throw Invalid.unknown(
                    node.place(),
                    "there is no " + what + " " + Invalid.shown(word),
                    word,
                    byWord.keySet());
        }
        return choice;
    }

    /// The first word that stands for a choice: the one of the canonical form.
    String wordOf(T choice) {
        return byWord.entrySet().stream()
                .filter(entry -> entry.getValue().equals(choice))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no word for a " + what))
                .getKey();
    }
}
