package org.manabi.cli.lesson;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.regex.Pattern;
import java.util.spi.ToolProvider;
import java.util.stream.Collectors;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The programs that the lessons show compile as they stand.
class LessonProgramsTests {

    private static final int WIDEST = 78;
    private static final Pattern MODULE =
            Pattern.compile(".*(/(core|formats|datasets)/target/.*|jspecify.*)");

    @TempDir private Path folder = Path.of("");

    @ParameterizedTest
    @EnumSource(LessonName.class)
    void programCompiles(LessonName lesson) throws IOException {
        Path source = folder.resolve("Program.java");
        Files.writeString(source, Page.source(lesson.toString()));

        StringWriter messages = new StringWriter();
        PrintWriter to = new PrintWriter(messages);
        int code =
                ToolProvider.findFirst("javac")
                        .orElseThrow()
                        .run(
                                to,
                                to,
                                "--module-path",
                                modulePath(),
                                "--add-modules",
                                "org.manabi,org.manabi.datasets",
                                "-d",
                                folder.toString(),
                                source.toString());
        assertThat(code).as(messages.toString()).isZero();
    }

    @ParameterizedTest
    @EnumSource(LessonName.class)
    void programFitsTheTerminal(LessonName lesson) {
        assertThat(Page.source(lesson.toString()).lines())
                .hasSizeLessThanOrEqualTo(28)
                .allMatch(line -> line.length() <= WIDEST);
    }

    /// What of the class path are modules of Manabi, with the annotations that they need.
    private static String modulePath() {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                .filter(entry -> MODULE.matcher(entry.replace('\\', '/')).matches())
                .collect(Collectors.joining(File.pathSeparator));
    }
}
