package io.tieout.formats.source;

import io.tieout.engine.failure.Failure;
import io.tieout.engine.failure.FailureException;
import io.tieout.engine.failure.Place;
import io.tieout.engine.plan.Field;
import io.tieout.engine.plan.FieldType;
import io.tieout.engine.plan.FieldType.CurrencyOf;
import io.tieout.engine.plan.FieldType.DecimalNotation;
import io.tieout.engine.table.AmountColumn;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Amounts and numbers: from one column, or as credit less debit from two; with a currency where
/// the field has one.
final class DecimalReader implements FieldReader {
    private static final String NO_CURRENCY_BESIDE = "is empty beside an amount";
    private static final String NOT_A_CURRENCY =
            "is not a currency code: three letters, or up to eight letters and digits";

    private final String field;
    private final boolean money;
    private final int slot;
    private final int creditSlot;
    private final int currencySlot;
    private final DecimalParser written;
    private final DecimalParser marked;
    private final AmountColumn.Builder column;
    private final KnownCodes codes = new KnownCodes();

    private String currency = AmountColumn.NO_CURRENCY;
    private int blamed;
    private long unscaled;
    private int scale;

    DecimalReader(Field field, Layout layout, int expectedRows) {
        this.field = field.name();
        switch (field.columns(layout.side())) {
            case Field.Columns.One one -> {
                slot = layout.slot(one.column());
                creditSlot = Layout.UNUSED;
            }
            case Field.Columns.DebitCredit both -> {
                slot = layout.slot(both.debit());
                creditSlot = layout.slot(both.credit());
            }
        }
        DecimalNotation notation = DecimalNotation.DEFAULT;
        int found = Layout.UNUSED;
        boolean amounts = false;
        if (field.type() instanceof FieldType.Amount amount) {
            amounts = true;
            notation = amount.notation(layout.side());
            switch (amount.currency(layout.side())) {
                case CurrencyOf.None _ -> {}
                case CurrencyOf.Fixed fixed -> currency = fixed.code();
                case CurrencyOf.InColumn in -> found = layout.slot(in.column());
            }
        } else if (field.type() instanceof FieldType.Quantity quantity) {
            notation = quantity.notation(layout.side());
        }
        money = amounts;
        currencySlot = found;
        written = new DecimalParser(notation);
        marked = new DecimalParser(new DecimalNotation('.', Optional.empty(), notation.negated()));
        column = new AmountColumn.Builder(expectedRows);
    }

    @Override
    public int appendAll(Spans rows) {
        for (int row = 0; row < rows.rows(); row++) {
            rows.show(row, slot);
            if (creditSlot != Layout.UNUSED) {
                rows.show(row, creditSlot);
            }
            if (currencySlot != Layout.UNUSED) {
                rows.show(row, currencySlot);
            }
            try {
                if (append(rows.cells) != null) {
                    return row;
                }
            } catch (FailureException e) {
                // Said again, with its place, when the rows are added one by one.
                return row;
            }
        }
        return rows.rows();
    }

    @Override
    public @Nullable String append(Cells cells) {
        blamed = slot;
        if (isBlank(cells)) {
            column.appendAbsent();
            return null;
        }
        @Nullable String wrong = parse(cells);
        if (wrong == null) {
            try {
                column.append(unscaled, scale, currency);
            } catch (FailureException e) {
                throw new FailureException(
                        new Failure.LimitExceeded(
                                Place.UNKNOWN,
                                "field " + field + ": " + e.failure().problem(),
                                e.failure().remedy()),
                        e);
            }
        }
        return wrong;
    }

    /// The row's amount with its currency, where it can be read; for totals of rejected rows.
    Optional<RejectedTotal> total(Cells cells) {
        if (!money || isBlank(cells) || parse(cells) != null) {
            return Optional.empty();
        }
        return Optional.of(new RejectedTotal(field, currency, BigDecimal.valueOf(unscaled, scale)));
    }

    private boolean isBlank(Cells cells) {
        return cells.isBlank(slot) && (creditSlot == Layout.UNUSED || cells.isBlank(creditSlot));
    }

    private @Nullable String parse(Cells cells) {
        @Nullable String wrong =
                creditSlot == Layout.UNUSED ? decimal(cells, slot, 1) : creditLessDebit(cells);
        return wrong == null && currencySlot != Layout.UNUSED ? currency(cells) : wrong;
    }

    private @Nullable String decimal(Cells cells, int from, int sign) {
        blamed = from;
        byte kind = cells.kinds[from];
        if (kind == CellKind.DATE) {
            return "is a date, not a decimal";
        }
        DecimalParser parser = kind == CellKind.TEXT ? written : marked;
        @Nullable String wrong = parser.parse(cells.bytes, cells.from[from], cells.to[from]);
        unscaled = parser.unscaled() * sign;
        scale = parser.scale();
        return wrong;
    }

    private @Nullable String creditLessDebit(Cells cells) {
        long debit = 0;
        int debitScale = 0;
        if (!cells.isBlank(slot)) {
            @Nullable String wrong = decimal(cells, slot, -1);
            if (wrong != null || cells.isBlank(creditSlot)) {
                return wrong;
            }
            debit = unscaled;
            debitScale = scale;
        }
        @Nullable String wrong = decimal(cells, creditSlot, 1);
        if (wrong != null || debit == 0) {
            return wrong;
        }
        BigDecimal net =
                BigDecimal.valueOf(unscaled, scale).add(BigDecimal.valueOf(debit, debitScale));
        if (net.precision() > AmountColumn.MAX_SCALE) {
            return DecimalParser.TOO_LONG;
        }
        unscaled = net.unscaledValue().longValueExact();
        scale = net.scale();
        return null;
    }

    private @Nullable String currency(Cells cells) {
        int from = cells.from[currencySlot];
        int to = cells.to[currencySlot];
        @Nullable String known = codes.find(cells.bytes, from, to);
        if (known != null) {
            currency = known;
            return null;
        }
        String code =
                new String(cells.bytes, from, to - from, StandardCharsets.UTF_8)
                        .strip()
                        .toUpperCase(Locale.ROOT);
        if (code.isEmpty()) {
            return blameCurrency(NO_CURRENCY_BESIDE);
        }
        if (code.length() < 3
                || code.length() > 8
                || !code.chars().allMatch(DecimalReader::isCodeLetter)) {
            return blameCurrency(NOT_A_CURRENCY);
        }
        currency = code;
        codes.keep(cells.bytes, from, to, code);
        return null;
    }

    private static boolean isCodeLetter(int c) {
        return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    }

    private String blameCurrency(String reason) {
        blamed = currencySlot;
        return reason;
    }

    @Override
    public int slot() {
        return blamed;
    }

    @Override
    public void removeLast(int count) {
        column.removeLast(count);
    }

    @Override
    public AmountColumn build() {
        return column.build();
    }
}
