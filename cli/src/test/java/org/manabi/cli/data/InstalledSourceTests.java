package org.manabi.cli.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.manabi.cli.console.CommandException;
import org.manabi.cli.console.Console;
import org.manabi.cli.console.Language;
import org.manabi.data.Dataset;

class InstalledSourceTests {

    private static final Console CONSOLE =
            Console.of(new ByteArrayOutputStream(), new ByteArrayOutputStream(), Language.EN);

    @TempDir private Path folder;

    @Test
    void filesAreFoundInTheFirstFolderThatHasThem() throws IOException {
        Path cache = folder.resolve("cache");
        SmallDigits.in(folder.resolve("packages").resolve("fashion-mnist"));
        List<Path> places = List.of(cache, folder.resolve("packages"));
        InstalledSource found = InstalledSource.find("fashion-mnist", places, CONSOLE);
        Dataset train = found.load().train();
        assertThat(train.classNames()).startsWith("T-shirt/top").hasSize(10);
        assertThat(train.divisor()).isEqualTo(255);
    }

    @Test
    void absentFilesAreAskedForByTheirFolder() {
        assertThatThrownBy(() -> InstalledSource.find("kmnist", List.of(folder), CONSOLE))
                .isInstanceOf(CommandException.class)
                .hasMessageContaining("into " + folder.resolve("kmnist"));
    }

    @Test
    void cacheFollowsTheRulesOfXdg() {
        assertThat(InstalledSource.caches(Map.of("HOME", "/home/a")))
                .containsExactly(Path.of("/home/a/.cache/manabi"), Path.of("/usr/share/datasets"));
        assertThat(InstalledSource.caches(Map.of("XDG_CACHE_HOME", "/c", "HOME", "/h")))
                .startsWith(Path.of("/c/manabi"));
        assertThat(InstalledSource.caches(Map.of("XDG_CACHE_HOME", "relative", "HOME", "/h")))
                .startsWith(Path.of("/h/.cache/manabi"));
    }
}
