package org.manabi.cli.data;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.manabi.cli.console.CommandException;
import org.manabi.cli.console.Console;
import org.manabi.cli.console.ExitCode;
import org.manabi.cli.console.JsonOption;
import org.manabi.cli.console.Terminal;
import org.manabi.data.Dataset;
import org.manabi.data.Split;
import org.manabi.data.TargetKind;
import org.manabi.datasets.IdxImages;
import org.manabi.formats.Durably;
import org.manabi.formats.idx.IdxArray;
import org.manabi.formats.json.JsonObject;
import org.manabi.formats.json.JsonValue;
import org.manabi.formats.png.ContactSheet;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `manabi data show`: shapes, labels, counts and digests of a dataset, and its first pictures.
@Command(name = "show")
public final class DataShowCommand implements Callable<Integer> {

    private static final int FIRST_LABELS = 10;
    private static final int ROWS_OF_PICTURES = 2;
    private static final int SHEET = 200;

    private final Console console;

    @Mixin private JsonOption json = new JsonOption();

    @Parameters(paramLabel = "DATA", descriptionKey = "data.data")
    private String data = "";

    @Option(names = "--out", paramLabel = "FILE.png", descriptionKey = "data.show.out")
    private @Nullable Path out;

    public DataShowCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        if (TableSource.isTable(data)) {
            table();
            return ExitCode.DONE;
        }
        DataSource source = DataSource.of(data, console);
        if (!(source instanceof DataSource.Pictures pictures)) {
            Split images = source.load();
            if (ImageText.fits(images.train())) {
                new ImageText(console).show(source, images, json);
                if (out != null) {
                    new ImageText(console).save(images.train(), out);
                }
                return ExitCode.DONE;
            }
            if (out != null) {
                throw CommandException.wrongRequest(console.text("data.error.no-pictures", data));
            }
            new TableText(console).show(source, json);
            return ExitCode.DONE;
        }
        IdxImages images = pictures.raw();
        Split split = source.load();
        DataFiles files = DataFiles.of(images);
        if (json.chosen()) {
            console.printJson(report(source, split, files));
        } else {
            describe(source, split, files);
            draw(images.trainImages());
        }
        if (out != null) {
            save(split.train(), images.trainImages(), out);
        }
        return ExitCode.DONE;
    }

    /// Columns, what they hold, and what is missing.
    private void table() {
        if (out != null) {
            throw CommandException.wrongRequest(console.text("data.error.no-pictures", data));
        }
        Inspected table = TableReport.of(TableSource.file(data), console);
        if (json.chosen()) {
            console.printJson(
                    JsonObject.EMPTY
                            .with("command", "data show")
                            .with("data", data)
                            .with("table", table.report()));
        } else {
            console.print(data + ": " + table.lines().getFirst());
            table.lines().stream().skip(1).forEach(console::print);
        }
    }

    private static JsonObject report(DataSource source, Split split, DataFiles files) {
        return JsonObject.EMPTY
                .with("command", "data show")
                .with("data", source.name())
                .with("classes", split.train().classNames())
                .with("train", part(split.train(), files.entries().subList(0, 2)))
                .with("test", part(split.test(), files.entries().subList(2, 4)));
    }

    private static JsonObject part(Dataset part, List<DataFiles.Entry> files) {
        return JsonObject.EMPTY
                .with("images", part.inputs().shape().toArray())
                .with("labels", new int[] {part.size(), part.classNames().size()})
                .with("pixels", pixels(files.getFirst().array()))
                .with("targets", TargetKind.of(part.targets()).toString())
                .with("classCounts", part.classCounts())
                .with("firstLabels", firstLabels(part))
                .with(
                        "sha256",
                        JsonObject.EMPTY
                                .with("images", files.get(0).sha256())
                                .with("labels", files.get(1).sha256()));
    }

    private static int[] firstLabels(Dataset part) {
        return IntStream.range(0, Math.min(FIRST_LABELS, part.size())).map(part::label).toArray();
    }

    private static JsonValue pixels(IdxArray images) {
        return JsonValue.of(
                new int[] {images.dims().get(1).intValue(), images.dims().get(2).intValue()});
    }

    private void describe(DataSource source, Split split, DataFiles files) {
        console.print(
                console.text(
                        "data.show.title",
                        source.name(),
                        split.train().size(),
                        split.test().size()));
        console.print("");
        describe(console.text("data.show.train"), split.train());
        describe(console.text("data.show.test"), split.test());
        console.print(console.text("data.show.digests"));
        for (DataFiles.Entry file : files.entries()) {
            console.print("  " + file.sha256() + "  " + file.name());
        }
        console.print("");
    }

    private void describe(String title, Dataset part) {
        int classes = part.classNames().size();
        console.print(title);
        console.print(
                console.text("data.show.shapes", part.inputs().shape(), part.size(), classes));
        console.print(console.text("data.show.first-labels", words(firstLabels(part))));
        console.print(console.text("data.show.targets", TargetKind.of(part.targets())));
        console.print(console.text("data.show.classes", columns(part.classNames().stream())));
        console.print(
                console.text(
                        "data.show.counts",
                        columns(Arrays.stream(part.classCounts()).mapToObj(Integer::toString))));
        console.print("");
    }

    private static String words(int[] numbers) {
        return Arrays.stream(numbers).mapToObj(Integer::toString).collect(Collectors.joining(" "));
    }

    private static String columns(Stream<String> cells) {
        return cells.map(cell -> String.format(Locale.ROOT, "%7s", cell))
                .collect(Collectors.joining());
    }

    private void draw(IdxArray images) {
        int height = images.dims().get(1).intValue();
        int width = images.dims().get(2).intValue();
        int across = Math.max(1, (columnsOfScreen() + 1) / (width + 1));
        HalfBlocks blocks = HalfBlocks.on(console);
        for (int row = 0; row < ROWS_OF_PICTURES; row++) {
            List<List<String>> pictures = new ArrayList<>();
            for (int i = row * across; i < (row + 1) * across && i < images.dims().get(0); i++) {
                pictures.add(blocks.draw(images.bytes(), i * width * height, width, height));
            }
            if (!pictures.isEmpty()) {
                HalfBlocks.beside(pictures).forEach(console::printColored);
            }
        }
    }

    private int columnsOfScreen() {
        return console.outIsTerminal() ? Terminal.width() : Terminal.USUAL_WIDTH;
    }

    private void save(Dataset digits, IdxArray images, Path file) {
        int height = images.dims().get(1).intValue();
        int width = images.dims().get(2).intValue();
        ContactSheet sheet =
                ContactSheet.of(height, width).withColumns(20).withTitle(digits.name());
        for (int i = 0; i < Math.min(SHEET, digits.size()); i++) {
            int from = i * width * height;
            byte[] pixels = Arrays.copyOfRange(images.bytes(), from, from + width * height);
            String caption = digits.classNames().get(digits.label(i));
            sheet = sheet.with(pixels, caption, ContactSheet.Mark.NONE);
        }
        Durably.write(file, sheet.draw().png());
        console.say(console.text("data.show.saved", file));
    }
}
