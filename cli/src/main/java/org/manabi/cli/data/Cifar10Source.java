package org.manabi.cli.data;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.manabi.cli.console.CommandException;
import org.manabi.cli.console.Console;
import org.manabi.data.Split;
import org.manabi.datasets.Cifar10;

/// CIFAR-10 where it was downloaded to.
record Cifar10Source(Path archive) implements DataSource {

    static final String NAME = "cifar-10";

    /// @throws CommandException if it is in none of the folders, saying how to get it
    static Cifar10Source find(List<Path> caches, Console console) {
        return new Cifar10Source(
                caches.stream()
                        .map(folder -> folder.resolve(NAME).resolve(Cifar10.FILE))
                        .filter(Files::isRegularFile)
                        .findFirst()
                        .orElseThrow(() -> InstalledSource.notInstalled(NAME, caches, console)));
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String label() {
        return NAME;
    }

    @Override
    public Split load() {
        return Cifar10.load(archive);
    }

    @Override
    public String sha256() {
        return TableSource.sha256(archive);
    }
}
