package io.tieout.formats.outcome;

import io.tieout.engine.table.Table;
import io.tieout.engine.table.TextColumn;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/// Writes CSV as RFC 4180 has it, in UTF-8 with `\n` as line end, quoting only what needs it.
/// Values go out unchanged, those that a spreadsheet would take for a formula too: keys must come
/// back as they were. For one thread.
final class CsvFile implements Closeable {
    private static final int BUFFER_BYTES = 1 << 16;

    private final FileChannel channel;
    private byte[] buffer = new byte[BUFFER_BYTES];
    private int size;
    private boolean rowStarted;

    /// Creates the file; it must not exist.
    CsvFile(Path path, String... header) throws IOException {
        channel = FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        for (String name : header) {
            text(name);
        }
        endRow();
    }

    /// Adds a record's key.
    void key(Table table, int row) throws IOException {
        @Nullable TextColumn keys = table.keys();
        if (keys == null) {
            number(table.rowNumber(row));
        } else {
            bytes(keys.bytes(), keys.start(row), keys.end(row));
        }
    }

    /// Adds a text.
    void text(String text) throws IOException {
        encoded(encode(text));
    }

    /// A text as it stands in a file, quoted if it must be; for one that many rows share.
    static byte[] encode(String text) {
        byte[] plain = text.getBytes(StandardCharsets.UTF_8);
        return needsQuotes(plain, 0, plain.length)
                ? ('"' + text.replace("\"", "\"\"") + '"').getBytes(StandardCharsets.UTF_8)
                : plain;
    }

    /// Adds what [#encode(String)] made.
    void encoded(byte[] field) throws IOException {
        startField(field.length);
        System.arraycopy(field, 0, buffer, size, field.length);
        size += field.length;
    }

    /// Adds a number that is not negative.
    void number(long number) throws IOException {
        startField(TextBuffer.MAX_DIGITS);
        size = TextBuffer.putDigits(buffer, size, number);
    }

    /// Adds what a buffer holds.
    void text(TextBuffer text) throws IOException {
        bytes(text.bytes(), 0, text.size());
    }

    /// Adds `source[from..to)`, which is UTF-8.
    void bytes(byte[] source, int from, int to) throws IOException {
        startField(2 * (to - from) + 2);
        if (!needsQuotes(source, from, to)) {
            System.arraycopy(source, from, buffer, size, to - from);
            size += to - from;
            return;
        }
        buffer[size++] = '"';
        for (int i = from; i < to; i++) {
            if (source[i] == '"') {
                buffer[size++] = '"';
            }
            buffer[size++] = source[i];
        }
        buffer[size++] = '"';
    }

    private static boolean needsQuotes(byte[] source, int from, int to) {
        if (from == to) {
            return false;
        }
        if (source[from] == ' ' || source[to - 1] == ' ') {
            return true;
        }
        for (int i = from; i < to; i++) {
            byte b = source[i];
            // The first test alone sends nearly every byte on.
            if (b <= ',' && (b == ',' || b == '"' || b == '\n' || b == '\r')) {
                return true;
            }
        }
        return false;
    }

    private void startField(int most) throws IOException {
        ensure(most + 1);
        if (rowStarted) {
            buffer[size++] = ',';
        }
        rowStarted = true;
    }

    void endRow() throws IOException {
        ensure(1);
        buffer[size++] = '\n';
        rowStarted = false;
    }

    private void ensure(int more) throws IOException {
        if (buffer.length - size < more) {
            flush();
            if (buffer.length < more) {
                buffer = new byte[more];
            }
        }
    }

    private void flush() throws IOException {
        ByteBuffer full = ByteBuffer.wrap(buffer, 0, size);
        while (full.hasRemaining()) {
            channel.write(full);
        }
        size = 0;
    }

    /// Writes what is left and waits until the disk has it.
    void finish() throws IOException {
        flush();
        channel.force(true);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
