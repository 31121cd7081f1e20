package io.tieout.formats.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tieout.engine.failure.Failure;
import io.tieout.engine.failure.FailureException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a plan file is as bytes.
final class PlanTextTest {
    private static final String PLAN =
            "version: 1\nfields: {ref: ref}\npasses: [{name: p, match: {ref: exact}}]\n";

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] joined(byte[]... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }

    private static AbstractThrowableAssert<?, ? extends Throwable> refused(byte[] bytes) {
        return assertThatThrownBy(() -> PlanFile.parse("plan.yaml", bytes))
                .isInstanceOf(FailureException.class);
    }

    @Test
    void byteOrderMarkIsAccepted() {
        byte[] marked = joined(new byte[] {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF}, utf8(PLAN));
        assertThat(PlanFile.parse("plan.yaml", marked).digest())
                .isEqualTo(PlanFile.parse("plan.yaml", utf8(PLAN)).digest());
    }

    @Test
    void byteOrderMarkTakesNoColumn() {
        refused(joined(new byte[] {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF}, utf8("verzion: 1")))
                .hasMessageStartingWith("plan.yaml:1:1: a plan has no key `verzion`");
    }

    @Test
    void lineEndsOfAllSystemsCountOnce() {
        for (String end : new String[] {"\n", "\r\n", "\r"}) {
            refused(utf8("version: 1\n\nverzion: 1\n".replace("\n", end)))
                    .hasMessageStartingWith("plan.yaml:3:1: a plan has no key `verzion`");
        }
    }

    @Test
    void bytesThatAreNotUtf8AreRefusedWithTheirPlace() {
        refused(joined(utf8("version: 1\r\n# é: "), new byte[] {(byte) 0xE9, 'x'}))
                .hasMessage(
                        "plan.yaml:2:6: holds bytes that are not UTF-8; save the plan as UTF-8");
        refused(joined(utf8(PLAN), new byte[] {(byte) 0xC3}))
                .hasMessageStartingWith("plan.yaml:4:1: holds bytes that are not UTF-8");
    }

    @Test
    void utf16IsNamed() {
        refused(PLAN.getBytes(StandardCharsets.UTF_16))
                .hasMessage("plan.yaml: is in UTF-16, but a plan is in UTF-8; save it as UTF-8");
        refused(
                        joined(
                                new byte[] {(byte) 0xFF, (byte) 0xFE},
                                PLAN.getBytes(StandardCharsets.UTF_16LE)))
                .hasMessageContaining("is in UTF-16");
    }

    @Test
    void controlCharactersAreRefusedWithTheirPlace() {
        refused(utf8("version: 1\n# \u0007\n"))
                .hasMessage("plan.yaml:2:3: holds the control character U+0007; take it out");
        refused(utf8("version: \u0000"))
                .hasMessageContaining(":1:10: ")
                .hasMessageContaining("U+0000");
    }

    @Test
    void sizeIsLimitedInclusively() {
        byte[] largest = Arrays.copyOf(utf8(PLAN + "#"), 1 << 20);
        Arrays.fill(largest, PLAN.length(), largest.length, (byte) '#');
        assertThat(PlanFile.parse("plan.yaml", largest).plan().fields()).hasSize(1);
        refused(Arrays.copyOf(largest, (1 << 20) + 1))
                .hasMessage(
                        "plan.yaml: is 1048577 bytes long, more than the limit of 1048576 bytes (1"
                                + " MiB); check that it is a plan, and take out what it does not need");
    }

    @Test
    void aPlanThatIsTooLargeInFullIsRefused() {
        String column = "c".repeat(600_000);
        refused(utf8(PLAN.replace("ref: ref", "ref: " + column)))
                .hasMessageContaining("bytes long when written out in full, more than the limit");
    }

    @Test
    void filesAreRead(@TempDir Path dir) throws IOException {
        Path file = Files.writeString(dir.resolve("plan.yaml"), PLAN);
        PlanFile plan = PlanFile.read(file);
        assertThat(plan.name()).isEqualTo(file.toString());
        assertThat(plan.plan().fields()).hasSize(1);
        Files.writeString(file, "version: 2");
        assertThatThrownBy(() -> PlanFile.read(file))
                .hasMessageStartingWith(file + ":1:10: the version of this plan is not 1");
    }

    @Test
    void filesThatCannotBeReadSayWhy(@TempDir Path dir) throws IOException {
        Path missing = dir.resolve("nowhere.yaml");
        assertThatThrownBy(() -> PlanFile.read(missing))
                .isInstanceOfSatisfying(
                        FailureException.class,
                        e -> assertThat(e.failure()).isInstanceOf(Failure.UnreadableSource.class))
                .hasMessage(missing + ": there is no such file; check the path of the plan");
        assertThatThrownBy(() -> PlanFile.read(dir))
                .hasMessage(dir + ": is a directory; name a plan file in it");
        Path large = Files.write(dir.resolve("large.csv"), new byte[3 << 20]);
        assertThatThrownBy(() -> PlanFile.read(large))
                .hasMessageStartingWith(
                        large + ": is 3145728 bytes long, more than the limit of 1048576");
    }
}
