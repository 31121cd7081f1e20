package io.tieout.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// `tieout audit`.
@Command(
        name = "audit",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = "Works on an exported audit trail.",
        subcommands = AuditVerifyCommand.class)
final class AuditCommand implements Runnable {
    @Spec private CommandSpec spec = CommandSpec.create();

    AuditCommand() {}

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }
}
