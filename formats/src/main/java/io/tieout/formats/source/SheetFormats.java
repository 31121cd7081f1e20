package io.tieout.formats.source;

import org.dhatim.fastexcel.reader.Cell;

/// Tells the number formats of dates from those of numbers (ECMA-376, part 1, 18.8.30).
final class SheetFormats {
    private SheetFormats() {}

    /// Whether a sheet shows the cell's number as a date or a time.
    static boolean isDate(Cell cell) {
        Integer id = cell.getDataFormatId();
        if (id == null) {
            return false;
        }
        if ((id >= 14 && id <= 22)
                || (id >= 27 && id <= 36)
                || (id >= 45 && id <= 47)
                || (id >= 50 && id <= 58)) {
            return true;
        }
        String format = cell.getDataFormatString();
        return format != null && id >= 164 && isDate(format);
    }

    /// Whether a format has a letter of dates or times outside quotes, brackets and escapes, before
    /// the part for negative numbers.
    static boolean isDate(String format) {
        boolean quoted = false;
        boolean bracketed = false;
        for (int i = 0; i < format.length(); i++) {
            char c = format.charAt(i);
            if (quoted) {
                quoted = c != '"';
            } else if (bracketed) {
                bracketed = c != ']';
            } else if (c == '"') {
                quoted = true;
            } else if (c == '[') {
                bracketed = true;
            } else if (c == '\\' || c == '_' || c == '*') {
                i++;
            } else if (c == ';') {
                return false;
            } else if ("yYdDhHsSmM".indexOf(c) >= 0) {
                return true;
            }
        }
        return false;
    }
}
