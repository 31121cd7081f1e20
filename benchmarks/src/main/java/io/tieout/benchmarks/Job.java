package io.tieout.benchmarks;

/// What the rivals are asked to do: match two files and write down which records matched.
enum Job {
    /// Equal reference, amount, currency and date.
    EXACT,

    /// What equality leaves: amounts within 0.5 %, dates within two days, references of a
    /// Jaro-Winkler similarity of at least 0.85.
    TOLERANCE
}
