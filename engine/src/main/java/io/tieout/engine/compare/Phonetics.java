package io.tieout.engine.compare;

import java.util.Locale;

/// Codes of English words that sound alike. Characters that are no ASCII letters are passed over; a
/// word without any is its own code.
final class Phonetics {
    /// Soundex digits of A to Z; 0 for letters without one.
    private static final String DIGITS = "01230120022455012623010202";

    private Phonetics() {}

    /// American Soundex: the first letter and three digits.
    static String soundex(String word) {
        String letters = letters(word);
        if (letters.isEmpty()) {
            return word;
        }
        StringBuilder code = new StringBuilder().append(letters.charAt(0));
        char before = digit(letters.charAt(0));
        for (int i = 1; i < letters.length() && code.length() < 4; i++) {
            char letter = letters.charAt(i);
            if (letter == 'H' || letter == 'W') {
                continue;
            }
            char digit = digit(letter);
            if (digit != '0' && digit != before) {
                code.append(digit);
            }
            before = digit;
        }
        return code.append("000").substring(0, 4);
    }

    private static char digit(char letter) {
        return DIGITS.charAt(letter - 'A');
    }

    /// Metaphone (Philips 1990), all of the word; `0` stands for the sound of `th`, `X` for that of
    /// `sh`.
    static String metaphone(String word) {
        String letters = letters(word);
        if (letters.isEmpty()) {
            return word;
        }
        String text = withoutSilentStart(letters);
        StringBuilder code = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char letter = text.charAt(i);
            if (letter != 'C' && i > 0 && text.charAt(i - 1) == letter) {
                continue;
            }
            code.append(sound(text, i));
            if (letter == 'T' && at(text, i + 1) == 'H') {
                i++;
            }
        }
        return code.toString();
    }

    private static String withoutSilentStart(String text) {
        if (text.length() > 1) {
            String start = text.substring(0, 2);
            if (start.equals("AE")
                    || start.equals("GN")
                    || start.equals("KN")
                    || start.equals("PN")
                    || start.equals("WR")) {
                return text.substring(1);
            }
            if (start.equals("WH")) {
                return "W" + text.substring(2);
            }
        }
        return text.startsWith("X") ? "S" + text.substring(1) : text;
    }

    private static String sound(String text, int i) {
        char next = at(text, i + 1);
        char before = at(text, i - 1);
        return switch (text.charAt(i)) {
            case 'A', 'E', 'I', 'O', 'U' -> i == 0 ? text.substring(0, 1) : "";
            case 'B' -> before == 'M' && next == 0 ? "" : "B";
            case 'C' -> soundOfC(text, i);
            case 'D' -> next == 'G' && isFront(at(text, i + 2)) ? "J" : "T";
            case 'G' -> soundOfG(text, i);
            case 'H' -> isVowel(next) && "CSPTG".indexOf(before) < 0 ? "H" : "";
            case 'K' -> before == 'C' ? "" : "K";
            case 'P' -> next == 'H' ? "F" : "P";
            case 'Q' -> "K";
            case 'S' ->
                    next == 'H' || (next == 'I' && "OA".indexOf(at(text, i + 2)) >= 0) ? "X" : "S";
            case 'T' -> soundOfT(text, i);
            case 'V' -> "F";
            case 'W', 'Y' -> isVowel(next) ? text.substring(i, i + 1) : "";
            case 'X' -> "KS";
            case 'Z' -> "S";
            case 'F', 'J', 'L', 'M', 'N', 'R' -> text.substring(i, i + 1);
            default -> "";
        };
    }

    private static String soundOfC(String text, int i) {
        char next = at(text, i + 1);
        if (next == 'I' && at(text, i + 2) == 'A') {
            return "X";
        }
        if (isFront(next)) {
            return at(text, i - 1) == 'S' ? "" : "S";
        }
        if (next == 'H') {
            return at(text, i - 1) == 'S' ? "K" : "X";
        }
        return "K";
    }

    private static String soundOfG(String text, int i) {
        char next = at(text, i + 1);
        char before = at(text, i - 1);
        if (next == 'H' && !isVowel(at(text, i + 2)) && i + 2 < text.length()) {
            return "";
        }
        if (next == 'N' && (i + 2 == text.length() || text.substring(i).equals("GNED"))) {
            return "";
        }
        if (before == 'D' && isFront(next)) {
            return "";
        }
        return isFront(next) && before != 'G' ? "J" : "K";
    }

    private static String soundOfT(String text, int i) {
        char next = at(text, i + 1);
        if (next == 'I' && "OA".indexOf(at(text, i + 2)) >= 0) {
            return "X";
        }
        if (next == 'H') {
            return "0";
        }
        return next == 'C' && at(text, i + 2) == 'H' ? "" : "T";
    }

    private static char at(String text, int i) {
        return i >= 0 && i < text.length() ? text.charAt(i) : 0;
    }

    private static boolean isVowel(char letter) {
        return letter == 'A' || letter == 'E' || letter == 'I' || letter == 'O' || letter == 'U';
    }

    private static boolean isFront(char letter) {
        return letter == 'E' || letter == 'I' || letter == 'Y';
    }

    private static String letters(String word) {
        StringBuilder kept = new StringBuilder(word.length());
        for (char c : word.toUpperCase(Locale.ROOT).toCharArray()) {
            if (c >= 'A' && c <= 'Z') {
                kept.append(c);
            }
        }
        return kept.toString();
    }
}
