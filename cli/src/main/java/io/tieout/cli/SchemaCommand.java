package io.tieout.cli;

import io.tieout.formats.plan.PlanFile;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/// `tieout schema`.
@Command(
        name = "schema",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description =
                "Prints the JSON Schema of plan files, for editors to complete and check them.")
final class SchemaCommand implements Callable<Integer> {
    private final Terminal terminal;

    SchemaCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        terminal.out().println(PlanFile.schema());
        return ExitStatus.TIED_OUT;
    }
}
