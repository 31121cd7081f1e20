package io.tieout.cli;

import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// `tieout completion`.
@Command(
        name = "completion",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = {
            "Prints what completes commands, options and files in bash and zsh.",
            "Load it in either with: eval \"$(tieout completion)\"",
            "That line in ~/.bashrc or ~/.zshrc loads it in every shell."
        })
final class CompletionCommand implements Callable<Integer> {
    private static final String ZSH_OPTIONS =
            "(?m)^  (# Make alias a distinct.*|setopt COMPLETE_ALIASES|alias compopt=complete)\\R";

    private final Terminal terminal;

    @Spec private CommandSpec spec = CommandSpec.create();

    CompletionCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        String script = AutoComplete.bash("tieout", spec.root().commandLine());
        // It would change how aliases complete in the whole shell, which is not ours to do.
        terminal.out().println(script.replaceAll(ZSH_OPTIONS, ""));
        return ExitStatus.TIED_OUT;
    }
}
