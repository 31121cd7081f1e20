package io.tieout.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Locale;

/// Standard output. A reader that has seen enough and goes, as `head` does, is no failure: what is
/// left is dropped without a word. A disk that is full is one.
final class OutputPipe extends OutputStream {
    private final OutputStream out;
    private boolean gone;
    private boolean broken;

    OutputPipe(OutputStream out) {
        this.out = out;
    }

    /// The process's own, not buffered: a `PrintStream` would hide why writing failed.
    static OutputPipe standard() {
        return new OutputPipe(new FileOutputStream(FileDescriptor.out));
    }

    @Override
    public void write(int b) {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int length) {
        if (gone || broken) {
            return;
        }
        try {
            out.write(bytes, from, length);
        } catch (IOException e) {
            // "Broken pipe", in the words of the system.
            gone = String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT).contains("pipe");
            broken = !gone;
        }
    }

    /// Whether something was lost that a reader wanted.
    boolean isBroken() {
        return broken;
    }
}
