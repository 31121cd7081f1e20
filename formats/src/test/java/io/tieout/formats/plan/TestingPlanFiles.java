package io.tieout.formats.plan;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// The plan files among the test resources.
final class TestingPlanFiles {
    /// Valid plans; each has its canonical form beside it, under the same name and `.canonical`.
    static final List<String> VALID = List.of("product.yaml", "every-key.yaml", "tabs.json");

    /// Tables of broken plans with the message of each.
    static final List<String> BROKEN =
            List.of("yaml.txt", "plan.txt", "fields.txt", "passes.txt", "comparisons.txt");

    private TestingPlanFiles() {}

    /// A broken plan.
    ///
    /// @param title what is wrong with it
    /// @param text the plan
    /// @param message what must be said of it when it is called `plan.yaml`
    record Broken(String title, String text, String message) {
        @Override
        public String toString() {
            return title;
        }
    }

    static byte[] valid(String name) {
        return bytes("valid/" + name);
    }

    static String canonical(String name) {
        return new String(bytes("valid/" + name + ".canonical"), StandardCharsets.UTF_8).strip();
    }

    /// Reads `### title`, the plan, `>>> message`, again and again.
    static List<Broken> broken() {
        List<Broken> cases = new ArrayList<>();
        for (String table : BROKEN) {
            String title = "";
            StringBuilder text = new StringBuilder();
            String lines = new String(bytes("broken/" + table), StandardCharsets.UTF_8);
            for (String line : lines.split("\n", -1)) {
                if (line.startsWith("### ")) {
                    title = line.substring(4);
                    text.setLength(0);
                } else if (line.startsWith(">>> ")) {
                    cases.add(new Broken(title, text.toString(), line.substring(4)));
                } else {
                    text.append(line).append('\n');
                }
            }
        }
        return cases;
    }

    private static byte[] bytes(String resource) {
        try (InputStream in = TestingPlanFiles.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalArgumentException("no test resource " + resource);
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
