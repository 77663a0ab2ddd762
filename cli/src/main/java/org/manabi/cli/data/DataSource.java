package org.manabi.cli.data;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.manabi.cli.console.CommandException;
import org.manabi.cli.console.Console;
import org.manabi.cli.console.Suggestion;
import org.manabi.data.Split;
import org.manabi.datasets.IdxDirectory;
import org.manabi.datasets.IdxImages;
import org.manabi.datasets.Mnist;

/// The data that a person means by a name or a path.
public sealed interface DataSource {

    /// The names of the datasets that need no path.
    List<String> NAMES = List.of("mnist");

    /// The data of a word: a dataset's name, else a path.
    ///
    /// @throws CommandException if it is neither, with the names there are
    static DataSource of(String word, Console console) {
        if (word.equals("mnist")) {
            return new Embedded();
        }
        Optional<Path> path = path(word);
        if (path.filter(Files::exists).isPresent()) {
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

    /// A short word for it, to name runs by.
    String label();

    /// The data, ready to learn from.
    Split load();

    /// A digest of all its bytes.
    String sha256();

    /// The data as it lies in its files.
    IdxImages raw();

    /// The full MNIST, which comes with Manabi.
    record Embedded() implements DataSource {

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
    record Directory(Path path) implements DataSource {

        @Override
        public String name() {
            return path.toString();
        }

        @Override
        public String label() {
            return String.valueOf(path.toAbsolutePath().normalize().getFileName());
        }

        @Override
        public Split load() {
            return IdxDirectory.load(path);
        }

        @Override
        public String sha256() {
            return DataFiles.of(raw()).sha256();
        }

        @Override
        public IdxImages raw() {
            return IdxDirectory.raw(path, Mnist.CLASS_NAMES.size());
        }
    }
}
