package io.tieout.engine.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tieout.engine.failure.Failure;
import io.tieout.engine.failure.FailureException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ColumnTest {
    private static TextColumn texts(String... texts) {
        TextColumn.Builder column = new TextColumn.Builder(0, 0);
        for (String text : texts) {
            column.append(text);
        }
        return column.build();
    }

    private static AmountColumn amounts(String currency, int scale, long... values) {
        AmountColumn.Builder column = new AmountColumn.Builder(0);
        for (long value : values) {
            column.append(value, scale, currency);
        }
        return column.build();
    }

    @Test
    void equalTextsHaveEqualHashesWhereverTheyLie() {
        Random random = new Random(3);
        for (int length = 1; length < 70; length++) {
            byte[] bytes = new byte[length];
            random.nextBytes(bytes);
            byte[] shifted = new byte[length + 13];
            System.arraycopy(bytes, 0, shifted, 5, length);
            TextColumn.Builder one = new TextColumn.Builder(1, 1);
            one.append(bytes, 0, length);
            TextColumn.Builder other = new TextColumn.Builder(1, 1);
            other.append("before");
            other.append(shifted, 5, 5 + length);
            TextColumn left = one.build();
            TextColumn right = other.build();
            assertThat(left.hash(0)).isEqualTo(right.hash(1));
            assertThat(left.same(0, right, 1)).isTrue();
            assertThat(left.same(0, right, 0)).isFalse();
        }
    }

    @Test
    void textsThatDifferInOneByteDifferInTheirHash() {
        byte[] bytes = "a".repeat(40).getBytes(StandardCharsets.UTF_8);
        long hash = Hash.of(bytes, 0, 40);
        for (int at = 0; at < 40; at++) {
            bytes[at] = 'b';
            assertThat(Hash.of(bytes, 0, 40)).isNotEqualTo(hash);
            assertThat(Hash.of(bytes, 0, at)).isNotEqualTo(Hash.of(bytes, 0, at + 1));
            bytes[at] = 'a';
        }
    }

    @Test
    void anEmptyTextIsAbsent() {
        TextColumn column = texts("a", "", "b");
        assertThat(column.isAbsent(0)).isFalse();
        assertThat(column.isAbsent(1)).isTrue();
        assertThat(column.text(1)).isEmpty();
        assertThat(column.text(2)).isEqualTo("b");
    }

    @Test
    void textsAreOrderedByCodePoint() {
        TextColumn column = texts("a", "b", "aa", "é", "漢", "😀", "\uFFFD");
        assertThat(column.compare(0, column, 1)).isNegative();
        assertThat(column.compare(0, column, 2)).isNegative();
        assertThat(column.compare(1, column, 3)).isNegative();
        assertThat(column.compare(3, column, 4)).isNegative();
        assertThat(column.compare(6, column, 5)).isNegative();
        assertThat(column.compare(5, column, 5)).isZero();
    }

    @Test
    void whatWasTakenBackIsGone() {
        TextColumn.Builder texts = new TextColumn.Builder(1, 1);
        texts.append("kept");
        texts.append("a long text that is taken back");
        texts.removeLast();
        texts.append("x");
        assertThat(List.of(texts.build().text(0), texts.build().text(1)))
                .containsExactly("kept", "x");
        AmountColumn.Builder amounts = new AmountColumn.Builder(1);
        amounts.append(5, 0, "EUR");
        amounts.append(7, 0, "USD");
        amounts.removeLast();
        amounts.append(9, 0, "EUR");
        AmountColumn column = amounts.build();
        assertThat(column.rows()).isEqualTo(2);
        assertThat(column.currency(1)).isEqualTo("EUR");
        assertThat(column.unscaled(1)).isEqualTo(9);
    }

    @Test
    void moreRowsThanWereExpectedFit() {
        TextColumn.Builder texts = new TextColumn.Builder(0, 0);
        DateColumn.Builder dates = new DateColumn.Builder(0);
        DateTimeColumn.Builder moments = new DateTimeColumn.Builder(0);
        AmountColumn.Builder amounts = new AmountColumn.Builder(0);
        for (int i = 0; i < 1_000; i++) {
            texts.append("row " + i);
            dates.append(i);
            moments.append(i * 1_000_000L);
            amounts.append(i, 2, i % 2 == 0 ? "EUR" : "USD");
        }
        assertThat(texts.build().text(999)).isEqualTo("row 999");
        assertThat(dates.build().text(999)).isEqualTo(LocalDate.ofEpochDay(999).toString());
        assertThat(moments.build().text(999)).isEqualTo("1970-01-01T00:16:39Z");
        assertThat(amounts.build().text(999)).isEqualTo("9.99");
        assertThat(amounts.build().currency(999)).isEqualTo("USD");
    }

    @Test
    void equalAmountsAtOneScaleAreTheSameWithEqualHashes() {
        AmountColumn coarse = amounts("EUR", 0, 12, -7, 0);
        AmountColumn fine = amounts("EUR", 3, 12_000, -7_000, 0);
        AmountColumn scaled = coarse.atScale(3);
        for (int row = 0; row < 3; row++) {
            assertThat(scaled.same(row, fine, row)).isTrue();
            assertThat(scaled.hash(row)).isEqualTo(fine.hash(row));
        }
        assertThat(scaled.text(0)).isEqualTo("12.000");
    }

    @Test
    void anAmountInAnotherCurrencyIsAnother() {
        AmountColumn euro = amounts("EUR", 2, 500);
        AmountColumn dollar = amounts("USD", 2, 500);
        assertThat(euro.same(0, dollar, 0)).isFalse();
        assertThat(euro.sameCurrency(0, dollar, 0)).isFalse();
        assertThat(euro.hash(0)).isNotEqualTo(dollar.hash(0));
        assertThat(euro.currencyHash(0)).isNotEqualTo(dollar.currencyHash(0));
    }

    @Test
    void aFinerAmountMakesTheWholeColumnFiner() {
        AmountColumn.Builder column = new AmountColumn.Builder(0);
        column.append(5, 0, "EUR");
        column.appendAbsent();
        column.append(125, 2, "EUR");
        column.append(-3, 1, "EUR");
        AmountColumn amounts = column.build();
        assertThat(amounts.scale()).isEqualTo(2);
        assertThat(List.of(amounts.text(0), amounts.text(1), amounts.text(2), amounts.text(3)))
                .containsExactly("5.00", "", "1.25", "-0.30");
        assertThat(amounts.isAbsent(1)).isTrue();
    }

    @Test
    void anAmountThatDoesNotFitAtTheFinerScaleFailsBeforeItWraps() {
        long most = Long.MAX_VALUE / 100;
        assertThat(amounts("EUR", 0, most, -most).atScale(2).unscaled(0)).isEqualTo(most * 100);
        for (long value : new long[] {most + 1, -most - 1, Long.MAX_VALUE, Long.MIN_VALUE + 1}) {
            AmountColumn column = amounts("EUR", 0, value);
            assertThatThrownBy(() -> column.atScale(2))
                    .isInstanceOfSatisfying(
                            FailureException.class,
                            e -> assertThat(e.failure()).isInstanceOf(Failure.LimitExceeded.class));
            AmountColumn.Builder builder = new AmountColumn.Builder(0);
            builder.append(value, 0, "EUR");
            assertThatThrownBy(() -> builder.append(1, 2, "EUR"))
                    .isInstanceOf(FailureException.class);
        }
    }

    /// Absent is the one number that no amount takes, so none may turn into it.
    @Test
    void noAmountTurnsAbsentByItsScale() {
        AmountColumn column = amounts("EUR", 0, Long.MIN_VALUE / 2);
        assertThat(Long.MIN_VALUE / 4 * 4).isEqualTo(AmountColumn.ABSENT);
        assertThat(column.isAbsent(0)).isFalse();
        assertThatThrownBy(() -> column.atScale(1)).isInstanceOf(FailureException.class);
    }

    @Test
    void partsBecomeOneColumnAtTheFinestScaleWithAllCurrencies() {
        AmountColumn.Builder mixed = new AmountColumn.Builder(0);
        mixed.append(15, 1, "USD");
        mixed.append(2, 0, "EUR");
        AmountColumn all =
                AmountColumn.concat(
                        List.of(amounts("EUR", 0, 1), mixed.build(), amounts("CHF", 2, 325)));
        assertThat(all.scale()).isEqualTo(2);
        assertThat(List.of(all.text(0), all.text(1), all.text(2), all.text(3)))
                .containsExactly("1.00", "1.50", "2.00", "3.25");
        assertThat(List.of(all.currency(0), all.currency(1), all.currency(2), all.currency(3)))
                .containsExactly("EUR", "USD", "EUR", "CHF");
        TextColumn texts = TextColumn.concat(List.of(texts("a", ""), texts("漢"), texts("b")));
        assertThat(List.of(texts.text(0), texts.text(1), texts.text(2), texts.text(3)))
                .containsExactly("a", "", "漢", "b");
        byte[] utf8 = "漢".getBytes(StandardCharsets.UTF_8);
        assertThat(texts.hash(2)).isEqualTo(Hash.of(utf8, 0, utf8.length));
    }

    @Test
    void textsOfMoreThanTwoGibibytesTogetherAreRefusedBeforeTheyAreCopied() {
        TextColumn.Builder large = new TextColumn.Builder(1, 1 << 20);
        large.append("x".repeat(1 << 20));
        TextColumn mebibyte = large.build();
        List<TextColumn> parts = Collections.nCopies(2_048, mebibyte);
        assertThatThrownBy(() -> TextColumn.concat(parts))
                .isInstanceOfSatisfying(
                        FailureException.class,
                        e -> {
                            assertThat(e.failure()).isInstanceOf(Failure.LimitExceeded.class);
                            assertThat(e).hasMessageContaining("2147483648");
                        });
    }

    @Test
    void aTableRefusesColumnsOfAnotherLength() {
        TextColumn two = texts("a", "b");
        TextColumn three = texts("a", "b", "c");
        assertThatThrownBy(() -> new Table(2, two, null, Map.of("f", three), Map.of()))
                .hasMessageContaining("f has 3 rows, the table 2");
        assertThatThrownBy(() -> new Table(2, three, null, Map.of("f", two), Map.of()))
                .hasMessageContaining("key");
        assertThatThrownBy(() -> new Table(2, two, new int[3], Map.of("f", two), Map.of()))
                .hasMessageContaining("row numbers");
        assertThatThrownBy(() -> new Table(2, two, null, Map.of(), Map.of("g", three)))
                .hasMessageContaining("g has 3");
    }

    @Test
    void withoutKeysARecordIsNamedByItsNumberInTheSource() {
        TextColumn two = texts("a", "b");
        Table whole = new Table(2, null, null, Map.of("f", two), Map.of());
        assertThat(whole.key(1)).isEqualTo("2");
        Table rejected = new Table(2, null, new int[] {1, 7}, Map.of("f", two), Map.of());
        assertThat(rejected.key(1)).isEqualTo("7");
        assertThatThrownBy(() -> whole.field("g")).isInstanceOf(IllegalArgumentException.class);
        assertThat(whole.grouping("f")).isSameAs(two);
        assertThatThrownBy(() -> whole.grouping("g")).isInstanceOf(IllegalArgumentException.class);
    }
}
