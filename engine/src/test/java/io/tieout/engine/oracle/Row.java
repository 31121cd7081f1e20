package io.tieout.engine.oracle;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// One record as a person would write it down; an empty text and null are absent.
record Row(
        String key,
        String reference,
        @Nullable BigDecimal amount,
        String currency,
        @Nullable LocalDate date,
        String batch) {

    /// What makes two records alike: every field of the plan, and `batch` is none.
    List<Object> content() {
        return new ArrayList<>(
                Arrays.asList(
                        reference,
                        amount == null ? "" : amount.stripTrailingZeros().toPlainString(),
                        amount == null ? "" : currency,
                        Objects.toString(date, "")));
    }

    boolean isAlike(Row other) {
        return content().equals(other.content());
    }

    @Override
    public String toString() {
        return key + "(" + reference + " " + amount + currency + " " + date + " " + batch + ")";
    }
}
