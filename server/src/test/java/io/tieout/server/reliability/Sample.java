package io.tieout.server.reliability;

import static java.nio.charset.StandardCharsets.US_ASCII;

/// Files to try things with; they suit the plan of `JobApi`.
final class Sample {
    private static final String WIDE = "x".repeat(120);

    private Sample() {}

    /// A file of records with references from one number on.
    ///
    /// @param wide with a long text in each, so that fewer of them are a large file
    static byte[] csv(int from, int to, boolean wide) {
        StringBuilder text = new StringBuilder("id,ref,amount,note\n");
        for (int i = from; i < to; i++) {
            text.append('k').append(i).append(",r").append(i).append(',').append(i % 1000);
            text.append(".25,").append(wide ? WIDE : "").append('\n');
        }
        return text.toString().getBytes(US_ASCII);
    }
}
