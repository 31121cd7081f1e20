package io.tieout.cli.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.tieout.cli.Tieout;
import org.junit.jupiter.api.Test;

/// The command knows the platform, formats, the engine, its parser of arguments, and JSON.
final class CliArchitectureTest {
    private static final JavaClasses CLI =
            new ClassFileImporter()
                    .importUrl(Tieout.class.getProtectionDomain().getCodeSource().getLocation());

    @Test
    void onlyThePlatformFormatsAndTheEngineAreUsed() {
        assertThat(CLI).hasSizeGreaterThan(10);
        classes()
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "java..",
                        "org.jspecify..",
                        "picocli..",
                        "tools.jackson..",
                        "io.tieout.engine..",
                        "io.tieout.formats..",
                        "io.tieout.server..",
                        "io.tieout.cli..")
                .check(CLI);
    }

    @Test
    void nothingIsADrawer() {
        noClasses()
                .should()
                .haveNameMatching(".*(Util|Utils|Helper|Helpers|Manager|Impl)")
                .check(CLI);
    }
}
