package org.manabi.cli.model;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.manabi.cli.console.CommandException;
import org.manabi.cli.console.Console;
import org.manabi.cli.data.DataSource;
import org.manabi.cli.data.ImagesByClass;
import org.manabi.cli.data.TableSource;
import org.manabi.data.Dataset;
import org.manabi.data.Split;
import org.manabi.datasets.ImageFolder;
import org.manabi.datasets.ImageSize;
import org.manabi.formats.idx.Idx;
import org.manabi.formats.idx.IdxArray;
import org.manabi.formats.idx.IdxType;
import org.manabi.formats.image.Colors;
import org.manabi.formats.image.ImageFile;
import org.manabi.formats.table.RawRows;
import org.manabi.formats.table.TableSchema;
import org.manabi.tensor.ByteTensor;
import org.manabi.tensor.Shape;
import org.manabi.tensor.Tensor;

/// The samples that a person wants predictions for, as they are stored.
///
/// @param inputs all that there are, `[n, …]`
/// @param labeled the same with their labels, if these are known
/// @param rows those that are asked for
record PredictionInput(Tensor inputs, @Nullable Dataset labeled, List<Integer> rows) {

    /// `DATA`, `DATA:train`, `DATA:test:7` or `DATA:test:0-9`, where DATA may be a file of pictures.
    private static final Pattern FORM =
            Pattern.compile("(.+?)(?::(train|test))?(?::(\\d+(?:-\\d+)?))?");

    /// The largest number of a pixel, which becomes 1.
    private static final double PIXEL = 255;

    /// What the samples themselves say that they are to be divided by.
    double divisor() {
        if (labeled != null) {
            return labeled.divisor();
        }
        return inputs instanceof ByteTensor ? PIXEL : 1;
    }

    /// @throws CommandException if there are no such samples
    static PredictionInput of(String text, Console console) {
        return of(text, Optional.empty(), console);
    }

    private static PredictionInput of(String text, Optional<Shape> sample, Console console) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            throw CommandException.wrongRequest(console.text("predict.error.input", text));
        }
        String name = matcher.group(1);
        String rows = matcher.group(3);
        Dataset labeled = null;
        Tensor inputs;
        if (Files.isRegularFile(Path.of(name))) {
            inputs = pictures(Path.of(name), console);
        } else {
            DataSource source = DataSource.of(name, console);
            if (source instanceof ImagesByClass images && sample.isPresent()) {
                source = images.fitting(sample.get());
            }
            Split split = source.load();
            labeled = "train".equals(matcher.group(2)) ? split.train() : split.test();
            inputs = labeled.inputs();
        }
        int size = inputs.shape().dim(0);
        return new PredictionInput(
                inputs,
                labeled,
                rows == null
                        ? IntStream.range(0, size).boxed().toList()
                        : RowRange.of(rows, size, console));
    }

    /// Whether a text looks like the cells of a row.
    private static boolean isRow(String text, TableSchema schema) {
        return Stream.of(",", ";", "\t").anyMatch(text::contains)
                || (schema.columns().size() == 1 && !TableSource.isTable(text));
    }

    /// Rows as people write them, for a model that learned from a table: a file, or the cells of one
    /// row separated by commas, semicolons or tabulators.
    static PredictionInput ofTable(String text, TableSchema schema) {
        RawRows rows =
                isRow(text, schema) && !Files.exists(Path.of(text))
                        ? RawRows.parse(text, schema)
                        : RawRows.read(TableSource.file(text), schema);
        int size = rows.inputs().shape().dim(0);
        return new PredictionInput(
                rows.inputs(),
                rows.classes(schema).orElse(null),
                IntStream.range(0, size).boxed().toList());
    }

    /// Images, each a file or all of a directory of classes, as a model wants them; what is no image
    /// is looked for as other samples are.
    ///
    /// @param sample the shape of what the model takes
    static PredictionInput of(String text, Shape sample, Console console) {
        Path path = Path.of(text);
        if (ImageFile.isImage(path)) {
            return image(path, sample);
        }
        return of(text, Optional.of(sample), console);
    }

    private static PredictionInput image(Path path, Shape sample) {
        ImageFolder.Options form = ImagesByClass.optionsFor(sample, path);
        Colors colors = form.colors().orElseThrow();
        ImageSize size = form.size().orElseThrow();
        byte[] bytes = ImageFile.read(path, colors).resized(size.height(), size.width()).bytes();
        return new PredictionInput(
                ByteTensor.of(Shape.of(1, colors.channels(), size.height(), size.width()), bytes),
                null,
                List.of(0));
    }

    private static Tensor pictures(Path file, Console console) {
        IdxArray array = Idx.read(file);
        if (array.type() != IdxType.UINT8 || array.rank() != 3 || array.size() == 0) {
            throw CommandException.wrongRequest(
                    console.text("predict.error.no-pictures", file, array));
        }
        int[] dims = array.dims().stream().mapToInt(Math::toIntExact).toArray();
        return ByteTensor.of(Shape.of(dims), array.bytes());
    }
}
