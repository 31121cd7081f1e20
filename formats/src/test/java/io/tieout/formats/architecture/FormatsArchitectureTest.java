package io.tieout.formats.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.tieout.formats.plan.PlanFile;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// Formats know the engine and the libraries that read and write files, and nothing above them.
final class FormatsArchitectureTest {
    private static final JavaClasses FORMATS =
            new ClassFileImporter()
                    .importUrl(PlanFile.class.getProtectionDomain().getCodeSource().getLocation());

    @Test
    void ofTieoutOnlyTheEngineIsUsed() {
        assertThat(FORMATS).hasSizeGreaterThan(40);
        classes()
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "java..",
                        "javax.xml..",
                        "org.xml..",
                        "org.jspecify..",
                        "org.snakeyaml..",
                        "tools.jackson.core..",
                        "org.dhatim.fastexcel.reader..",
                        "org.apache.commons.compress..",
                        "com.github.luben.zstd..",
                        "io.tieout.engine..",
                        "io.tieout.formats..")
                .check(FORMATS);
    }

    @Test
    void packagesFormNoCycle() {
        slices().matching("io.tieout.formats.(*)..").should().beFreeOfCycles().check(FORMATS);
    }

    @Test
    void whatIsWrittenDependsOnNoLocaleAndNoClock() {
        noClasses()
                .should()
                .accessTargetWhere(
                        describe(
                                "reads a default locale or a clock",
                                (JavaAccess<?> access) -> readsSurroundings(access.getTarget())))
                .check(FORMATS);
    }

    private static boolean readsSurroundings(AccessTarget target) {
        String owner = target.getOwner().getName();
        String name = target.getName();
        boolean formats =
                owner.equals("java.lang.String")
                        && Set.of("format", "formatted", "toUpperCase", "toLowerCase")
                                .contains(name)
                        && !takesLocale(target);
        return formats
                || (owner.equals("java.util.Locale") && name.equals("getDefault"))
                || (owner.startsWith("java.time.") && Set.of("now", "systemDefault").contains(name))
                || (owner.equals("java.lang.System")
                        && Set.of("nanoTime", "currentTimeMillis").contains(name));
    }

    private static boolean takesLocale(AccessTarget target) {
        return target instanceof AccessTarget.CodeUnitAccessTarget method
                && method.getRawParameterTypes().stream()
                        .anyMatch(type -> type.isEquivalentTo(Locale.class));
    }

    @Test
    void nothingIsADrawer() {
        noClasses()
                .should()
                .haveNameMatching(".*(Util|Utils|Helper|Helpers|Manager|Impl)")
                .check(FORMATS);
    }
}
