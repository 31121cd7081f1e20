package io.tieout.formats.outcome;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tieout.engine.failure.FailureException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class OutcomeFolderTest {
    private static final List<String> ALL =
            List.of("breaks.csv", "matches.csv", "report.html", "summary.json");

    @TempDir private Path temp;

    private static RunRecord run() {
        return TestingRuns.run(TestingRuns.PLAN, TestingRuns.LEFT, TestingRuns.RIGHT);
    }

    private static RunRecord runWithRejects() {
        return TestingRuns.run(
                TestingRuns.PLAN,
                TestingRuns.LEFT + "L9,R-9,?,EUR,2026-01-01\n",
                TestingRuns.RIGHT,
                1);
    }

    private static void write(Path dir, boolean force, RunRecord run) {
        OutcomeFolder.prepare(dir, force).write(run);
    }

    private static List<String> names(Path dir) throws IOException {
        try (Stream<Path> files = Files.list(dir)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    private static Map<String, String> contents(Path dir) throws IOException {
        Map<String, String> contents = new TreeMap<>();
        for (String name : names(dir)) {
            if (Files.isRegularFile(dir.resolve(name))) {
                contents.put(name, Files.readString(dir.resolve(name)));
            }
        }
        return contents;
    }

    @Test
    void aWrittenOutcomeIsItsFilesAndNothingElse() throws IOException {
        Path dir = temp.resolve("new/deep");
        write(dir, false, run());
        assertThat(names(dir)).isEqualTo(ALL);
    }

    @Test
    void rejectsAreWrittenWhereThereAreSomeAndGoWhenThereAreNone() throws IOException {
        write(temp, false, runWithRejects());
        assertThat(names(temp)).contains("rejects.csv");
        write(temp, true, run());
        assertThat(names(temp)).isEqualTo(ALL);
    }

    @Test
    void anOutcomeIsNotOverwrittenUnlessForced() throws IOException {
        write(temp, false, runWithRejects());
        Map<String, String> before = contents(temp);
        assertThatThrownBy(() -> OutcomeFolder.prepare(temp, false))
                .isInstanceOf(FailureException.class)
                .hasMessageContaining("holds an outcome (matches.csv)")
                .hasMessageContaining("--force");
        assertThat(contents(temp)).isEqualTo(before);
        write(temp, true, run());
        assertThat(contents(temp)).isNotEqualTo(before);
    }

    @Test
    void filesOfOthersAreLeftAlone() throws IOException {
        Files.writeString(temp.resolve("notes.txt"), "mine");
        write(temp, false, run());
        assertThat(temp.resolve("notes.txt")).hasContent("mine");
    }

    @Test
    void aPathThatIsNoFolderIsRefused() throws IOException {
        Path file = Files.writeString(temp.resolve("file"), "");
        assertThatThrownBy(() -> OutcomeFolder.prepare(file, true))
                .hasMessageContaining("is no folder");
        Path dangling = Files.createSymbolicLink(temp.resolve("link"), temp.resolve("nowhere"));
        assertThatThrownBy(() -> OutcomeFolder.prepare(dangling, true))
                .hasMessageContaining("is no folder");
    }

    @Test
    void aFolderWhereAFileBelongsIsRefusedBeforeTheWorkStarts() throws IOException {
        Files.createDirectory(temp.resolve("report.html"));
        assertThatThrownBy(() -> OutcomeFolder.prepare(temp, true))
                .hasMessageContaining("holds a folder where report.html belongs");
        assertThat(names(temp)).containsExactly("report.html");
    }

    @Test
    void aLinkToAFolderIsWrittenThrough() throws IOException {
        Path real = Files.createDirectory(temp.resolve("real"));
        Path link = Files.createSymbolicLink(temp.resolve("link"), real);
        write(link, false, run());
        assertThat(link).isSymbolicLink();
        assertThat(names(real)).isEqualTo(ALL);
    }

    @Test
    void anAbandonedFolderIsGoneIfItWasMadeForTheOutcome() throws IOException {
        OutcomeFolder.prepare(temp.resolve("a/b"), false).abandon();
        assertThat(names(temp)).isEmpty();
        Path own = Files.createDirectory(temp.resolve("own"));
        OutcomeFolder.prepare(own, false).abandon();
        assertThat(own).isEmptyDirectory();
    }

    @Test
    void aWriteThatFailsMidwayLeavesTheOlderOutcomeAsItWas() throws IOException {
        write(temp, false, runWithRejects());
        Map<String, String> before = contents(temp);
        OutcomeFolder folder = OutcomeFolder.prepare(temp, true);
        // The third file cannot be created where something is in its way.
        Files.createDirectory(temp.resolve(".tieout-report.html"));
        assertThatThrownBy(() -> folder.write(run())).hasMessageContaining("cannot be written to");
        assertThat(contents(temp)).isEqualTo(before);
    }

    @Test
    void aPublicationThatFailsMidwayPutsTheOlderOutcomeBack() throws IOException {
        write(temp, false, runWithRejects());
        Map<String, String> before = contents(temp);
        List<String> order =
                List.of("matches.csv", "breaks.csv", "rejects.csv", "report.html", "summary.json");
        Publication publication = new Publication(temp, order);
        Files.writeString(publication.unfinished("matches.csv"), "new");
        Files.writeString(publication.unfinished("summary.json"), "new");
        // A folder that is not empty takes no file's name.
        Files.createDirectories(temp.resolve(".tieout-old-matches.csv/full"));
        assertThatThrownBy(publication::publish).isInstanceOf(IOException.class);
        publication.deleteUnfinished();
        assertThat(contents(temp)).containsAllEntriesOf(before).hasSameSizeAs(before);
    }

    @Test
    void anOutcomeWhoseReplacementWasCutShortIsPutBack() throws IOException {
        write(temp, false, run());
        Map<String, String> before = contents(temp);
        // As a process leaves it that ended after its second new file: old ones aside, no summary.
        for (String name : ALL) {
            Files.move(temp.resolve(name), temp.resolve(".tieout-old-" + name));
        }
        Files.writeString(temp.resolve("matches.csv"), "new");
        Files.writeString(temp.resolve("breaks.csv"), "new");
        Files.writeString(temp.resolve(".tieout-report.html"), "new");
        Files.writeString(temp.resolve(".tieout-summary.json"), "new");
        assertThatThrownBy(() -> OutcomeFolder.prepare(temp, false))
                .hasMessageContaining("holds an outcome");
        assertThat(contents(temp)).isEqualTo(before);
    }

    @Test
    void anOutcomeThatWasGoingAsideIsPutBack() throws IOException {
        write(temp, false, run());
        Map<String, String> before = contents(temp);
        // As a process leaves it that ended before any new file had its name.
        Files.move(temp.resolve("summary.json"), temp.resolve(".tieout-old-summary.json"));
        for (String name : ALL) {
            Files.writeString(temp.resolve(".tieout-" + name), "new");
        }
        assertThatThrownBy(() -> OutcomeFolder.prepare(temp, false))
                .hasMessageContaining("holds an outcome");
        assertThat(contents(temp)).isEqualTo(before);
    }

    @Test
    void oldFilesThatAWholeOutcomeStillHasAsideAreDeleted() throws IOException {
        write(temp, false, run());
        Map<String, String> before = contents(temp);
        Files.writeString(temp.resolve(".tieout-old-matches.csv"), "old");
        assertThatThrownBy(() -> OutcomeFolder.prepare(temp, false))
                .hasMessageContaining("holds an outcome");
        assertThat(contents(temp)).isEqualTo(before);
    }

    @Test
    void twoRunsDoNotWriteIntoOneFolderAtOnce() throws IOException {
        OutcomeFolder first = OutcomeFolder.prepare(temp, false);
        assertThatThrownBy(() -> OutcomeFolder.prepare(temp, true))
                .hasMessageContaining("is being written to by another run");
        first.write(run());
        assertThat(names(temp)).isEqualTo(ALL);
        write(temp, true, run());
        assertThat(names(temp)).isEqualTo(ALL);
    }

    @Test
    void aLockThatAKilledRunLeftHoldsNobodyUp() throws IOException {
        Files.createFile(temp.resolve(FolderLock.NAME));
        write(temp, false, run());
        assertThat(names(temp)).isEqualTo(ALL);
    }

    @Test
    void abandoningWhatIsOverTouchesNoLaterRun() throws IOException {
        OutcomeFolder first = OutcomeFolder.prepare(temp, false);
        first.write(run());
        OutcomeFolder second = OutcomeFolder.prepare(temp, true);
        Path unfinished = Files.writeString(temp.resolve(".tieout-matches.csv"), "second");
        first.abandon();
        assertThat(unfinished).exists();
        second.abandon();
        assertThat(names(temp)).isEqualTo(ALL);
    }
}
