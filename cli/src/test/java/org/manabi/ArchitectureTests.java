package org.manabi;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static java.util.stream.Collectors.toUnmodifiableSet;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.syntax.elements.GivenClassesConjunction;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/// The arrows and the invariants of ARCHITECTURE.md, checked on the compiled classes of all modules.
class ArchitectureTests {

    private static final Set<String> CORE =
            Set.of("tensor", "autodiff", "layers", "loss", "optim", "metrics", "data", "train");

    /// Every package beneath `org.manabi`, and the packages that it may use.
    private static final Map<String, Set<String>> ARROWS =
            Map.ofEntries(
                    Map.entry("tensor", Set.of()),
                    Map.entry("autodiff", Set.of("tensor")),
                    Map.entry("layers", Set.of("tensor", "autodiff")),
                    Map.entry("loss", Set.of("tensor", "autodiff")),
                    Map.entry("optim", Set.of("tensor", "autodiff")),
                    Map.entry("metrics", Set.of("tensor")),
                    Map.entry("data", Set.of("tensor")),
                    Map.entry("train", CORE),
                    Map.entry("formats", CORE),
                    Map.entry("datasets", plus(CORE, "formats")),
                    Map.entry("board", plus(CORE, "formats")),
                    Map.entry("cli", plus(CORE, "formats", "datasets", "board")));

    private static final Set<String> PACKAGES = new TreeSet<>(ARROWS.keySet());

    // Not private: only the name in @FieldSource reads it, which Error Prone does not see.
    static final Set<String> MODULES = Set.of("core", "formats", "datasets", "board", "cli");

    private static final JavaClasses MANABI =
            new ClassFileImporter()
                    .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                    .importPackages("org.manabi");

    @ParameterizedTest
    @FieldSource("PACKAGES")
    void packageUsesOnlyWhatItsArrowsAllow(String name) {
        var allowed = plus(ARROWS.getOrDefault(name, Set.of()), name);
        var forbidden =
                resideInAPackage("org.manabi..")
                        .and(DescribedPredicate.not(resideInAnyPackage(patterns(allowed))));
        check(
                noClasses()
                        .that()
                        .resideInAPackage(pattern(name))
                        .should()
                        .dependOnClassesThat(forbidden)
                        .as(name + " uses nothing of Manabi but " + new TreeSet<>(allowed)));
    }

    @Test
    void everyPackageHasItsArrows() {
        check(classes().should().resideInAnyPackage(patterns(PACKAGES)));
    }

    @Test
    void packagesHaveNoCycles() {
        check(slices().matching("org.manabi.(*)..").should().beFreeOfCycles());
    }

    @Test
    void packagesAreNamedForWhatTheyHold() {
        check(
                noClasses()
                        .should()
                        .resideInAnyPackage(
                                "..util..",
                                "..utils..",
                                "..common..",
                                "..impl..",
                                "..service..",
                                "..services..",
                                "..helper..",
                                "..helpers..",
                                "..misc.."));
    }

    @Test
    void coreStandsOnTheJdkAlone() {
        Set<String> base = ModuleLayer.boot().findModule("java.base").orElseThrow().getPackages();
        var foreign =
                describe(
                        "outside java.base, jdk.incubator.vector and JSpecify",
                        (JavaClass type) -> {
                            var name = type.getBaseComponentType().getPackageName();
                            return !(type.getBaseComponentType().isPrimitive()
                                    || base.contains(name)
                                    || name.startsWith("jdk.incubator.vector")
                                    || name.startsWith("org.jspecify")
                                    || name.startsWith("org.manabi"));
                        });
        check(core().should().dependOnClassesThat(foreign));
    }

    @Test
    void corePrintsNothing() {
        check(core().should(ACCESS_STANDARD_STREAMS));
        check(core().should().dependOnClassesThat().haveFullyQualifiedName("java.lang.IO"));
        check(core().should().accessTargetWhere(calls("java.lang.System", "console")));
    }

