package io.tieout.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.tieout.cli.TestingCommand.Ran;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Whatever is wrong with what a command is given, it says so in one line with place and remedy,
/// ends with status 2, and leaves everything as it was. The cases are data: `bad-input.txt`.
class BadInputTest {
    @TempDir private Path dir;

    /// A case of `bad-input.txt`.
    record Case(String title, Map<String, byte[]> files, String command, String message) {
        @Override
        public String toString() {
            return title;
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void badInputIsOneLineAndLeavesNothing(Case bad) {
        TestingBooks books = new TestingBooks(dir);
        bad.files().forEach(books::write);
        Map<String, String> before = books.snapshot();
        Object[] arguments = Arrays.stream(bad.command().split(" ")).map(this::placed).toArray();

        Ran ran = TestingCommand.runWith("", arguments);

        assertThat(ran.errLines()).containsExactly(placed("tieout: " + bad.message()));
        assertThat(ran.status()).isEqualTo(2);
        assertThat(ran.out()).isEmpty();
        assertThat(books.snapshot()).isEqualTo(before);
    }

    /// `@name` is a file of the case's folder, `@` the folder.
    private String placed(String text) {
        return text.replaceAll("@(?=[a-z])", dir + "/").replace("@", dir.toString());
    }

    static Stream<Case> cases() throws IOException {
        try (InputStream in = BadInputTest.class.getResourceAsStream("bad-input.txt")) {
            if (in == null) {
                throw new AssertionError("bad-input.txt is not there");
            }
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return Arrays.stream(text.split("(?m)^=== ")).skip(1).map(BadInputTest::parse);
        }
    }

    private static Case parse(String text) {
        List<String> lines = text.lines().toList();
        Map<String, byte[]> files = new LinkedHashMap<>();
        String command = "";
        String message = "";
        int at = 1;
        while (at < lines.size()) {
            String line = lines.get(at++);
            if (line.startsWith("--- ")) {
                List<String> content = new ArrayList<>();
                while (!lines.get(at).startsWith("$ ") && !lines.get(at).startsWith("--- ")) {
                    content.add(lines.get(at++));
                }
                files.put(line.substring(4), bytes(content));
            } else if (line.startsWith("$ ")) {
                command = line.substring(2);
            } else if (line.startsWith("! ")) {
                message = line.substring(2);
            }
        }
        return new Case(lines.getFirst(), files, command, message);
    }

    /// Lines, where `\xFF` is that byte.
    private static byte[] bytes(List<String> lines) {
        StringBuilder latin = new StringBuilder();
        for (String line : lines) {
            latin.append(line).append('\n');
        }
        StringBuilder decoded = new StringBuilder();
        for (int i = 0; i < latin.length(); i++) {
            boolean escaped = latin.charAt(i) == '\\' && latin.charAt(i + 1) == 'x';
            decoded.append(
                    escaped
                            ? (char) Integer.parseInt(latin.substring(i + 2, i + 4), 16)
                            : latin.charAt(i));
            i += escaped ? 3 : 0;
        }
        return decoded.toString().getBytes(StandardCharsets.ISO_8859_1);
    }
}
