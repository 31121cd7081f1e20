package io.tieout.server.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.tieout.server.Server;
import org.junit.jupiter.api.Test;

/// The platform is features that are put together in one place.
final class ServerArchitectureTest {
    private static final JavaClasses SERVER =
            new ClassFileImporter()
                    .importUrl(Server.class.getProtectionDomain().getCodeSource().getLocation());

    @Test
    void featuresFormNoCycle() {
        assertThat(SERVER).hasSizeGreaterThan(100);
        slices().matching("io.tieout.server.(*)..").should().beFreeOfCycles().check(SERVER);
    }

    @Test
    void nothingKnowsWherePartsArePutTogether() {
        noClasses()
                .that()
                .resideInAnyPackage("io.tieout.server.*..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.tieout.server")
                .check(SERVER);
    }

    @Test
    void onlyTheHttpKitKnowsTheHttpLibrary() {
        noClasses()
                .that()
                .resideOutsideOfPackage("io.tieout.server.http..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.helidon..")
                .check(SERVER);
    }

    @Test
    void onlyTheDatabaseKnowsPoolAndMigrations() {
        noClasses()
                .that()
                .resideOutsideOfPackage("io.tieout.server.database..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "com.zaxxer..", "org.flywaydb..", "org.postgresql..", "io.zonky..")
                .check(SERVER);
    }

    @Test
    void theCommandIsNotKnownHere() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.tieout.cli..", "picocli..")
                .check(SERVER);
    }

    @Test
    void problemsAndPermissionsStandForThemselves() {
        classes()
                .that()
                .resideInAnyPackage("io.tieout.server.problem..", "io.tieout.server.permission..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "java..",
                        "org.jspecify..",
                        "io.tieout.server.problem..",
                        "io.tieout.server.permission..")
                .check(SERVER);
    }

    @Test
    void nothingIsADrawer() {
        noClasses()
                .should()
                .haveNameMatching(".*(Util|Utils|Helper|Helpers|Manager|Impl)")
                .check(SERVER);
    }
}
