package org.manabi.cli.data;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.manabi.cli.console.CommandException;
import org.manabi.cli.console.Console;
import org.manabi.cli.console.Suggestion;
import org.manabi.data.Dataset;
import org.manabi.data.Split;
import org.manabi.datasets.IdxDirectory;
import org.manabi.datasets.IdxImages;
import org.manabi.datasets.ImageFolder;
import org.manabi.datasets.Mnist;
import org.manabi.datasets.fetch.RemoteDataset;
import org.manabi.formats.table.TableSchema;
import org.manabi.layers.Layer;
import org.manabi.layers.Standardize;
import org.manabi.tensor.Seed;

/// The data that a person means by a name or a path.
public sealed interface DataSource
        permits DataSource.Pictures, DataSource.Tabular, TableSource, ImagesByClass, Cifar10Source {

    /// The names of the datasets that need no path. The last ones must be downloaded first.
    List<String> NAMES =
            Stream.of(
                            Stream.of("mnist"),
                            SmallTable.names().stream(),
                            Stream.of("diabetes"),
                            RemoteDataset.names().stream())
                    .flatMap(names -> names)
                    .toList();

    /// The data of a word: a dataset's name, else a path.
    ///
    /// @throws CommandException if it is neither, with the names there are
    static DataSource of(String word, Console console) {
        if (word.equals("mnist")) {
            return new Embedded();
        }
        Optional<SmallTable> table = SmallTable.named(word);
        if (table.isPresent()) {
            return new Tabular(table.get());
        }
        if (InstalledSource.CLASS_NAMES.containsKey(word)) {
            return InstalledSource.find(word, InstalledSource.caches(System.getenv()), console);
        }
        if (word.equals(Cifar10Source.NAME)) {
            return Cifar10Source.find(InstalledSource.caches(System.getenv()), console);
        }
        if (TableSource.isTable(word)) {
            throw CommandException.wrongRequest(console.text("data.error.table", word));
        }
        Optional<Path> path = path(word);
        if (path.filter(Files::exists).isPresent()) {
            if (!IdxDirectory.hasFilesIn(path.get()) && ImageFolder.isOne(path.get())) {
                return new ImagesByClass(path.get(), ImageFolder.Options.DEFAULTS);
            }
            return new Directory(path.get());
        }
        boolean looksLikeAPath = word.contains("/") || word.contains("\\") || word.contains(".");
        throw CommandException.wrongRequest(
                looksLikeAPath
                        ? console.text("data.error.no-path", word)
                        : console.text(
                                "data.error.unknown",
                                word,
                                Suggestion.question(word, NAMES, console),
                                String.join(", ", NAMES)));
    }

    private static Optional<Path> path(String word) {
        try {
            return Optional.of(Path.of(word));
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }

    /// The name or path, as it was given.
    String name();

    /// What finds it again from any folder.
    default String path() {
        return name();
    }

    /// A short word for it, to name runs by.
    String label();

    /// The data, ready to learn from.
    Split load();

    /// A digest of all its bytes.
    String sha256();

    /// Data of pictures in four files.
    sealed interface Pictures extends DataSource permits Embedded, Directory, InstalledSource {

        /// The data as it lies in its files.
        IdxImages raw();
    }

    /// What a model for this data does with its input first; empty if nothing.
    ///
    /// @param train the samples that it will learn from, and no others
    default Optional<Layer> preparation(Dataset train) {
        return Optional.empty();
    }

    /// A small table. Which rows are its test data never changes: a quarter of each class, chosen at
    /// random once.
    ///
    /// @param table which
    record Tabular(SmallTable table) implements DataSource {

        private static final double TEST = 0.25;
        private static final Seed SEED = Seed.of(0).child("test data");
        private static final double PIXEL = 16;

        @Override
        public String name() {
            return table.toString();
        }

        @Override
        public String label() {
            return name();
        }

        @Override
        public Split load() {
            Dataset all = table.table().dataset();
            return (table.hasUnits() ? all : all.dividedBy(PIXEL)).split(TEST, SEED.child(name()));
        }

        @Override
        public Optional<Layer> preparation(Dataset train) {
            return table.hasUnits()
                    ? Optional.of(Standardize.of(train.inputs()))
                    : Optional.empty();
        }

        @Override
        public String sha256() {
            return table.table().sha256();
        }
    }

    /// How the rows of a table became numbers; nothing for other data.
    default Optional<TableSchema> schema() {
        return Optional.empty();
    }

    /// The full MNIST, which comes with Manabi.
    record Embedded() implements Pictures {

        @Override
        public String name() {
            return "mnist";
        }

        @Override
        public String label() {
            return name();
        }

        @Override
        public Split load() {
            return Mnist.load();
        }

        @Override
        public String sha256() {
            return DataFiles.sha256OfMnist();
        }

        @Override
        public IdxImages raw() {
            return Mnist.raw();
        }
    }

    /// A directory of four IDX files.
    record Directory(Path folder) implements Pictures {

        @Override
        public String name() {
            return folder.toString();
        }

        @Override
        public String path() {
            return folder.toAbsolutePath().normalize().toString();
        }

        @Override
        public String label() {
            return String.valueOf(folder.toAbsolutePath().normalize().getFileName());
        }

        @Override
        public Split load() {
            return IdxDirectory.load(folder);
        }

        @Override
        public String sha256() {
            return DataFiles.of(raw()).sha256();
        }

        @Override
        public IdxImages raw() {
            return IdxDirectory.raw(folder, Mnist.CLASS_NAMES.size());
        }
    }
}
