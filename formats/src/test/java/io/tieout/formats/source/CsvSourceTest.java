package io.tieout.formats.source;

import static io.tieout.formats.source.TestingPlans.field;
import static io.tieout.formats.source.TestingPlans.plainAmount;
import static io.tieout.formats.source.TestingPlans.plan;
import static io.tieout.formats.source.TestingPlans.texts;
import static io.tieout.formats.source.TestingSources.read;
import static io.tieout.formats.source.TestingSources.readAllowing;
import static io.tieout.formats.source.TestingSources.valuesOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.Zstd;
import io.tieout.engine.plan.Plan;
import io.tieout.engine.plan.SourceSpec;
import io.tieout.engine.run.Progress;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class CsvSourceTest {
    private static final Plan AB = texts("a", "b");

    @Test
    void columnsAreFoundByNameWhateverTheirOrder() {
        SourceRead read = read("x,b,a\n1,2,3\n4,5,6\n", AB);
        assertThat(valuesOf(read, "a")).containsExactly("3", "6");
        assertThat(valuesOf(read, "b")).containsExactly("2", "5");
        assertThat(read.info().rows()).isEqualTo(2);
        assertThat(read.info().format()).isEqualTo(SourceFormat.CSV);
    }

    @ParameterizedTest
    @ValueSource(strings = {",", ";", "\t", "|"})
    void delimiterIsFoundByContent(String delimiter) {
        String text = "a,b,c\n1,2,x\n3,4,y\n".replace(",", delimiter);
        assertThat(valuesOf(read(text, AB), "b")).containsExactly("2", "4");
    }

    @Test
    void decimalCommasDoNotMakeTheDelimiterAComma() {
        SourceRead read = read("a;b\n1,5;2,5\n3,5;4,5\n", AB);
        assertThat(valuesOf(read, "a")).containsExactly("1,5", "3,5");
    }

    @Test
    void separatorLineOfSpreadsheetsIsUnderstood() {
        assertThat(valuesOf(read("sep=;\r\na;b\r\n1;2\r\n", AB), "b")).containsExactly("2");
    }

    @Test
    void lineEndsAndDelimitersInsideQuotesBelongToTheText() {
        SourceRead read = read("a,b\r\n\"1\r\n2\",\"x,y\"\r\n3,\"say \"\"hi\"\"\"\r\n", AB);
        assertThat(valuesOf(read, "a")).containsExactly("1\r\n2", "3");
        assertThat(valuesOf(read, "b")).containsExactly("x,y", "say \"hi\"");
    }

    @Test
    void quoteInsideAnUnquotedFieldIsText() {
        assertThat(valuesOf(read("a,b\n5\" disk,x\n", AB), "a")).containsExactly("5\" disk");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r\n", "\r"})
    void lineEndsAreFoundByContent(String lineEnd) {
        String text = "a,b\n1,2\n\n3,4".replace("\n", lineEnd);
        assertThat(valuesOf(read(text, AB), "b")).containsExactly("2", "4");
    }

    @Test
    void byteOrderMarksAreNotPartOfTheFirstName() throws IOException {
        for (Charset charset :
                new Charset[] {
                    StandardCharsets.UTF_8, StandardCharsets.UTF_16LE, StandardCharsets.UTF_16BE
                }) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            bytes.write("\uFEFFa,b\né,2\n".getBytes(charset));
            assertThat(valuesOf(read(bytes.toByteArray(), AB), "a")).containsExactly("é");
        }
    }

    @Test
    void windows1252IsFoundByContent() {
        byte[] bytes = "a,b\nMüller €,Größe\n".getBytes(Charset.forName("windows-1252"));
        assertThat(valuesOf(read(bytes, AB), "a")).containsExactly("Müller €");
    }

    @Test
    void namedEncodingIsUsed() {
        SourceSpec latin9 =
                new SourceSpec(
                        Optional.empty(),
                        Optional.of("iso-8859-15"),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty());
        byte[] bytes = "a\n¤\n".getBytes(StandardCharsets.ISO_8859_1);
        assertThat(valuesOf(read(bytes, plan(latin9, field("a", TestingPlans.TEXT))), "a"))
                .containsExactly("€");
    }

    @Test
    void withoutHeaderColumnsAreNamedByPosition() {
        SourceRead read = read("x,y\nz,w\n", texts("1", "2"));
        assertThat(valuesOf(read, "1")).containsExactly("x", "z");
    }

    @Test
    void headerAloneIsASourceWithoutRecords() {
        assertThat(read("a,b\n", AB).table().rows()).isZero();
    }

    @Test
    void compressedContentIsReadAndDigestedAsItCame() throws IOException {
        byte[] plain = "a,b\n1,2\n".getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream zipped = new ByteArrayOutputStream();
        for (int member = 0; member < 2; member++) {
            try (GZIPOutputStream gzip = new GZIPOutputStream(zipped)) {
                gzip.write(member == 0 ? plain : "3,4\n".getBytes(StandardCharsets.UTF_8));
            }
        }
        SourceRead read = read(zipped.toByteArray(), AB);
        assertThat(valuesOf(read, "a")).containsExactly("1", "3");
        assertThat(read.info().compression()).isEqualTo("gzip");
        assertThat(read.info().bytes()).isEqualTo(zipped.size());
        assertThat(read.info().sha256()).isEqualTo(sha256(zipped.toByteArray()));
        SourceRead zstd = read(Zstd.compress(plain), AB);
        assertThat(valuesOf(zstd, "b")).containsExactly("2");
        assertThat(zstd.info().compression()).isEqualTo("zstd");
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of()
                    .formatHex(java.security.MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void rejectsCarryTheirLineAndLeaveTheOtherRecordsAlone() {
        Plan plan = plan(SourceSpec.keyedBy("id"), field("amount", plainAmount()));
        String text = "id,amount\nA,\"1.00\"\nB,oops\n\nC,\"2\n\"\nD,x,y\nE,5\n";
        SourceRead read = readAllowing(5, text, plan);
        assertThat(valuesOf(read, "amount")).containsExactly("1.00", "5.00");
        assertThat(read.rejects())
                .extracting(Reject::line, Reject::row, Reject::column)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(3L, 2, "amount"),
                        org.assertj.core.groups.Tuple.tuple(5L, 3, "amount"),
                        org.assertj.core.groups.Tuple.tuple(7L, 4, ""));
        assertThat(read.table().rowNumber(1)).isEqualTo(5);
        assertThat(read.info().rows()).isEqualTo(5);
    }

    @Test
    void amountsOfRejectedRowsAreAddedUpWhereTheyCanBeRead() {
        Plan plan = plan(field("amount", plainAmount()), field("day", TestingPlans.date()));
        SourceRead read =
                readAllowing(2, "amount,day\n1.50,2026-02-30\n2.25,nope\n3,2026-01-01\n", plan);
        assertThat(read.rejectedTotals())
                .containsExactly(
                        new RejectedTotal("amount", "XXX", new java.math.BigDecimal("3.75")));
    }

    @Test
    void whatIsReadDoesNotDependOnThreads() {
        StringBuilder text = new StringBuilder("id,a,b\n");
        for (int i = 0; i < 200_000; i++) {
            text.append(i).append(",\"v").append(i % 97).append("\n\",x").append(i).append('\n');
        }
        byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
        Plan plan =
                plan(
                        SourceSpec.keyedBy("id"),
                        field("a", TestingPlans.TEXT),
                        field("b", TestingPlans.TEXT));
        SourceRead one = read(bytes, plan);
        ReadOptions four = new ReadOptions(4, 0, ReadOptions.Limits.DEFAULT, Progress.NONE);
        SourceRead many = read(bytes, plan, four);
        assertThat(valuesOf(many, "b")).isEqualTo(valuesOf(one, "b"));
        assertThat(valuesOf(many, "a")).isEqualTo(valuesOf(one, "a"));
        assertThat(many.info()).isEqualTo(one.info());
        assertThat(one.table().rows()).isEqualTo(200_000);
    }

    @Test
    void recordLargerThanAStretchIsRead() {
        String huge = "x".repeat(3 << 20);
        SourceRead read = read("a,b\n1,\"" + huge + "\n\"\n2,y\n", AB);
        assertThat(valuesOf(read, "a")).containsExactly("1", "2");
        assertThat(valuesOf(read, "b").getFirst()).hasSize((3 << 20));
    }

    @Test
    void cancelledReadingEnds() {
        Progress cancelled =
                new Progress() {
                    @Override
                    public boolean isCancelled() {
                        return true;
                    }
                };
        ReadOptions options = new ReadOptions(1, 0, ReadOptions.Limits.DEFAULT, cancelled);
        assertThatThrownBy(() -> read("a,b\n1,2\n".getBytes(StandardCharsets.UTF_8), AB, options))
                .hasMessageContaining("cancelled");
    }

    @Test
    void headerIsFoundBelowLinesOfTheBank() {
        SourceRead read =
                read("Kontoauszug;Nr. 12\nDE00;1,5\n\n\"a\";b;c\n1;2,5;x\n3;\"y\";z\n", AB);
        assertThat(valuesOf(read, "a")).containsExactly("1", "3");
        assertThat(valuesOf(read, "b")).containsExactly("2,5", "y");
        assertThat(readAllowing(1, "Bank\n\na,b\n1,2\n3\n", AB).rejects().getFirst().line())
                .isEqualTo(5);
    }

    @Test
    void valueThatIsAlsoAColumnsNameIsNoHeader() {
        assertThatThrownBy(() -> read("x\n1\na\n2\n", texts("a")))
                .hasMessageContaining("there is no column `a`");
        SourceSpec none =
                new SourceSpec(
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty());
        Plan byPosition = plan(none, field("1", TestingPlans.TEXT), field("2", TestingPlans.TEXT));
        assertThat(valuesOf(read("x,y\n1,2\n", byPosition), "1")).containsExactly("x", "1");
    }

    @Test
    void markOfUtf16DecidesItsOrderOfBytes() {
        byte[] little = "\uFEFFa,b\n1,ü\n".getBytes(StandardCharsets.UTF_16LE);
        Plan named =
                plan(
                        TestingPlans.encoded("UTF-16"),
                        field("a", TestingPlans.TEXT),
                        field("b", TestingPlans.TEXT));
        assertThat(valuesOf(read(little, named), "b")).containsExactly("ü");
    }

    @Test
    void utf16WithoutAMarkIsReadWhereItIsNamed() {
        byte[] bare = "a,b\n1,ü\n".getBytes(StandardCharsets.UTF_16LE);
        Plan named =
                plan(
                        TestingPlans.encoded("UTF-16LE"),
                        field("a", TestingPlans.TEXT),
                        field("b", TestingPlans.TEXT));
        assertThat(valuesOf(read(bare, named), "b")).containsExactly("ü");
        assertThatThrownBy(() -> read(bare, AB)).hasMessageContaining("name that with `encoding`");
    }

    @Test
    void lineOfBlanksIsBlank() {
        assertThat(valuesOf(read("a,b\n1,2\n  \t \n3,4\n", AB), "a")).containsExactly("1", "3");
    }

    @Test
    void oneColumnMayHoldAnyDelimiter() {
        SourceRead read = read("a\n1,50\n2,50\n1.234,56\n", texts("a"));
        assertThat(valuesOf(read, "a")).containsExactly("1,50", "2,50", "1.234,56");
    }

    @Test
    void dateMayHaveTabsAroundIt() {
        Plan plan = plan(field("a", TestingPlans.date()), field("b", TestingPlans.TEXT));
        assertThat(valuesOf(read("a;b\n\t2026-02-28 \t;x\n\t;y\n", plan), "a"))
                .containsExactly("2026-02-28", "");
    }

    @Test
    void quotedFieldsAfterAHugeRecordAreRead() {
        String filler = "1,\"" + "y".repeat(2000) + "\"\n";
        String text = "a,b\n0,\"" + "x".repeat(9 << 20) + "\"\n" + filler.repeat(20_000);
        assertThat(read(text, AB).table().rows()).isEqualTo(20_001);
    }
}
