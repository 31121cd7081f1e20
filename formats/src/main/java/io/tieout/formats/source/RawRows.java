package io.tieout.formats.source;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/// Takes rows as they are into a batch. For one thread, and used again for stretch after stretch.
final class RawRows implements RowTaker<RawRows.Part> {
    static final String NOT_UTF_8 =
            "is not valid UTF-8; if the file is in another encoding, name it with `encoding`";
    static final String NUL = "has a NUL character in it";

    private final IntFunction<String> nameOf;
    private final int maxCellBytes;
    private final int maxRejects;
    private final RowBatch batch;
    private final List<Reject> rejects = new ArrayList<>();
    private int rejected;
    private int rows;

    /// @param dense whether each row has a value in each slot
    /// @param nameOf the name of a slot, for rejects
    RawRows(boolean dense, IntFunction<String> nameOf, RowOptions options) {
        this.nameOf = nameOf;
        maxCellBytes = options.maxCellBytes();
        maxRejects = options.reading().maxRejects();
        batch = new RowBatch(dense);
    }

    /// Starts anew.
    RawRows clear() {
        batch.clear();
        rejects.clear();
        rejected = 0;
        rows = 0;
        return this;
    }

    /// Bytes of text and rows so far, as a measure of when to hand them over.
    int size() {
        return batch.copied() + rows;
    }

    /// Whether there are more rejects since the last start than the whole source may have.
    boolean isHopeless() {
        return rejected > maxRejects;
    }

    @Override
    public void add(Cells cells, long line) {
        rows++;
        int cell = batch.reserve(cells.taken());
        for (int i = 0; i < cells.taken(); i++) {
            int slot = cells.taken(i);
            int from = cells.from[slot];
            int to = cells.to[slot];
            if (cells.kinds[slot] == Cells.ABSENT) {
                continue;
            }
            @Nullable String wrong = problem(cells.bytes, from, to);
            if (wrong != null) {
                keep(line, nameOf.apply(slot), wrong);
                return;
            }
            batch.cell(cell++, slot, cells.bytes, from, to, cells.kinds[slot]);
        }
        batch.endRow(rows, Math.toIntExact(line), cell);
    }

    @Override
    public void addAll(Spans spans) {
        byte[] bytes = spans.cells.bytes;
        batch.over(bytes);
        int width = spans.from.length;
        boolean plain = !spans.cells.mayBeUnicode && !hasNul(spans);
        for (int row = 0; row < spans.rows(); row++) {
            rows++;
            int first = batch.reserve(width);
            int bad = -1;
            for (int c = width - 1; c >= 0; c--) {
                int from = spans.from[c][row];
                int to = spans.to[c][row];
                batch.cell(first + c, from, to);
                if (to - from > maxCellBytes || (!plain && problem(bytes, from, to) != null)) {
                    bad = c;
                }
            }
            if (bad < 0) {
                batch.endRow(rows, spans.line(row), first + width);
            } else {
                @Nullable String wrong = problem(bytes, spans.from[bad][row], spans.to[bad][row]);
                keep(spans.line(row), nameOf.apply(bad), wrong == null ? "" : wrong);
            }
        }
    }

    private static boolean hasNul(Spans spans) {
        int start = spans.from[0][0];
        int end = spans.to[spans.to.length - 1][spans.rows() - 1];
        return ByteSearch.indexOf(spans.cells.bytes, (byte) 0, start, end) >= 0;
    }

    /// What is wrong with a value, or null.
    private @Nullable String problem(byte[] bytes, int from, int to) {
        if (to - from > maxCellBytes) {
            return "has " + (to - from) + " bytes, more than " + maxCellBytes;
        }
        if (!Utf8.isValid(bytes, from, to)) {
            return NOT_UTF_8;
        }
        return ByteSearch.indexOf(bytes, (byte) 0, from, to) >= 0 ? NUL : null;
    }

    @Override
    public void reject(long line, String reason) {
        rows++;
        keep(line, "", reason);
    }

    @Override
    public void reject(long line, int slot, String reason) {
        rows++;
        keep(line, nameOf.apply(slot), reason);
    }

    private void keep(long line, String column, String reason) {
        rejected++;
        // One more than allowed fails the whole source, so no more need be remembered.
        if (rejects.size() <= maxRejects) {
            rejects.add(new Reject(line, rows, column, reason));
        }
    }

    @Override
    public Part build(long lineCount) {
        return new Part(batch, rows, rejected, lineCount, rejects);
    }

    /// The rows of one stretch; they and their lines count from its start.
    ///
    /// @param rows rejected ones included
    record Part(RowBatch batch, int rows, int rejected, long lineCount, List<Reject> rejects)
            implements Parsed {}
}
