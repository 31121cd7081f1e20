package io.tieout.formats.source;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.Set;
import org.dhatim.fastexcel.reader.Cell;
import org.dhatim.fastexcel.reader.CellType;
import org.jspecify.annotations.Nullable;

/// Turns the cells of one sheet row into values. Numbers are rounded to the 15 digits that a
/// spreadsheet shows and computes with: what is stored as 0.30000000000000004 is 0.3.
final class SheetValues {
    private static final String ERROR = "holds a spreadsheet error";
    private static final String NOT_COMPUTED =
            "holds a formula without its value; open the workbook in a spreadsheet and save it";
    private static final Set<String> ERRORS =
            Set.of(
                    "#NULL!",
                    "#DIV/0!",
                    "#VALUE!",
                    "#REF!",
                    "#NAME?",
                    "#NUM!",
                    "#N/A",
                    "#SPILL!",
                    "#CALC!",
                    "#FIELD!",
                    "#BLOCKED!",
                    "#CONNECT!",
                    "#UNKNOWN!",
                    "#BUSY!",
                    "#PYTHON!",
                    "#GETTING_DATA");
    private static final MathContext SHEET_DIGITS = new MathContext(15, RoundingMode.HALF_EVEN);
    private static final BigDecimal MILLIS_PER_DAY = BigDecimal.valueOf(86_400_000);
    private static final LocalDate FIRST_DAY = LocalDate.of(1899, 12, 30);
    private static final int DAYS_TO_1904 = 1462;
    private static final int FIRST_SERIAL = 61;
    private static final int LAST_SERIAL = 2_958_465;
    private static final int LARGEST_EXPONENT = 400;

    private final Cells cells;
    private final boolean from1904;
    private final boolean uncomputed;

    /// @param slots how many there are at least
    /// @param uncomputed whether formulas may lack their values; otherwise one without gives an
    /// empty text
    SheetValues(int slots, boolean from1904, boolean uncomputed) {
        cells = new Cells(slots);
        this.from1904 = from1904;
        this.uncomputed = uncomputed;
    }

    void start() {
        cells.clear();
    }

    Cells cells() {
        return cells;
    }

    /// Takes over a cell.
    ///
    /// @return null, or what is wrong with it
    @Nullable String put(int slot, Cell cell) {
        cells.take(slot);
        if (cell.getType() == CellType.ERROR) {
            return ERROR;
        }
        Object value = cell.getValue();
        boolean formula = cell.getType() == CellType.FORMULA;
        if (value instanceof BigDecimal number && isPlain(number)) {
            putNumber(slot, inSheetDigits(number), SheetFormats.isDate(cell));
        } else if (value instanceof Boolean bool) {
            cells.put(slot, bool ? "TRUE" : "FALSE", CellKind.TEXT);
        } else {
            String text = value == null ? null : cell.getText();
            if (text == null && formula && uncomputed) {
                return NOT_COMPUTED;
            }
            if (text != null && formula && ERRORS.contains(text)) {
                return ERROR;
            }
            if (text != null) {
                cells.put(slot, text, CellKind.TEXT);
            }
        }
        return null;
    }

    /// Whole numbers are kept as they are written, for more likely they are identifiers.
    private static BigDecimal inSheetDigits(BigDecimal number) {
        return number.scale() == 0 ? number : number.round(SHEET_DIGITS);
    }

    /// Whether the number can be written out; a hostile file may claim any exponent.
    private static boolean isPlain(BigDecimal number) {
        return Math.abs((long) number.precision() - number.scale()) < LARGEST_EXPONENT
                && Math.abs((long) number.scale()) < LARGEST_EXPONENT;
    }

    private void putNumber(int slot, BigDecimal number, boolean date) {
        BigDecimal serial = from1904 ? number.add(BigDecimal.valueOf(DAYS_TO_1904)) : number;
        boolean inRange =
                serial.compareTo(BigDecimal.valueOf(FIRST_SERIAL)) >= 0
                        && serial.compareTo(BigDecimal.valueOf(LAST_SERIAL + 1L)) < 0;
        if (!date || !inRange) {
            String plain = number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
            // Days of the 1904 system are told by their format alone: unmarked, they would be read
            // four years early.
            cells.put(slot, plain, from1904 ? CellKind.NUMBER : CellKind.SERIAL);
            return;
        }
        int days = serial.intValue();
        long millis =
                serial.subtract(BigDecimal.valueOf(days))
                        .multiply(MILLIS_PER_DAY)
                        .setScale(0, RoundingMode.HALF_EVEN)
                        .longValueExact();
        LocalDate day = FIRST_DAY.plusDays(days);
        if (millis == 0) {
            cells.put(slot, day.toString(), CellKind.DATE);
        } else {
            LocalDateTime moment = day.atStartOfDay().plusNanos(millis * 1_000_000);
            cells.put(slot, moment.toString(), CellKind.DATE);
        }
    }
}
