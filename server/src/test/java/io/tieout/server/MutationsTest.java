package io.tieout.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// The drill of mutations stays a drill: each check that it takes away is still there, once, and
/// the tests that must notice exist. Whether they notice, the drill itself finds out.
final class MutationsTest {
    private static final Path MAIN = Path.of("src/main");

    /// A piece of text and what stands in its place.
    private record Change(String text, String replacement) {}

    private record Mutation(String name, String file, List<Change> changes, List<String> tests) {}

    private static List<Mutation> mutations() {
        List<Mutation> all = new ArrayList<>();
        for (String entry : read(Path.of("drills/mutations.txt")).split("(?m)^== ", -1)) {
            if (!entry.startsWith("#")) {
                all.add(mutation(entry));
            }
        }
        return all;
    }

    private static Mutation mutation(String entry) {
        String file = "";
        List<String> tests = List.of();
        List<Change> changes = new ArrayList<>();
        List<String> lines = entry.lines().toList();
        for (int i = 1; i < lines.size(); i++) {
            String line = lines.get(i);
            if (line.startsWith("file ")) {
                file = line.substring(5);
            } else if (line.startsWith("tests ")) {
                tests = List.of(line.substring(6).split(" ", -1));
            } else if (line.startsWith("- ")) {
                int put = i;
                while (lines.get(put).startsWith("- ")) {
                    put++;
                }
                int end = put;
                while (lines.get(end).startsWith("+ ")) {
                    end++;
                }
                changes.add(new Change(text(lines.subList(i, put)), text(lines.subList(put, end))));
                i = end - 1;
            }
        }
        return new Mutation(lines.getFirst(), file, changes, tests);
    }

    private static String text(List<String> lines) {
        return lines.stream().map(line -> line.substring(2)).collect(Collectors.joining("\n"));
    }

    private static String read(Path file) {
        try {
            return Files.readString(file, UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void everyCheckThatIsTakenAwayIsThereOnce() {
        assertThat(mutations()).hasSizeGreaterThan(100);
        for (Mutation mutation : mutations()) {
            String source = read(MAIN.resolve(mutation.file()));
            assertThat(mutation.changes()).as(mutation.name()).isNotEmpty();
            for (Change change : mutation.changes()) {
                assertThat(source.split(Pattern.quote(change.text()), -1))
                        .as("%s: `%s` in %s", mutation.name(), change.text(), mutation.file())
                        .hasSize(2);
                assertThat(change.replacement()).as(mutation.name()).isNotEqualTo(change.text());
            }
        }
    }

    @Test
    void everyTestThatMustNoticeExists() throws IOException {
        Set<String> tests;
        try (Stream<Path> files = Files.walk(Path.of("src/test/java"))) {
            tests =
                    files.map(file -> file.getFileName().toString())
                            .map(name -> name.replace(".java", ""))
                            .collect(Collectors.toSet());
        }
        for (Mutation mutation : mutations()) {
            assertThat(mutation.tests()).as(mutation.name()).isNotEmpty().isSubsetOf(tests);
        }
    }

    @Test
    void everyPolicyOfTheDatabaseIsTakenAwayOnce() throws IOException {
        Set<String> policies = new TreeSet<>();
        try (Stream<Path> files = Files.list(MAIN.resolve("resources/db/migration"))) {
            for (Path file : files.toList()) {
                String sql = read(file);
                Matcher policy = Pattern.compile("create policy [^;]*;").matcher(sql);
                while (policy.find()) {
                    if (!policy.group().contains("to tieout_worker")) {
                        policies.add(policy.group());
                    }
                }
            }
        }
        Set<String> tried = new LinkedHashSet<>();
        for (Mutation mutation : mutations()) {
            for (Change change : mutation.changes()) {
                policies.stream()
                        .filter(p -> p.contains(change.text()) || change.text().contains(p))
                        .forEach(tried::add);
            }
        }
        // It went with the migration that took the right to write away.
        policies.removeIf(policy -> policy.startsWith("create policy writer on audit_log"));
        assertThat(tried).containsAll(policies);
    }
}
