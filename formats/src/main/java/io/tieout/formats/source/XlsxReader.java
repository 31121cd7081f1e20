package io.tieout.formats.source;

import io.tieout.engine.failure.Failure;
import io.tieout.engine.failure.FailureException;
import io.tieout.engine.failure.Place;
import io.tieout.formats.plan.NearestName;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;
import org.dhatim.fastexcel.reader.Cell;
import org.dhatim.fastexcel.reader.CellType;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.dhatim.fastexcel.reader.ReadingOptions;
import org.dhatim.fastexcel.reader.Row;
import org.dhatim.fastexcel.reader.Sheet;
import org.dhatim.fastexcel.reader.SheetVisibility;
import org.jspecify.annotations.Nullable;

/// Reads one sheet of a workbook. A workbook is held in memory, as its format asks for, so its size
/// is limited both as it comes and unfolded.
final class XlsxReader {
    private static final int MAX_FILE_BYTES = 512 << 20;
    private static final long MAX_UNFOLDED_BYTES = 4L << 30;

    private final SourceContent content;
    private final Optional<String> sheetName;
    private final HeaderFinder headers;
    private final ReadOptions options;
    private final String name;
    private boolean uncomputed;

    /// @param sheetName the sheet to read; empty: the first that is not hidden
    XlsxReader(
            SourceContent content,
            Optional<String> sheetName,
            HeaderFinder headers,
            ReadOptions options) {
        this.content = content;
        this.sheetName = sheetName;
        this.headers = headers;
        this.options = options;
        this.name = content.name();
    }

    /// Hands over the rows of the sheet.
    void read(SheetRows target) {
        byte[] file = all();
        try {
            requireUnfoldable(file);
            ReadingOptions reading = new ReadingOptions(true, true);
            try (ReadableWorkbook workbook =
                    new ReadableWorkbook(new ByteArrayInputStream(file), reading)) {
                readSheet(workbook, target);
            }
        } catch (FailureException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            throw new FailureException(
                    new Failure.UnreadableSource(
                            Place.of(name),
                            "is no workbook that can be read",
                            "open it, save it as .xlsx again, or export it as CSV"),
                    e);
        }
    }

    private byte[] all() {
        ByteArrayOutputStream all = new ByteArrayOutputStream(content.sample().length * 2);
        all.write(content.sample(), 0, content.sample().length);
        byte[] buffer = new byte[1 << 16];
        while (true) {
            int count = content.stream().read(buffer, 0, buffer.length);
            if (count < 0) {
                return all.toByteArray();
            }
            all.write(buffer, 0, count);
            requireAtMost(all.size(), MAX_FILE_BYTES, "as a file");
        }
    }

    /// Unfolds every part once and forgets it: the sizes that an archive declares may lie.
    private void requireUnfoldable(byte[] file) throws IOException {
        long unfolded = 0;
        try (ZipFile zip = ZipFile.builder().setByteArray(file).get()) {
            for (ZipArchiveEntry entry : Collections.list(zip.getEntries())) {
                try (InputStream part = zip.getInputStream(entry)) {
                    boolean sheet = entry.getName().contains("worksheets/");
                    unfolded = unfold(part, unfolded, file.length, sheet);
                }
            }
        }
    }

    private long unfold(InputStream part, long before, int fileBytes, boolean sheet)
            throws IOException {
        long limit = Math.min(MAX_UNFOLDED_BYTES, options.limits().maxBytes());
        SheetScan scan = new SheetScan();
        byte[] buffer = new byte[1 << 16];
        long unfolded = before;
        for (int count = part.read(buffer); count >= 0; count = part.read(buffer)) {
            unfolded += count;
            requireAtMost(unfolded, limit, "unfolded");
            if (SourceStream.isTooDense(unfolded, fileBytes)) {
                throw new FailureException(SourceStream.tooDense(name));
            }
            if (sheet) {
                scan.scan(buffer, count);
            }
        }
        if (scan.seesTooFar()) {
            throw new FailureException(
                    new Failure.LimitExceeded(
                            Place.of(name),
                            "has a cell beyond column XFD, the last of a sheet",
                            "save it from a spreadsheet, or export it as CSV"));
        }
        uncomputed |= scan.seesUncomputed();
        return unfolded;
    }

