package io.tieout.server.result;

import io.tieout.server.result.ExportRow.Cell;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;

/// A file of rows that is written as they come, in constant memory.
interface ExportFile {
    /// Writes a row.
    void row(List<Cell> cells) throws IOException;

    /// Writes what is left.
    void finish() throws IOException;

    /// CSV as RFC 4180 has it, in UTF-8. A text that a spreadsheet would take for a formula, or
    /// that begins with an apostrophe, has an apostrophe before it: whoever takes away one that a
    /// value begins with has what was written. Numbers have none.
    final class Csv implements ExportFile {
        private static final String FORMULA_STARTS = "=+-@\t\r\n'";
        private static final String QUOTED = ",\"\n\r";

        private final Writer out;

        Csv(OutputStream stream) throws IOException {
            out = new BufferedWriter(new OutputStreamWriter(stream, StandardCharsets.UTF_8));
            out.write(String.join(",", ExportRow.COLUMNS));
            out.write("\r\n");
        }

        @Override
        public void row(List<Cell> cells) throws IOException {
            for (int i = 0; i < cells.size(); i++) {
                if (i > 0) {
                    out.write(',');
                }
                write(cells.get(i));
            }
            out.write("\r\n");
        }

        private void write(Cell cell) throws IOException {
            switch (cell) {
                case Cell.Characters characters -> writeText(characters.text());
                case Cell.Decimal number -> out.write(number.value().toPlainString());
                case Cell.Day day -> out.write(day.value().toString());
            }
        }

        private void writeText(String text) throws IOException {
            String safe =
                    !text.isEmpty() && FORMULA_STARTS.indexOf(text.charAt(0)) >= 0
                            ? "'" + text
                            : text;
            boolean quoted = safe.chars().anyMatch(c -> QUOTED.indexOf(c) >= 0);
            out.write(quoted ? '"' + safe.replace("\"", "\"\"") + '"' : safe);
        }

        @Override
        public void finish() throws IOException {
            out.flush();
        }
    }

    /// A workbook. A sheet has 1,048,576 rows at most, so what does not fit goes on in another one.
    /// Texts are cells of text, which no spreadsheet takes for a formula. A number of more than 15
    /// digits is a text, since spreadsheets would round it.
    final class Xlsx implements ExportFile {
        private static final int ROWS_OF_A_SHEET = 1 << 20;
        private static final int FLUSHED_ROWS = 500;
        private static final int EXACT_DIGITS = 15;
        private static final int LONGEST_TEXT = 32_767;

        private final Workbook workbook;
        private final int rowsOfASheet;
        private Worksheet sheet;
        private int sheets = 1;
        private int rows;

        Xlsx(OutputStream stream) {
            this(stream, ROWS_OF_A_SHEET);
        }

        Xlsx(OutputStream stream, int rowsOfASheet) {
            this.workbook = new Workbook(stream, "Tieout", "1.0");
            this.rowsOfASheet = rowsOfASheet;
            this.sheet = begun(workbook.newWorksheet("results"));
        }

        private static Worksheet begun(Worksheet sheet) {
            for (int c = 0; c < ExportRow.COLUMNS.size(); c++) {
                sheet.inlineString(0, c, ExportRow.COLUMNS.get(c));
            }
            sheet.freezePane(0, 1);
            return sheet;
        }

        @Override
        public void row(List<Cell> cells) throws IOException {
            if (rows + 1 == rowsOfASheet) {
                sheet.finish();
                sheets++;
                sheet = begun(workbook.newWorksheet("results " + sheets));
                rows = 0;
            }
            rows++;
            for (int c = 0; c < cells.size(); c++) {
                write(c, cells.get(c));
            }
            if (rows % FLUSHED_ROWS == 0) {
                sheet.flush();
            }
        }

        private void write(int column, Cell cell) {
            switch (cell) {
                case Cell.Characters characters -> {
                    if (!characters.text().isEmpty()) {
                        sheet.inlineString(rows, column, cut(characters.text()));
                    }
                }
                case Cell.Decimal number -> {
                    if (number.value().precision() > EXACT_DIGITS) {
                        sheet.inlineString(rows, column, number.value().toPlainString());
                    } else {
                        sheet.value(rows, column, number.value());
                    }
                }
                case Cell.Day day -> {
                    sheet.value(rows, column, day.value());
                    sheet.style(rows, column).format("yyyy-mm-dd").set();
                }
            }
        }

        /// As long as a cell may be.
        private static String cut(String text) {
            return text.length() <= LONGEST_TEXT ? text : text.substring(0, LONGEST_TEXT - 1) + "…";
        }

        @Override
        public void finish() throws IOException {
            sheet.finish();
            workbook.finish();
        }
    }
}
