package org.manabi.cli.data;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.manabi.cli.console.CommandException;
import org.manabi.cli.console.Console;
import org.manabi.data.Split;
import org.manabi.datasets.IdxDirectory;
import org.manabi.datasets.IdxImages;
import org.manabi.datasets.ImageOptions;

/// Pictures that do not come with Manabi, but have a name and lie in a folder of four IDX files where
/// they are looked for: the user's cache, or the folder of the system's package.
public record InstalledSource(String name, Path folder) implements DataSource.Pictures {

    /// The datasets by their names, with the classes in the order of their labels.
    static final Map<String, List<String>> CLASS_NAMES =
            Map.of(
                    "fashion-mnist",
                    List.of(
                            "T-shirt/top",
                            "Trouser",
                            "Pullover",
                            "Dress",
                            "Coat",
                            "Sandal",
                            "Shirt",
                            "Sneaker",
                            "Bag",
                            "Ankle boot"),
                    "kmnist",
                    List.of("お", "き", "す", "つ", "な", "は", "ま", "や", "れ", "を"));

    private static final Path PACKAGES = Path.of("/usr/share/datasets");

    /// The dataset of a name, where it is found.
    ///
    /// @param caches the folders to look in, the user's first
    /// @throws CommandException if it is in none of them, saying where to put its files
    static InstalledSource find(String name, List<Path> caches, Console console) {
        Optional<Path> found =
                caches.stream()
                        .map(folder -> folder.resolve(name))
                        .filter(Files::isDirectory)
                        .filter(IdxDirectory::hasFilesIn)
                        .findFirst();
        return new InstalledSource(
                name,
                found.orElseThrow(
                        () ->
                                CommandException.wrongRequest(
                                        console.text(
                                                "data.error.not-installed",
                                                name,
                                                caches.getFirst().resolve(name)))));
    }

    /// The user's cache, by the rules of XDG, and the folder of the system's packages.
    static List<Path> caches(Map<String, String> environment) {
        String cache = environment.getOrDefault("XDG_CACHE_HOME", "");
        Path user =
                cache.startsWith("/")
                        ? Path.of(cache)
                        : Path.of(environment.getOrDefault("HOME", ""), ".cache");
        return List.of(user.resolve("manabi"), PACKAGES);
    }

    private List<String> classNames() {
        return CLASS_NAMES.getOrDefault(name, List.of());
    }

    @Override
    public String label() {
        return name;
    }

    @Override
    public Split load() {
        return IdxDirectory.load(folder, classNames(), ImageOptions.DEFAULTS);
    }

    @Override
    public String sha256() {
        return DataFiles.of(raw()).sha256();
    }

    @Override
    public IdxImages raw() {
        return IdxDirectory.raw(folder, classNames().size());
    }
}
