package io.tieout.engine.plan;

import io.tieout.engine.clean.CleaningStep;
import java.util.List;

/// One left column paired with one right column.
///
/// @param name what passes call it
/// @param type what its values are
/// @param left where the left side keeps it
/// @param right where the right side keeps it
/// @param clean steps for text fields, applied in order; empty for other types
public record Field(
        String name, FieldType type, Columns left, Columns right, List<CleaningStep> clean) {
    public Field {
        clean = List.copyOf(clean);
        if (name.isBlank()) {
            throw new IllegalArgumentException("a field needs a name");
        }
        if (!clean.isEmpty() && !(type instanceof FieldType.Text)) {
            throw new IllegalArgumentException(
                    "field " + name + ": only text is cleaned, not " + type.word());
        }
    }

    /// Where a side keeps the field.
    public Columns columns(Side side) {
        return side == Side.LEFT ? left : right;
    }

    /// Where one side keeps the values of a field.
    public sealed interface Columns {
        /// One column holds the value.
        record One(String column) implements Columns {}

        /// Two columns hold an amount, one of them for each sign; the value is credit less debit. A
        /// row may fill one or both; it is absent only when both are empty.
        record DebitCredit(String debit, String credit) implements Columns {}
    }
}
