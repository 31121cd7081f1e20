package io.tieout.formats;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.opentest4j.AssertionFailedError;
import org.opentest4j.TestAbortedException;

/// A program that some tests need and that a machine may lack. Without it they are skipped and say
/// how to install it; where `CI` is set to `true` they fail instead, so that a build that should
/// test everything never passes by skipping.
public enum OptionalPart {
    /// The browser that reports are looked at with.
    CHROMIUM("chromium chromium-browser google-chrome", "apt-get install chromium");

    private static final Set<OptionalPart> TOLD = ConcurrentHashMap.newKeySet();

    /// The names that it has on one system or another.
    private final String programs;
    private final String installation;

    OptionalPart(String programs, String installation) {
        this.programs = programs;
        this.installation = installation;
    }

    /// The program, in the first folder of `PATH` that has it. To be called before each test: what
    /// is skipped before all of them is not counted, and so not seen.
    ///
    /// @throws TestAbortedException when there is none
    /// @throws AssertionFailedError when there is none and this is a build that tests everything
    public Path require() {
        String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
        try {
            return require(path, "true".equals(System.getenv("CI")));
        } catch (TestAbortedException e) {
            if (TOLD.add(this)) {
                // The build prints how many tests were skipped, but not why.
                System.err.println("Tests are skipped: " + e.getMessage());
            }
            throw e;
        }
    }

    Path require(String searchPath, boolean everything) {
        return Stream.of(programs.split(" "))
                .flatMap(
                        program ->
                                Stream.of(searchPath.split(":")).map(dir -> Path.of(dir, program)))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() -> missing(everything));
    }

    private RuntimeException missing(boolean everything) {
        String message = name() + " is not on this machine; install it with: " + installation;
        if (everything) {
            throw new AssertionFailedError(message + " (CI=true: nothing is skipped)");
        }
        return new TestAbortedException(message);
    }
}
