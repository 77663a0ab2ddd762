package org.manabi.spark;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// The arrows of ARCHITECTURE.md for this module, which alone has Spark on its class path: `spark` uses
/// `core` and `formats`, and none of the others.
class SparkArchitectureTests {

    private static final JavaClasses SPARK =
            new ClassFileImporter()
                    .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                    .importPackages("org.manabi.spark");

    @Test
    void sparkUsesOnlyCoreAndFormats() {
        assertThat(SPARK).isNotEmpty();
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "org.manabi.datasets..", "org.manabi.board..", "org.manabi.cli..")
                .check(SPARK);
    }

    @Test
    void manabiReadsNoSerializedObjects() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.io.ObjectInputStream")
                .check(SPARK);
    }

    @Test
    void nothingCatchesThrowable() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src", "main", "java"))) {
            assertThat(files.filter(file -> file.toString().endsWith(".java")))
                    .isNotEmpty()
                    .allSatisfy(
                            file ->
                                    assertThat(Files.readString(file))
                                            .doesNotContain("catch (Throwable"));
        }
    }
}
