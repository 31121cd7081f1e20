package io.tieout.cli;

/// How the process ends, as `diff` does. One that is interrupted ends as the signal has it: 130 for
/// Ctrl-C, 143 for a polite kill.
final class ExitStatus {
    /// Everything tied out.
    static final int TIED_OUT = 0;

    /// Breaks or suggestions remain.
    static final int OPEN = 1;

    /// An error; one line on standard error says which.
    static final int ERROR = 2;

    private ExitStatus() {}
}
