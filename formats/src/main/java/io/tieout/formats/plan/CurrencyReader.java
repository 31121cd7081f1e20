package io.tieout.formats.plan;

import io.tieout.engine.failure.FailureException;
import io.tieout.engine.plan.FieldType.CurrencyOf;
import java.util.Currency;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Reads where the currency of an amount is found.
final class CurrencyReader {
    private static final Pattern CODE = Pattern.compile("[A-Z]{3}");
    private static final Set<String> KNOWN_CODES =
            Currency.getAvailableCurrencies().stream()
                    .map(Currency::getCurrencyCode)
                    .collect(Collectors.toUnmodifiableSet());
    private static final String EXAMPLE = "`{code: EUR}` or `{column: currency}`";

    private CurrencyReader() {}

    /// Reads one currency for both sides, or one for each.
    ///
    /// @throws FailureException at the first mistake
    static Sides<CurrencyOf> read(Optional<Node> currency) {
        if (currency.isEmpty()) {
            return Sides.both(new CurrencyOf.None());
        }
        boolean bySide =
                currency.get() instanceof Node.Mapping mapping
                        && (mapping.get("left").isPresent() || mapping.get("right").isPresent());
        return bySide
                ? eachSide((Node.Mapping) currency.get())
                : Sides.both(one(currency.get(), Keys.CURRENCY));
    }

    /// A side without a currency agrees with no side that has one, so both are needed.
    private static Sides<CurrencyOf> eachSide(Node.Mapping sides) {
        Keys.CURRENCY.check(sides);
        for (String key : Keys.SIDE_CURRENCY.names()) {
            if (sides.get(key).isPresent()) {
                throw Invalid.at(
                        sides.keyPlace(key),
                        "`" + key + "` stands beside `left` or `right`",
                        "write `{left: {" + key + ": …}, right: {" + key + ": …}}`");
            }
        }
        String example = "it too: an amount with a currency never agrees with one without";
        return new Sides<>(
                one(Keys.CURRENCY.required(sides, "left", example), Keys.SIDE_CURRENCY),
                one(Keys.CURRENCY.required(sides, "right", example), Keys.SIDE_CURRENCY));
    }

    private static CurrencyOf one(Node node, Keys keys) {
        if (!(node instanceof Node.Mapping mapping)) {
            return word(node);
        }
        keys.check(mapping);
        if (mapping.entries().size() != 1) {
            throw Invalid.at(
                    mapping.place(), "a currency is one code or one column", "write " + EXAMPLE);
        }
        return mapping.get("code").isPresent()
                ? new CurrencyOf.Fixed(code(keys.required(mapping, "code", EXAMPLE)))
                : new CurrencyOf.InColumn(
                        FieldReader.column(keys.required(mapping, "column", EXAMPLE), "`column`"));
    }

    private static String code(Node node) {
        String code = node.text("`code`");
        if (!CODE.matcher(code).matches()) {
            throw Invalid.at(
                    node.place(),
                    "a currency code is three capital letters, and "
                            + Invalid.shown(code)
                            + " is not",
                    "write a code such as `EUR`");
        }
        return code;
    }

    /// Three capital letters are a code, anything else a column. Those that are no code of ISO 4217
    /// are more likely a column, such as `CCY`: neither is assumed.
    private static CurrencyOf word(Node node) {
        String word = FieldReader.column(node, "`currency`");
        if (!CODE.matcher(word).matches()) {
            return new CurrencyOf.InColumn(word);
        }
        if (!KNOWN_CODES.contains(word)) {
            throw Invalid.at(
                    node.place(),
                    "there is no currency `" + word + "` in ISO 4217",
                    "write `{column: "
                            + word
                            + "}` if it is a column, `{code: "
                            + word
                            + "}` if it is a code of your own");
        }
        return new CurrencyOf.Fixed(word);
    }
}
