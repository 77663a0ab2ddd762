package org.manabi.cli.data;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.manabi.cli.console.CommandException;
import org.manabi.cli.console.Console;
import org.manabi.data.Split;
import org.manabi.datasets.Emnist;
import org.manabi.datasets.IdxDirectory;
import org.manabi.datasets.IdxImages;
import org.manabi.datasets.ImageOptions;
import org.manabi.datasets.Mnist;
import org.manabi.datasets.fetch.RemoteDataset;
import org.manabi.datasets.fetch.RemoteFile;

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
                    List.of("お", "き", "す", "つ", "な", "は", "ま", "や", "れ", "を"),
                    "emnist-digits",
                    Mnist.CLASS_NAMES);

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
                        .filter(InstalledSource::hasFilesIn)
                        .findFirst();
        return new InstalledSource(
                name, found.orElseThrow(() -> notInstalled(name, caches, console)));
    }

    private static boolean hasFilesIn(Path folder) {
        return IdxDirectory.hasFilesIn(folder) || Files.exists(folder.resolve(Emnist.FILE));
    }

    /// The exception for a dataset that is not on this machine, saying how to get it.
    static CommandException notInstalled(String name, List<Path> caches, Console console) {
        String files =
                RemoteDataset.named(name).orElseThrow().files().stream()
                        .map(RemoteFile::name)
                        .collect(Collectors.joining(", "));
        return CommandException.wrongRequest(
                console.text(
                        "data.error.not-installed",
                        name,
                        name,
                        files,
                        caches.getFirst().resolve(name)));
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
        return IdxDirectory.hasFilesIn(folder)
                ? IdxDirectory.load(folder, classNames(), ImageOptions.DEFAULTS)
                : Emnist.load(folder.resolve(Emnist.FILE));
    }

    @Override
    public String sha256() {
        return DataFiles.of(raw()).sha256();
    }

    @Override
    public IdxImages raw() {
        return IdxDirectory.hasFilesIn(folder)
                ? IdxDirectory.raw(folder, classNames().size())
                : Emnist.digits(folder.resolve(Emnist.FILE));
    }
}
