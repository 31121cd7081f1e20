package io.tieout.formats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.opentest4j.AssertionFailedError;
import org.opentest4j.TestAbortedException;

final class OptionalPartTest {
    @TempDir private Path dir;

    @Test
    void aTestWithoutItsPartIsSkippedAndSaysHowToInstallIt() {
        assertThatThrownBy(() -> OptionalPart.CHROMIUM.require(dir.toString(), false))
                .isInstanceOf(TestAbortedException.class)
                .hasMessageContaining("CHROMIUM")
                .hasMessageContaining("apt-get install chromium");
    }

    @Test
    void whereEverythingIsTestedItFails() {
        assertThatThrownBy(() -> OptionalPart.CHROMIUM.require(dir.toString(), true))
                .isInstanceOf(AssertionFailedError.class)
                .hasMessageContaining("apt-get install chromium");
    }

    @Test
    void aPartThatIsThereIsFound() throws IOException {
        Path program = Files.createFile(dir.resolve("chromium-browser"));
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
        assertThat(OptionalPart.CHROMIUM.require("/nowhere:" + dir, true)).isEqualTo(program);
    }
}
