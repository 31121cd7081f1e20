package io.tieout.formats.outcome;

import io.tieout.engine.table.AmountColumn;
import java.math.BigDecimal;
import java.util.Currency;
import java.util.Locale;

/// An amount as people read it. A column keeps all amounts at the finest scale among them; shown,
/// each has the decimals that its currency has, and more only where the amount itself does.
final class ShownAmount {
    private ShownAmount() {}

    /// The amount as a plain decimal. Its value is never changed, and no digit but zeros is left
    /// out.
    static String of(BigDecimal amount, String currency) {
        int decimals = decimals(currency);
        if (decimals < 0) {
            return amount.toPlainString();
        }
        int needed = Math.max(0, amount.stripTrailingZeros().scale());
        return amount.setScale(Math.max(needed, decimals)).toPlainString();
    }

    /// The value of a row with its currency beside it; empty when absent.
    static String of(AmountColumn amounts, int row) {
        if (amounts.isAbsent(row)) {
            return "";
        }
        String currency = amounts.currency(row);
        BigDecimal value = BigDecimal.valueOf(amounts.unscaled(row), amounts.scale());
        BigDecimal shown = new BigDecimal(of(value, currency));
        String grouped = String.format(Locale.ROOT, "%,." + shown.scale() + "f", shown);
        return currency.equals(AmountColumn.NO_CURRENCY) ? grouped : grouped + " " + currency;
    }

    /// -1 where none are known, as for a code that is no currency's.
    private static int decimals(String currency) {
        try {
            return Currency.getInstance(currency).getDefaultFractionDigits();
        } catch (IllegalArgumentException e) {
            return -1;
        }
    }
}
