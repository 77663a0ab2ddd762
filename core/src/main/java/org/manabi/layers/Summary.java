package org.manabi.layers;

import java.util.List;
import java.util.Locale;
import org.manabi.autodiff.Parameter;
import org.manabi.tensor.DType;
import org.manabi.tensor.Shape;
import org.manabi.tensor.Tensor;

/// A network's layers with the shapes of their outputs, their parameters and their memory. It prints
/// as a table.
///
/// @param input the shape of one input
/// @param dtype the type of all numbers
/// @param rows the layers that hold no others, in the order in which they run
public record Summary(Shape input, DType dtype, List<Row> rows) {

    public Summary {
        rows = List.copyOf(rows);
    }

    /// One layer.
    ///
    /// @param path where it is, such as `0.body.2`; empty for a model of one layer
    /// @param layer the layer itself
    /// @param output the shape of its output for one input
    /// @param parameters how many numbers it learns
    /// @param state how many numbers it keeps without learning them
    public record Row(String path, Layer layer, Shape output, long parameters, long state) {

        static Row of(LayerOutput seen, Parameters all) {
            String prefix = seen.path().isEmpty() ? "" : seen.path() + ".";
            long learned = 0;
            for (Parameter parameter : all.all()) {
                learned += parameter.name().startsWith(prefix) ? parameter.shape().size() : 0;
            }
            long kept = 0;
            for (var state : all.states().entrySet()) {
                Tensor tensor = state.getValue();
                kept += state.getKey().startsWith(prefix) ? tensor.size() : 0;
            }
            return new Row(seen.path(), seen.layer(), seen.output().shape().tail(), learned, kept);
        }
    }

    /// How many numbers are learned.
    public long parameters() {
        return rows.stream().mapToLong(Row::parameters).sum();
    }

    /// How many numbers are kept without being learned.
    public long state() {
        return rows.stream().mapToLong(Row::state).sum();
    }

    /// What parameters and state take.
    public long modelBytes() {
        return (parameters() + state()) * dtype.bytes();
    }

    /// What the outputs of all layers take for one input, as in training, where all are kept; some
    /// layers share theirs, so that it may be less.
    public long outputBytesPerSample() {
        return rows.stream().mapToLong(row -> row.output().size()).sum() * dtype.bytes();
    }

    @Override
    public String toString() {
        int wide = rows.stream().mapToInt(row -> text(row).length()).max().orElse(0);
        int width = Math.max("input".length(), wide);
        StringBuilder table = new StringBuilder();
        String format = "%-" + width + "s  %-18s %12s%n";
        table.append(String.format(Locale.ROOT, format, "layer", "output", "parameters"));
        table.append(String.format(Locale.ROOT, format, "input", input, ""));
        for (Row row : rows) {
            table.append(
                    String.format(
                            Locale.ROOT,
                            format,
                            text(row),
                            row.output(),
                            row.parameters() == 0 ? "" : grouped(row.parameters())));
        }
        return table.append(
                        String.format(
                                Locale.ROOT,
                                "%s parameters and %s numbers of state: %s; outputs of all layers: %s"
                                        + " a sample",
                                grouped(parameters()),
                                grouped(state()),
                                size(modelBytes()),
                                size(outputBytesPerSample())))
                .toString();
    }

    private static String text(Row row) {
        return (row.path() + " " + row.layer()).strip();
    }

    private static String grouped(long number) {
        return String.format(Locale.ROOT, "%,d", number).replace(',', ' ');
    }

    private static String size(long bytes) {
        return bytes < 10_000
                ? grouped(bytes) + " bytes"
                : bytes < 10_000_000
                        ? grouped(bytes / 1024) + " KiB"
                        : grouped(bytes / (1024 * 1024)) + " MiB";
    }
}
