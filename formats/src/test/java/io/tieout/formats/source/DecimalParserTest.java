package io.tieout.formats.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.tieout.engine.plan.FieldType.DecimalNotation;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class DecimalParserTest {
    private static @Nullable BigDecimal parse(String text, DecimalNotation notation) {
        DecimalParser parser = new DecimalParser(notation);
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return parser.parse(bytes, 0, bytes.length) == null
                ? BigDecimal.valueOf(parser.unscaled(), parser.scale())
                : null;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1234.56|1234.56",
                "1,234.56|1234.56",
                "1,234,567|1234567",
                "12,34,567.8|1234567.8",
                "-5|-5",
                "5-|-5",
                "(5.10)|-5.10",
                "+7|7",
                "−3.5|-3.5",
                "3.5−|-3.5",
                ".5|0.5",
                "5.|5",
                "1e3|1000",
                "1.5E-2|0.015",
                "-0|0",
                "000012|12",
                "1E18|",
                "999999999999999999|999999999999999999",
                "1000000000000000000|",
                "1.0000000000000000000000|1.00000000000000000",
                "0.000000000000000001|0.000000000000000001",
                "0.0000000000000000001|",
                "1,5|",
                "1234,567|",
                ",123|",
                "1,,234|",
                "0,500|",
                "00,500|",
                "0,000.00|",
                "001,500|1500",
                "--1|",
                "(1|",
                "1 234|",
                "1.2.3|",
                "abc|",
                "-|",
                "1e|",
                "1e400|",
                "NaN|",
                "$1,648.72|1648.72",
                "-$5|-5",
                "$-5|-5",
                "5 €|5",
                "€5|5",
                "($5)|-5",
                "$|",
                "£5|5",
                "$5$|",
                "%5|",
                "0x10|",
                "1_000|",
                "٣|"
            })
    void pointNotationIsReadOrRefused(String text, @Nullable String expected) {
        assertParses(text, expected, DecimalNotation.DEFAULT);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1.234,56|1234.56",
                "1234,5|1234.5",
                "1.234|1234",
                "12.34|",
                "0.500|",
                "1,234.5|",
                "5,00\u00A0€|5",
                "5\u202F€|5",
                "\u00A05,5\u2009|5.5",
                "-1,5|-1.5"
            })
    void commaNotationIsReadOrRefused(String text, @Nullable String expected) {
        assertParses(text, expected, new DecimalNotation(',', Optional.of('.'), false));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "1 234,56|1234.56",
                "1\u00A0234,56|1234.56",
                "1\u202F234 567|1234567",
                "1.234|"
            })
    void blanksOfAllWidthsGroup(String text, @Nullable String expected) {
        assertParses(text, expected, new DecimalNotation(',', Optional.of(' '), false));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {"1'234.56|1234.56", "1’234|1234"})
    void apostrophesGroup(String text, @Nullable String expected) {
        assertParses(text, expected, new DecimalNotation('.', Optional.of('\''), false));
    }

    private static void assertParses(
            String text, @Nullable String expected, DecimalNotation notation) {
        BigDecimal value = parse(text, notation);
        if (expected == null) {
            assertThat(value).as(text).isNull();
        } else {
            assertThat(value).as(text).isEqualByComparingTo(expected);
        }
    }

    @Test
    void zerosThatADatabasePadsWithCostNoDigits() {
        DecimalParser parser = new DecimalParser(DecimalNotation.DEFAULT);
        byte[] padded = "1234567890.1200000000".getBytes(StandardCharsets.UTF_8);
        assertThat(parser.parse(padded, 0, padded.length)).isNull();
        assertThat(parser.scale()).isEqualTo(4);
        byte[] zero = "0.0000000000000000000".getBytes(StandardCharsets.UTF_8);
        assertThat(parser.parse(zero, 0, zero.length)).isNull();
        assertThat(parser.scale()).isEqualTo(4);
        byte[] cents = "5.00".getBytes(StandardCharsets.UTF_8);
        assertThat(parser.parse(cents, 0, cents.length)).isNull();
        assertThat(parser.scale()).isEqualTo(2);
    }

    @Property
    void everyDecimalOf18DigitsComesBack(
            @ForAll long unscaled, @ForAll @IntRange(max = 18) int scale) {
        BigDecimal value = BigDecimal.valueOf(unscaled % 1_000_000_000_000_000_000L, scale);
        assertThat(parse(value.toPlainString(), DecimalNotation.DEFAULT))
                .isEqualByComparingTo(value);
        assertThat(parse(value.toString(), DecimalNotation.DEFAULT)).isEqualByComparingTo(value);
        DecimalNotation negated = new DecimalNotation('.', Optional.empty(), true);
        assertThat(parse(value.toPlainString(), negated)).isEqualByComparingTo(value.negate());
    }
}
