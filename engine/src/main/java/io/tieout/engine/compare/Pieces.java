package io.tieout.engine.compare;

import io.tieout.engine.plan.Similarity;
import io.tieout.engine.table.Hash;
import io.tieout.engine.table.TextColumn;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Cuts texts into the pieces that similarities of sets compare, and that an index finds pairs by.
/// A piece is a long: three characters are packed into it, words and codes are hashed.
public final class Pieces {
    /// How a text is cut.
    public enum Cut {
        /// Words between white space.
        WORDS,
        /// Three characters each of every word, padded with two spaces before it and after it.
        TRIGRAMS_OF_WORDS,
        /// Three characters each of the whole text, padded with two spaces before it and after it.
        TRIGRAMS,
        /// The Soundex codes of the words.
        SOUNDEX,
        /// The Metaphone codes of the words.
        METAPHONE
    }

    private static final int PADDING = 2;

    private long[] pieces = new long[32];
    private int count;

    /// Nothing is cut yet.
    public Pieces() {}

    /// The cut that a similarity compares, or finds its candidates by where it compares characters.
    public static Cut cutOf(Similarity similarity) {
        return switch (similarity) {
            case LEVENSHTEIN, JARO_WINKLER -> Cut.TRIGRAMS;
            case JACCARD -> Cut.TRIGRAMS_OF_WORDS;
            case COSINE, TOKEN_SET -> Cut.WORDS;
            case SOUNDEX -> Cut.SOUNDEX;
            case METAPHONE -> Cut.METAPHONE;
        };
    }

    /// The pieces of a row's text, ascending, as often as they occur.
    public long[] of(Cut cut, TextColumn texts, int row) {
        return of(cut, texts.bytes(), texts.start(row), texts.end(row));
    }

    /// The pieces of a text, ascending, as often as they occur.
    public long[] of(Cut cut, String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        return of(cut, utf8, 0, utf8.length);
    }

    private long[] of(Cut cut, byte[] bytes, int start, int end) {
        count = 0;
        if (cut == Cut.TRIGRAMS) {
            addTrigrams(bytes, start, end);
        } else {
            int from = start;
            for (int at = start; at <= end; at++) {
                if (at == end || isSpace(bytes[at])) {
                    if (at > from) {
                        addWord(cut, bytes, from, at);
                    }
                    from = at + 1;
                }
            }
        }
        long[] cutOff = Arrays.copyOf(pieces, count);
        Arrays.sort(cutOff);
        return cutOff;
    }

    private static boolean isSpace(byte b) {
        return b == ' ' || (b >= '\t' && b <= '\r');
    }

    private void addWord(Cut cut, byte[] bytes, int from, int to) {
        switch (cut) {
            case WORDS -> add(Hash.of(bytes, from, to));
            case TRIGRAMS_OF_WORDS, TRIGRAMS -> addTrigrams(bytes, from, to);
            case SOUNDEX -> addCode(Phonetics.soundex(text(bytes, from, to)));
            case METAPHONE -> addCode(Phonetics.metaphone(text(bytes, from, to)));
        }
    }

    private void addCode(String code) {
        byte[] utf8 = code.getBytes(StandardCharsets.UTF_8);
        add(Hash.of(utf8, 0, utf8.length));
    }

    private void addTrigrams(byte[] bytes, int from, int to) {
        for (int at = from; at < to; at++) {
            if (bytes[at] < 0) {
                addTrigrams(text(bytes, from, to));
                return;
            }
        }
        if (from == to) {
            return;
        }
        long window = (long) ' ' << Character.SIZE | ' ';
        for (int at = from; at < to + PADDING; at++) {
            window = next(window, at < to ? (char) bytes[at] : ' ');
            add(window);
        }
    }

    private void addTrigrams(String text) {
        long window = (long) ' ' << Character.SIZE | ' ';
        for (int at = 0; at < text.length() + PADDING; at++) {
            window = next(window, at < text.length() ? text.charAt(at) : ' ');
            add(window);
        }
    }

    private static long next(long window, char added) {
        return (window << Character.SIZE | added) & 0xFFFF_FFFF_FFFFL;
    }

    private static String text(byte[] bytes, int from, int to) {
        return new String(bytes, from, to - from, StandardCharsets.UTF_8);
    }

    private void add(long piece) {
        if (count == pieces.length) {
            pieces = Arrays.copyOf(pieces, count * 2);
        }
        pieces[count++] = piece;
    }
}