    private void requireAtMost(long bytes, long limit, String how) {
        if (bytes > limit) {
            throw new FailureException(
                    new Failure.LimitExceeded(
                            Place.of(name),
                            "has more than " + limit + " bytes " + how,
                            "export the sheet as CSV"));
        }
    }

    private void readSheet(ReadableWorkbook workbook, SheetRows target) throws IOException {
        Sheet sheet = sheet(workbook);
        SheetValues values = new SheetValues(target.slots(), workbook.isDate1904(), uncomputed);
        try (Stream<Row> stream = sheet.openStream()) {
            Iterator<Row> rows = stream.iterator();
            List<Row> first = firstFilled(rows);
            if (first.isEmpty()) {
                throw SourceInput.unreadable(
                        name, "sheet `" + sheet.getName() + "` is empty", "name another `sheet`");
            }
            Header header = headers.find(first.stream().map(XlsxReader::texts).toList());
            target.columns(
                    sheet.getName(), header, Place.of(name, first.get(header.top()).getRowNum()));
            for (Row row : first.subList(header.data(), first.size())) {
                addRow(row, values, target);
            }
            while (rows.hasNext() && target.wantsMore()) {
                requireNotCancelled();
                Row row = rows.next();
                if (isFilled(row)) {
                    addRow(row, values, target);
                }
            }
        }
    }

    private void requireNotCancelled() {
        if (options.progress().isCancelled()) {
            throw new FailureException(
                    new Failure.Cancelled(
                            Place.of(name), "reading was cancelled", "start again when you like"));
        }
    }

    private Sheet sheet(ReadableWorkbook workbook) {
        if (sheetName.isEmpty()) {
            return workbook.getSheets()
                    .filter(sheet -> sheet.getVisibility() == SheetVisibility.VISIBLE)
                    .findFirst()
                    .orElseGet(workbook::getFirstSheet);
        }
        return workbook.findSheet(sheetName.get())
                .orElseThrow(
                        () -> {
                            List<String> names = workbook.getSheets().map(Sheet::getName).toList();
                            return new FailureException(
                                    new Failure.InvalidPlan(
                                            Place.of(name),
                                            "there is no sheet `" + sheetName.get() + "`",
                                            NearestName.of(sheetName.get(), names)
                                                    .map(near -> "did you mean `" + near + "`?")
                                                    .orElse(
                                                            "name one of the sheets: "
                                                                    + String.join(", ", names))));
                        });
    }

    private boolean isFilled(Row row) {
        return row.getFirstNonEmptyCell().isPresent()
                || (uncomputed
                        && row.stream()
                                .anyMatch(c -> c != null && c.getType() == CellType.FORMULA));
    }

    /// The first rows that are not empty, among which the header is.
    private List<Row> firstFilled(Iterator<Row> rows) {
        List<Row> first = new ArrayList<>();
        while (rows.hasNext() && first.size() < HeaderFinder.RECORDS_SEARCHED) {
            Row row = rows.next();
            if (isFilled(row)) {
                first.add(row);
            }
        }
        return first;
    }

    private static List<String> texts(Row row) {
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < row.getCellCount(); i++) {
            Cell cell = row.hasCell(i) ? row.getCell(i) : null;
            String text = cell == null ? null : cell.getText();
            texts.add(text == null ? "" : text.strip());
        }
        return texts;
    }

    private static void addRow(Row row, SheetValues values, SheetRows target) {
        values.start();
        for (Cell cell : row) {
            // A cell may be there for its looks alone.
            boolean filled = cell != null && cell.getType() != CellType.EMPTY;
            int slot = filled ? target.slot(cell.getColumnIndex()) : Layout.UNUSED;
            @Nullable String wrong = slot == Layout.UNUSED ? null : values.put(slot, cell);
            if (wrong != null) {
                target.rows().reject(row.getRowNum(), slot, wrong);
                return;
            }
        }
        target.rows().add(values.cells(), row.getRowNum());
    }
}
