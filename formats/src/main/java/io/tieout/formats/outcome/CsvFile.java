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
        byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
        bytes(encoded, 0, encoded.length);
    }

    /// Adds a number that is not negative.
    void number(long number) throws IOException {
        startField();
        ensure(20);
        int digits = 1;
        for (long rest = number; rest > 9; rest /= 10) {
            digits++;
        }
        long rest = number;
        for (int i = digits - 1; i >= 0; i--) {
            buffer[size + i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        size += digits;
    }

    /// Adds `source[from..to)`.
    void bytes(byte[] source, int from, int to) throws IOException {
        startField();
        boolean quoted = needsQuotes(source, from, to);
        ensure(2 * (to - from) + 2);
        if (!quoted) {
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
            if (b == ',' || b == '"' || b == '\n' || b == '\r') {
                return true;
            }
        }
        return false;
    }

    private void startField() throws IOException {
        if (rowStarted) {
            ensure(1);
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
