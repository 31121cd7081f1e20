package io.tieout.formats.source;

import static io.tieout.formats.source.TestingPlans.date;
import static io.tieout.formats.source.TestingPlans.field;
import static io.tieout.formats.source.TestingPlans.plainAmount;
import static io.tieout.formats.source.TestingPlans.plan;
import static io.tieout.formats.source.TestingPlans.texts;
import static io.tieout.formats.source.TestingSources.read;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tieout.engine.failure.FailureException;
import io.tieout.engine.plan.Plan;
import io.tieout.engine.plan.SourceSpec;
import io.tieout.engine.run.Progress;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Each bad source is refused in one line that says what, where, and what to do.
final class BadSourceTest {
    private static final Plan AB = texts("a", "b");

    private static void refuses(byte[] bytes, Plan plan, String start) {
        assertThatThrownBy(() -> read(bytes, plan))
                .isInstanceOf(FailureException.class)
                .message()
                .startsWith(start)
                .contains("; ")
                .doesNotContain("\n");
    }

    private static void refuses(String text, Plan plan, String start) {
        refuses(text.getBytes(StandardCharsets.UTF_8), plan, start);
    }

    @Test
    void missingFileAndDirectoryAreNamed(@TempDir Path dir) {
        Path missing = dir.resolve("nowhere.csv");
        assertThatThrownBy(() -> SourceInput.file(missing))
                .hasMessage(missing + ": there is no such file; check the path");
        assertThatThrownBy(() -> SourceInput.file(dir))
                .hasMessage(dir + ": is a directory; name a file in it");
    }

    @Test
    void emptyAndBlankSourcesAreRefused() {
        refuses("", AB, "left.csv: is empty");
        refuses("\n  \n", AB, "left.csv: holds nothing but blanks");
    }

    @Test
    void binaryIsRefused() {
        byte[] noise = new byte[5000];
        new Random(1).nextBytes(noise);
        noise[0] = 7;
        refuses(noise, AB, "left.csv: is not a text");
        refuses("%PDF-1.7 …", AB, "left.csv: is a PDF");
        refuses("PAR1....", AB, "left.csv: is a Parquet file");
        refuses("[{\"a\": 1}]", AB, "left.csv: is one JSON array");
    }

    @Test
    void missingColumnShowsItsUseAndTheNearestName() {
        refuses(
                "A,b\n1,2\n",
                AB,
                "left.csv:1: there is no column `a`, which the plan names at fields.a.left; did you"
                        + " mean `A`?");
        refuses("a,b,a\n", AB, "left.csv:1: two columns are named `a`");
    }

    @Test
    void duplicateKeysShowBothLines() {
        Plan keyed = plan(SourceSpec.keyedBy("id"), field("a", TestingPlans.TEXT));
        refuses(
                "id,a\n1,\"x\ny\"\n2,y\n\n1,z\n",
                keyed,
                "left.csv:6: the key in column `id` is that of line 2 too");
    }

    @Test
    void openQuoteIsShownWhereItOpens() {
        refuses(
                "a,b\n1,2\n3,\"4\n5,6\n",
                AB,
                "left.csv:3:3: a quote is opened here and never closed");
        String long1 = "a,b\n" + "1,2\n".repeat(600_000) + "3,\"4\n5,6\n";
        refuses(long1, AB, "left.csv:600002:3: a quote is opened here and never closed");
    }

    @Test
    void raggedRowSaysBothWidths() {
        refuses("a,b\n1,2\n3\n", AB, "left.csv:3: the row has 1 field, not 2 as the header");
        refuses("a,b\n1,2,3\n", AB, "left.csv:2: the row has 3 fields, not 2 as the header");
        refuses("a,b\n\"1\"x,2\n", AB, "left.csv:2: the row has text after a closing quote");
    }

    @Test
    void bytesThatAreNoUtf8AreRefused() {
        byte[] bytes = "a,b\né,2\n?,3\n".getBytes(StandardCharsets.UTF_8);
        bytes[bytes.length - 4] = (byte) 0xFF;
        refuses(bytes, AB, "left.csv:3: the value of `a` is not valid UTF-8");
    }

    @Test
    void valuesThatDoNotParseSayHowTheyWouldBeWritten() {
        Plan money = plan(field("a", plainAmount()));
        refuses("a\n12.x\n", money, "left.csv:2: the value of `a` is not a decimal");
        refuses("a;b\n1,5;2\n", money, "left.csv:2: the value of `a` has a thousands mark");
        refuses(
                "a\n1234567890123456789\n",
                money,
                "left.csv:2: the value of `a` has more than 18 significant digits");
        Plan day = plan(field("a", date("dd/MM/yyyy")));
        refuses(
                "a\n31/02/2026\n",
                day,
                "left.csv:2: the value of `a` is not a date written as dd/MM");
    }

    @Test
    void amountsWithoutACommonScaleAreRefused() {
        Plan money = plan(field("a", plainAmount()));
        refuses(
                "a\n999999999999999999\n0.000000000000000001\n",
                money,
                "left.csv:3: field a: an amount of 18 digits does not fit beside one of 18 decimals");
    }