    @Test
    void coreOpensNoSocket() {
        check(core().should().dependOnClassesThat().resideInAPackage("java.net.."));
        check(
                core().should()
                        .dependOnClassesThat(
                                nameMatching("java\\.nio\\.channels\\..*(Socket|Datagram).*")));
    }

    @Test
    void coreReadsNoClockAndNoEnvironment() {
        check(core().should().accessTargetWhere(calls("java.lang.System", "nanoTime")));
        check(core().should().accessTargetWhere(calls("java.lang.System", "currentTimeMillis")));
        check(core().should().accessTargetWhere(calls("java.lang.System", "getenv")));
        check(core().should().accessTargetWhere(calls("java\\.time\\..*", "now|system.*|tick.*")));
        check(core().should().dependOnClassesThat().haveFullyQualifiedName("java.util.Date"));
    }

    @Test
    void coreDrawsOnlyFromItsOwnSeededGenerators() {
        check(core().should().accessTargetWhere(calls("java.lang.Math", "random")));
        check(
                core().should()
                        .dependOnClassesThat(
                                nameMatching(
                                        "java\\.util\\.(Random|UUID|SplittableRandom|random\\..*)"
                                                + "|java\\.util\\.concurrent\\.ThreadLocalRandom"
                                                + "|java\\.security\\.SecureRandom")));
    }

    @Test
    void readingAFileRunsNoCode() {
        check(
                noClasses()
                        .should()
                        .dependOnClassesThat()
                        .haveFullyQualifiedName("java.io.ObjectInputStream"));
    }

    /// Asked of the sources, because javac itself catches `Throwable` for try-with-resources.
    @ParameterizedTest
    @FieldSource("MODULES")
    void nothingCatchesThrowable(String module) throws IOException {
        var pattern = Pattern.compile("catch\\s*\\([^)]*\\bThrowable\\b[^)]*\\)");
        try (Stream<Path> files = Files.walk(Path.of("..", module, "src", "main", "java"))) {
            assertThat(files.filter(file -> file.toString().endsWith(".java")))
                    .isNotEmpty()
                    .allSatisfy(
                            file ->
                                    assertThat(Files.readString(file))
                                            .doesNotContainPattern(pattern));
        }
    }

    /// An empty import would let every rule above pass.
    @ParameterizedTest
    @FieldSource("MODULES")
    void moduleIsSeenByTheseRules(String module) {
        assertThat(MANABI.stream().map(type -> type.getSource().orElseThrow().getUri().toString()))
                .anyMatch(
                        uri ->
                                uri.matches(
                                        ".*(/" + module + "/target/|/manabi-" + module + "-).*"));
    }

    @ParameterizedTest
    @FieldSource("MODULES")
    void moduleIsNullMarked(String module) throws IOException {
        var descriptor = Path.of("..", module, "src", "main", "java", "module-info.java");
        assertThat(Files.readString(descriptor)).containsPattern("@NullMarked\\s+module ");
    }

    private static void check(ArchRule rule) {
        rule.allowEmptyShould(true).check(MANABI);
    }

    /// Starts a rule about what no class of core may do.
    private static GivenClassesConjunction core() {
        return noClasses().that().resideInAnyPackage(patterns(CORE));
    }

    private static DescribedPredicate<JavaAccess<?>> calls(String owner, String method) {
        return describe(
                "call " + owner + "." + method,
                access ->
                        access.getTargetOwner().getFullName().matches(owner)
                                && access.getTarget().getName().matches(method));
    }

    private static String pattern(String name) {
        return "org.manabi." + name + "..";
    }

    private static String[] patterns(Set<String> names) {
        return names.stream().map(ArchitectureTests::pattern).toArray(String[]::new);
    }

    private static Set<String> plus(Set<String> names, String... more) {
        return Stream.concat(names.stream(), Stream.of(more)).collect(toUnmodifiableSet());
    }
}
