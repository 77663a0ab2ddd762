package org.manabi.cli.data;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.manabi.cli.console.CommandException;
import org.manabi.cli.console.Console;
import org.manabi.cli.console.ExitCode;
import org.manabi.cli.console.JsonOption;
import org.manabi.cli.console.Numbers;
import org.manabi.cli.console.StatusLine;
import org.manabi.cli.console.Suggestion;
import org.manabi.datasets.fetch.FetchException;
import org.manabi.datasets.fetch.FetchProgress;
import org.manabi.datasets.fetch.Fetcher;
import org.manabi.datasets.fetch.RemoteDataset;
import org.manabi.datasets.fetch.RemoteFile;
import org.manabi.formats.json.JsonObject;
import org.manabi.formats.json.JsonValue;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `manabi data fetch`: downloads datasets that do not come with Manabi, and checks every byte.
@Command(name = "fetch")
public final class DataFetchCommand implements Callable<Integer> {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final double MEGABYTE = 1e6;

    private final Console console;
    private final Path cache;

    @Mixin private JsonOption json = new JsonOption();

    @Parameters(paramLabel = "NAME", arity = "1..*", descriptionKey = "data.fetch.names")
    private List<String> names = new ArrayList<>();

    @Option(names = "--mirror", paramLabel = "URL", descriptionKey = "data.fetch.mirror")
    private @Nullable String mirror;

    public DataFetchCommand(Console console) {
        this(console, InstalledSource.caches(System.getenv()).getFirst());
    }

    /// @param cache the folder that gets a folder for each dataset
    DataFetchCommand(Console console, Path cache) {
        this.console = console;
        this.cache = cache;
    }

    @Override
    public Integer call() {
        List<RemoteDataset> datasets = names.stream().map(this::dataset).toList();
        List<JsonValue> fetched = new ArrayList<>();
        for (RemoteDataset dataset : datasets) {
            Path folder = cache.resolve(dataset.toString());
            console.say(console.text("data.fetch.begin", dataset, dataset.origin()));
            int count = fetch(dataset, folder);
            fetched.add(
                    JsonObject.EMPTY
                            .with("name", dataset.toString())
                            .with("folder", folder.toString())
                            .with("downloaded", count)
                            .with("files", dataset.files().size()));
            if (!json.chosen()) {
                console.print(
                        console.text(
                                count == 0 ? "data.fetch.there" : "data.fetch.done",
                                dataset,
                                folder));
            }
        }
        if (json.chosen()) {
            console.printJson(
                    JsonObject.EMPTY
                            .with("command", "data fetch")
                            .with("datasets", new JsonValue.Array(fetched)));
        }
        return ExitCode.DONE;
    }

    private RemoteDataset dataset(String name) {
        return RemoteDataset.named(name)
                .orElseThrow(
                        () ->
                                CommandException.wrongRequest(
                                        DataSource.NAMES.contains(name)
                                                ? console.text("data.fetch.error.embedded", name)
                                                : console.text(
                                                        "data.fetch.error.unknown",
                                                        name,
                                                        Suggestion.question(
                                                                name,
                                                                RemoteDataset.names(),
                                                                console),
                                                        String.join(", ", RemoteDataset.names()))));
    }

    private int fetch(RemoteDataset dataset, Path folder) {
        StatusLine status = new StatusLine(console);
        try {
            return new Fetcher(folder, PATIENCE, new Shown(status)).fetch(files(dataset));
        } catch (FetchException e) {
            status.clear();
            RemoteFile file = e.file();
            throw CommandException.failed(
                    console.text(
                            "data.fetch.error.failed",
                            file.name(),
                            String.join("\n  ", e.reasons()),
                            file.name(),
                            e.folder(),
                            file.digest().algorithm(),
                            file.digest().hex()));
        } finally {
            status.clear();
        }
    }

    private List<RemoteFile> files(RemoteDataset dataset) {
        if (mirror == null) {
            return dataset.files();
        }
        try {
            URI place = URI.create(mirror.endsWith("/") ? mirror : mirror + "/");
            if (Stream.of("http", "https").anyMatch(word -> word.equals(place.getScheme()))) {
                return dataset.filesFrom(place.toString());
            }
        } catch (IllegalArgumentException _) {
            // said below, as for another scheme
        }
        throw CommandException.wrongRequest(console.text("data.fetch.error.mirror", mirror));
    }

    /// Shows how it goes on.
    private final class Shown implements FetchProgress {

        private final StatusLine status;

        Shown(StatusLine status) {
            this.status = status;
        }

        @Override
        public void asking(RemoteFile file, URI place, long from) {
            status.clear();
            console.say(
                    from == 0
                            ? console.text("data.fetch.asking", place)
                            : console.text("data.fetch.resuming", place, megabytes(from)));
        }

        @Override
        public void received(RemoteFile file, long bytes, long total) {
            status.show(
                    total < 0
                            ? console.text("data.fetch.received", file.name(), megabytes(bytes))
                            : console.text(
                                    "data.fetch.received-of",
                                    file.name(),
                                    megabytes(bytes),
                                    megabytes(total),
                                    Numbers.percent((double) bytes / Math.max(1, total))));
        }

        @Override
        public void failed(RemoteFile file, URI place, String reason) {
            status.clear();
            console.say(console.text("data.fetch.failed", place, reason));
        }

        private String megabytes(long bytes) {
            return Numbers.fixed(bytes / MEGABYTE, 1);
        }
    }
}
