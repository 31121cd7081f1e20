package io.tieout.formats.plan;

import java.math.BigDecimal;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Decimals as plans write them: `2`, `0.05`, `-1`, with a bounded number of digits.
final class Decimals {
    /// Digits that a number may have before its point, and after it.
    static final int MAX_DIGITS = 18;

    private static final Pattern DECIMAL = Pattern.compile("-?[0-9]{1,18}(\\.[0-9]{1,18})?");

    private Decimals() {}

    /// The exact value without zeros at its end, so that equal numbers are equal objects; null when
    /// the text is no decimal.
    static @Nullable BigDecimal parse(String text) {
        if (!DECIMAL.matcher(text).matches()) {
            return null;
        }
        BigDecimal value = new BigDecimal(text);
        return value.signum() == 0 ? BigDecimal.ZERO : value.stripTrailingZeros();
    }
}