    @Test
    void damagedCompressionIsRefused() throws IOException {
        ByteArrayOutputStream zipped = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(zipped)) {
            gzip.write("a,b\n1,2\n".repeat(1000).getBytes(StandardCharsets.UTF_8));
        }
        byte[] cut = Arrays.copyOf(zipped.toByteArray(), zipped.size() / 2);
        refuses(cut, AB, "left.csv: is damaged or cut off inside its gzip compression");
    }

    @Test
    void compressedBombIsStoppedAtTheLimit() throws IOException {
        ByteArrayOutputStream zipped = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(zipped)) {
            gzip.write("a,b\n".getBytes(StandardCharsets.UTF_8));
            byte[] blank = new byte[1 << 20];
            Arrays.fill(blank, (byte) '\n');
            for (int i = 0; i < 8; i++) {
                gzip.write(blank);
            }
        }
        ReadOptions small =
                new ReadOptions(1, 0, new ReadOptions.Limits(4 << 20, 1 << 20, 100), Progress.NONE);
        assertThatThrownBy(() -> read(zipped.toByteArray(), AB, small))
                .hasMessageStartingWith("left.csv: holds more than 4194304 bytes of content");
    }

    @Test
    void endlessRecordIsStoppedAtTheLimit() {
        ReadOptions small =
                new ReadOptions(
                        1, 0, new ReadOptions.Limits(1L << 30, 2 << 20, 100), Progress.NONE);
        byte[] bytes = ("a,b\n" + "x".repeat(5 << 20)).getBytes(StandardCharsets.UTF_8);
        assertThatThrownBy(() -> read(bytes, AB, small))
                .hasMessageStartingWith("left.csv: a record has more than 2097152 bytes");
    }

    @Test
    void messagesNeverCarryValues() {
        assertThatThrownBy(() -> read("a\nSECRET-VALUE\n", plan(field("a", plainAmount()))))
                .message()
                .satisfies(message -> assertThat(message).doesNotContain("SECRET"));
    }

    @Test
    void dataWithoutAHeaderIsNotShown() {
        refuses("7001,1.5\n7002,2\n", AB, "left.csv:1: there is no column `a`");
        assertThatThrownBy(() -> read("7001,1.5\n7002,2\n", AB))
                .message()
                .contains("by position")
                .doesNotContain("7001");
    }

    @Test
    void markupIsRefused() {
        refuses("<?xml version=\"1.0\"?><Document/>", AB, "left.csv: is XML or HTML");
        refuses("\n<html><table>", AB, "left.csv: is XML or HTML");
    }

    @Test
    void bytesThatAreNoTextAreLocated() {
        SourceSpec utf16 = TestingPlans.encoded("UTF-16LE");
        byte[] text = "a,b\n1,2\n3,x".getBytes(StandardCharsets.UTF_16LE);
        byte[] cut = Arrays.copyOf(text, text.length + 2);
        // A low surrogate without its high one.
        cut[cut.length - 1] = (byte) 0xDC;
        refuses(cut, plan(utf16, field("a", TestingPlans.TEXT)), "left.csv:3:4: holds bytes that");
    }

    @Test
    void amountThatFitsBesideNoneBeforeItIsLocated() {
        Plan plan = plan(field("a", plainAmount()), field("b", TestingPlans.TEXT));
        refuses(
                "a,b\n1.25,\"x\n\"\n999999999999999999,y\n",
                plan,
                "left.csv:4: field a: an amount of 18 digits does not fit beside one of 2 decimals");
    }

    @Test
    void amountThatFitsBesideNoneInAnotherStretchIsLocated() {
        Plan plan = plan(field("a", plainAmount()), field("b", TestingPlans.TEXT));
        String filler = "5.25,\"" + "x".repeat(60) + "\n\"\n";
        String text = "a,b\n" + filler.repeat(100_000) + "bad,\n123456789012345678,y\n";
        ReadOptions one = new ReadOptions(1, 1, ReadOptions.Limits.DEFAULT, Progress.NONE);
        assertThatThrownBy(() -> read(text.getBytes(StandardCharsets.UTF_8), plan, one))
                .message()
                .startsWith("left.csv:200003: field a: an amount of 18 digits does not fit");
        ReadOptions four = new ReadOptions(4, 1, ReadOptions.Limits.DEFAULT, Progress.NONE);
        assertThatThrownBy(() -> read(text.getBytes(StandardCharsets.UTF_8), plan, four))
                .message()
                .startsWith("left.csv:200003: field a: an amount of 18 digits does not fit");
    }

    @Test
    void smallFileThatUnfoldsWithoutEndIsRefusedEarly() throws IOException {
        ByteArrayOutputStream bomb = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bomb)) {
            gzip.write("a,b\n".getBytes(StandardCharsets.UTF_8));
            byte[] rows = "1,2\n".repeat(1 << 18).getBytes(StandardCharsets.UTF_8);
            for (int i = 0; i < 100; i++) {
                gzip.write(rows);
            }
        }
        refuses(bomb.toByteArray(), AB, "left.csv: unfolds to more than 250 times its size");
    }
}
