package io.tieout.engine.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import io.tieout.engine.run.Reconciler;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// The engine is a pure function: what it may not know it cannot depend on. Each rule is also shown
/// classes that break it, so that a rule which holds of everything is noticed.
final class EngineArchitectureTest {
    private static final JavaClasses ENGINE =
            new ClassFileImporter()
                    .importUrl(
                            Reconciler.class.getProtectionDomain().getCodeSource().getLocation());

    private static final ArchRule DEPENDS_ON_THE_JDK_ONLY =
            classes()
                    .should()
                    .onlyDependOnClassesThat()
                    .resideInAnyPackage("java..", "org.jspecify..", "io.tieout.engine..");

    private static final ArchRule READS_NO_CLOCK =
            noAccess("a clock", EngineArchitectureTest::isClock);

    private static final ArchRule READS_NO_CHANCE =
            noAccess("a random source", EngineArchitectureTest::isChance);

    private static final ArchRule READS_NO_LOCALE_AND_NO_ENVIRONMENT =
            noAccess("a default locale, zone or property", EngineArchitectureTest::isSurroundings);

    private static final ArchRule TOUCHES_NO_FILE_AND_NO_NETWORK =
            noClasses()
                    .should()
                    .dependOnClassesThat(
                            describe(
                                    "do input or output",
                                    (JavaClass type) ->
                                            isInput(type.getPackageName())
                                                    && !type.getName()
                                                            .equals("java.io.Serializable")))
                    .orShould()
                    .accessTargetWhere(
                            describe(
                                    "print",
                                    (JavaAccess<?> access) ->
                                            access.getTarget()
                                                            .getOwner()
                                                            .getName()
                                                            .equals("java.lang.System")
                                                    && Set.of("out", "err", "in")
                                                            .contains(access.getName())));

    private static final ArchRule HAS_NO_DRAWERS =
            noClasses().should().haveNameMatching(".*(Util|Utils|Helper|Helpers|Manager|Impl)");

    private static final ArchRule HAS_NO_CYCLES =
            slices().matching("io.tieout.engine.(*)..").should().beFreeOfCycles();

    private static ArchRule noAccess(String what, Predicate<AccessTarget> forbidden) {
        return noClasses()
                .should()
                .accessTargetWhere(
                        describe(
                                "reads " + what,
                                (JavaAccess<?> access) -> forbidden.test(access.getTarget())));
    }

    private static boolean isClock(AccessTarget target) {
        boolean ofTime =
                target.getName().equals("now") || target.getOwner().getSimpleName().equals("Clock");
        return (isIn(target, "java.time") && ofTime)
                || isMethod(target, System.class, "nanoTime", "currentTimeMillis")
                || target.getFullName().startsWith("java.util.Date.<init>()");
    }

    private static boolean isChance(AccessTarget target) {
        return target.getOwner().getSimpleName().endsWith("Random")
                || isIn(target, "java.util.random")
                || isMethod(target, Math.class, "random")
                || isMethod(target, System.class, "identityHashCode")
                || target.getName().equals("randomUUID")
                || target.getFullName().equals("java.util.Collections.shuffle(java.util.List)");
    }

    private static boolean isSurroundings(AccessTarget target) {
        boolean writes =
                isMethod(target, String.class, "format", "toUpperCase", "toLowerCase")
                        && !takesLocale(target);
        boolean ofText =
                isIn(target, "java.text")
                        && !target.getOwner().getName().startsWith("java.text.Normalizer");
        return writes
                || ofText
                || isMethod(target, String.class, "formatted")
                || isMethod(target, Locale.class, "getDefault")
                || target.getName().equals("systemDefault")
                || isMethod(target, System.class, "getProperty", "getenv", "lineSeparator");
    }

    private static boolean isMethod(AccessTarget target, Class<?> owner, String... names) {
        return target.getOwner().isEquivalentTo(owner) && List.of(names).contains(target.getName());
    }

    private static boolean isIn(AccessTarget target, String packageName) {
        return target.getOwner().getPackageName().equals(packageName);
    }

    private static boolean takesLocale(AccessTarget target) {
        return target instanceof AccessTarget.CodeUnitAccessTarget method
                && method.getRawParameterTypes().stream()
                        .anyMatch(type -> type.isEquivalentTo(Locale.class));
    }

    private static boolean isInput(String packageName) {
        return Stream.of("java.io", "java.net", "java.nio.file", "java.nio.channels", "java.sql")
                .anyMatch(p -> packageName.equals(p) || packageName.startsWith(p + "."));
    }

    static Stream<Arguments> rules() {
        return Stream.of(
                Arguments.of(
                        "depends on the JDK only",
                        DEPENDS_ON_THE_JDK_ONLY,
                        Offenders.Foreign.class),
                Arguments.of("reads no clock", READS_NO_CLOCK, Offenders.Clocks.class),
                Arguments.of("reads no chance", READS_NO_CHANCE, Offenders.Chances.class),
                Arguments.of(
                        "reads no locale and no environment",
                        READS_NO_LOCALE_AND_NO_ENVIRONMENT,
                        Offenders.Locales.class),
                Arguments.of(
                        "touches no file and no network",
                        TOUCHES_NO_FILE_AND_NO_NETWORK,
                        Offenders.Inputs.class),
                Arguments.of("has no drawers", HAS_NO_DRAWERS, Offenders.DrawerHelper.class));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rules")
    void theEngine(String claim, ArchRule rule, Class<?> offender) {
        assertThat(ENGINE).as("classes of the engine").hasSizeGreaterThan(40);
        rule.check(ENGINE);
    }

    /// Every method of an offender breaks the rule on its own.
    @ParameterizedTest(name = "{0}")
    @MethodSource("rules")
    void anOffenderIsFound(String claim, ArchRule rule, Class<?> offender) {
        List<String> violations =
                rule.evaluate(new ClassFileImporter().importClasses(offender))
                        .getFailureReport()
                        .getDetails();
        assertThat(violations).as(claim).isNotEmpty();
        for (var method : offender.getDeclaredMethods()) {
            assertThat(violations)
                    .as("%s: %s", claim, method.getName())
                    .anyMatch(violation -> violation.contains("." + method.getName() + "("));
        }
    }

    @Test
    void packagesFormNoCycle() {
        HAS_NO_CYCLES.check(ENGINE);
    }
}
