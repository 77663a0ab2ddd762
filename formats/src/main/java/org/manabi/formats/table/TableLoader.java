package org.manabi.formats.table;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.manabi.data.Dataset;
import org.manabi.data.Split;
import org.manabi.formats.FormatException;
import org.manabi.tensor.DoubleTensor;
import org.manabi.tensor.FloatTensor;
import org.manabi.tensor.IntTensor;
import org.manabi.tensor.Seed;
import org.manabi.tensor.Shape;
import org.manabi.tensor.ShapeException;

/// Makes a dataset of a table: splits its rows, fits the schema on those to learn from, and turns
/// all rows into numbers.
public final class TableLoader {

    /// A label of whole numbers of at most so many kinds is taken for classes.
    private static final int MAX_WHOLE_CLASSES = 20;

    private static final double TEST = 0.2;

    private final TableFile table;
    private final int label;
    private final boolean classes;
    private final List<String> classNames;
    private final List<String> leftOut = new ArrayList<>();

    /// @param label the name of the column to predict
    /// @param values whether it is to be predicted as real numbers although it could be classes
    /// @throws FormatException if there is no such column, or it cannot be predicted
    public TableLoader(TableFile table, String label, boolean values) {
        this.table = table;
        this.label = table.indexOf(label);
        if (this.label < 0) {
            throw table.fault(
                    "has no column %s; its columns are %s"
                            .formatted(
                                    label,
                                    String.join(
                                            ", ",
                                            table.columns().stream()
                                                    .map(ColumnSurvey::name)
                                                    .toList())));
        }
        ColumnSurvey survey = table.columns().get(this.label);
        if (survey.missing() > 0) {
            throw table.fault(
                    "column %s has no value in %d rows; fill them in or remove the rows"
                            .formatted(label, survey.missing()));
        }
        int kinds = survey.hasTooManyLevels() ? Integer.MAX_VALUE : survey.levels().size();
        classes =
                !survey.isNumeric() || (!values && survey.isWhole() && kinds <= MAX_WHOLE_CLASSES);
        if (classes && (kinds < 2 || kinds == Integer.MAX_VALUE)) {
            throw table.fault(
                    "column %s has %s to be told apart"
                            .formatted(
                                    label,
                                    kinds < 2
                                            ? "only one kind of value"
                                            : "more than %d kinds of values"
                                                    .formatted(ColumnSurvey.MAX_LEVELS)));
        }
        classNames = classes ? ordered(survey) : List.of();
    }

    /// Whole numbers in their own order, words in the alphabet's.
    private static List<String> ordered(ColumnSurvey survey) {
        List<String> names = new ArrayList<>(survey.levels().keySet());
        if (survey.isNumeric()) {
            names.sort((a, b) -> Double.compare(Cells.number(a), Cells.number(b)));
        }
        return names;
    }

    /// The rows to learn from and those to test by, and how rows become numbers.
    ///
    /// @param leftOut names of columns that hold too many different words to learn from
    public record Loaded(Split split, TableSchema schema, List<String> leftOut) {}

    /// Reads the rows.
    ///
    /// @param name what messages call the data
    /// @param seed decides which rows are held back for the test, a fifth of each class
    public Loaded load(String name, Seed seed) {
        return load(name, seed, train -> train);
    }

    /// Reads the rows, of which some of the training data are held back for something else: the
    /// schema is fitted on those that remain.
    ///
    /// @param name what messages call the data
    /// @param seed decides which rows are held back for the test, a fifth of each class
    /// @param remaining selects those that remain of the training data, by their order and their
    ///     labels alone
    public Loaded load(String name, Seed seed, UnaryOperator<Dataset> remaining) {
        int rows = rowCount();
        List<Integer> used = usedColumns();
        double[][] numbers = new double[used.size()][];
        int[][] words = new int[used.size()][];
        List<List<String>> levels = new ArrayList<>();
        for (int i = 0; i < used.size(); i++) {
            ColumnSurvey survey = table.columns().get(used.get(i));
            levels.add(survey.isNumeric() ? List.of() : new ArrayList<>(survey.levels().keySet()));
            if (survey.isNumeric()) {
                numbers[i] = new double[rows];
            } else {
                words[i] = new int[rows];
            }
        }
        int[] labels = new int[classes ? rows : 0];
        double[] values = new double[classes ? 0 : rows];
        int[] next = new int[1];
        table.each(
                (line, cells) -> {
                    int row = next[0]++;
                    if (row >= rows) {
                        throw table.fault("grows while it is read");
                    }
                    for (int i = 0; i < used.size(); i++) {
                        String cell = cells.get(used.get(i));
                        if (numbers[i] != null) {
                            numbers[i][row] =
                                    Cells.isMissing(cell) ? Double.NaN : Cells.number(cell);
                        } else {
                            words[i][row] = Collections.binarySearch(levels.get(i), cell);
                        }
                    }
                    String target = cells.get(label);
                    if (classes) {
                        labels[row] = classNames.indexOf(target);
                    } else {
                        values[row] = Cells.number(target);
                    }
                });
        if (next[0] != rows) {
            throw table.fault("shrinks while it is read");
        }
        Dataset train = train(name, labels, values, rows, seed);
        boolean[] learned = rowsOf(train, rows);
        boolean[] fitted = rowsOf(remaining.apply(train), rows);
        return encode(name, used, numbers, words, levels, labels, values, learned, fitted);
    }

    private int rowCount() {
        if (table.rows() > Integer.MAX_VALUE / 2) {
            throw table.fault("has more rows than fit into memory");
        }
        if (table.rows() < 5) {
            throw table.fault("has too few rows to learn from: " + table.rows());
        }
        return (int) table.rows();
    }

    private List<Integer> usedColumns() {
        List<Integer> used = new ArrayList<>();
        for (int i = 0; i < table.columns().size(); i++) {
            ColumnSurvey survey = table.columns().get(i);
            if (i == label) {
                continue;
            }
            boolean tooMany =
                    !survey.isNumeric()
                            && (survey.hasTooManyLevels()
                                    || survey.levels().size() > Math.max(20, table.rows() / 4));
            if (tooMany || survey.isEmpty()) {
                leftOut.add(survey.name());
            } else {
                used.add(i);
            }
        }
        if (used.isEmpty()) {
            throw table.fault("has no column to learn from");
        }
        return used;
    }

    /// The rows that are not held back for the test, as a dataset whose inputs are the rows' numbers.
    private Dataset train(String name, int[] labels, double[] values, int rows, Seed seed) {
        // Floats hold whole numbers up to 2²⁴ exactly; larger tables count in two of them.
        float[] pairs = new float[2 * rows];
        for (int row = 0; row < rows; row++) {
            pairs[2 * row] = row >>> 20;
            pairs[2 * row + 1] = row & ((1 << 20) - 1);
        }
        FloatTensor inputs = FloatTensor.of(Shape.of(rows, 2), pairs);
        Dataset all =
                classes
                        ? Dataset.ofClasses(
                                name, inputs, IntTensor.of(Shape.of(rows), labels), classNames)
                        : Dataset.ofValues(
                                name, inputs, DoubleTensor.of(Shape.of(rows, 1), values));
        try {
            return all.split(TEST, seed).train();
        } catch (ShapeException e) {
            throw table.fault("has too few rows of each class to hold a fifth back");
        }
    }

    /// Which rows a part of such a dataset has.
    private static boolean[] rowsOf(Dataset part, int rows) {
        boolean[] has = new boolean[rows];
        for (int i = 0; i < part.size(); i++) {
            int row =
                    ((int) part.inputs().getAsDouble(2 * i) << 20)
                            + (int) part.inputs().getAsDouble(2 * i + 1);
            has[row] = true;
        }
        return has;
    }

    private Loaded encode(
            String name,
            List<Integer> used,
            double[][] numbers,
            int[][] words,
            List<List<String>> levels,
            int[] labels,
            double[] values,
            boolean[] learned,
            boolean[] fitted) {
        List<Column> columns = new ArrayList<>();
        for (int i = 0; i < used.size(); i++) {
            String column = table.columns().get(used.get(i)).name();
            columns.add(
                    numbers[i] != null
                            ? fitted(column, numbers[i], fitted)
                            : fitted(column, words[i], levels.get(i), fitted));
        }
        String target = table.columns().get(this.label).name();
        double[] label = classes ? new double[] {0, 1} : moments(target, values, fitted);
        TableSchema schema =
                new TableSchema(
                        table.columns().stream().map(ColumnSurvey::name).toList(),
                        table.hasHeader(),
                        columns,
                        target,
                        classNames,
                        label[0],
                        label[1]);
        Dataset train =
                dataset(name, schema, numbers, words, levels, labels, values, r -> learned[r]);
        Dataset test =
                dataset(name, schema, numbers, words, levels, labels, values, r -> !learned[r]);
        return new Loaded(new Split(train, test), schema, List.copyOf(leftOut));
    }

    private Column fitted(String name, double[] numbers, boolean[] learned) {
        double[] moments = moments(name, numbers, learned);
        return new Column.Numeric(name, moments[0], moments[1]);
    }

    /// The words that the training data has.
    private static Column fitted(String name, int[] words, List<String> levels, boolean[] learned) {
        boolean[] seen = new boolean[levels.size()];
        for (int row = 0; row < words.length; row++) {
            if (learned[row] && words[row] >= 0) {
                seen[words[row]] = true;
            }
        }
        List<String> known = new ArrayList<>();
        for (int i = 0; i < seen.length; i++) {
            if (seen[i]) {
                known.add(levels.get(i));
            }
        }
        return new Column.Categorical(name, known);
    }

    /// The mean and the standard deviation of what is learned from, 1 if that is 0.
    ///
    /// @param name of the column
    private double[] moments(String name, double[] values, boolean[] learned) {
        double sum = 0;
        long count = 0;
        for (int i = 0; i < values.length; i++) {
            if (learned[i] && !Double.isNaN(values[i])) {
                sum += values[i];
                count++;
            }
        }
        double mean = count == 0 ? 0 : sum / count;
        double squares = 0;
        for (int i = 0; i < values.length; i++) {
            if (learned[i] && !Double.isNaN(values[i])) {
                squares += (values[i] - mean) * (values[i] - mean);
            }
        }
        double deviation = count == 0 ? 0 : Math.sqrt(squares / count);
        if (!Double.isFinite(mean) || !Double.isFinite(deviation)) {
            throw table.fault(
                    "column %s has numbers too large for their mean and deviation".formatted(name));
        }
        return new double[] {mean, deviation > 0 ? deviation : 1};
    }

    private Dataset dataset(
            String name,
            TableSchema schema,
            double[][] numbers,
            int[][] words,
            List<List<String>> levels,
            int[] labels,
            double[] values,
            IntPredicate wanted) {
        int rows = classes ? labels.length : values.length;
        int[] chosen = IntStream.range(0, rows).filter(wanted).toArray();
        int width = schema.width();
        if ((long) chosen.length * width > Integer.MAX_VALUE - 64) {
            throw table.fault("has more numbers than fit into one array");
        }
        FloatTensor inputs = FloatTensor.zeros(Shape.of(chosen.length, width));
        float[] out = inputs.array();
        int at = 0;
        for (int i = 0; i < schema.columns().size(); i++) {
            Column column = schema.columns().get(i);
            for (int k = 0; k < chosen.length; k++) {
                int row = chosen[k];
                switch (column) {
                    case Column.Numeric numeric ->
                            out[k * width + at] = scaled(numeric, numbers[i][row], row);
                    case Column.Categorical categorical -> {
                        String word = words[i][row] < 0 ? "" : levels.get(i).get(words[i][row]);
                        categorical.encode(word, out, k * width + at);
                    }
                }
            }
            at += column.width();
        }
        if (classes) {
            int[] targets = Arrays.stream(chosen).map(row -> labels[row]).toArray();
            return Dataset.ofClasses(
                    name, inputs, IntTensor.of(Shape.of(targets.length), targets), classNames);
        }
        Column.Numeric target = schema.target();
        FloatTensor targets = FloatTensor.zeros(Shape.of(chosen.length, 1));
        for (int k = 0; k < chosen.length; k++) {
            targets.array()[k] = scaled(target, values[chosen[k]], chosen[k]);
        }
        return Dataset.ofValues(name, inputs, targets);
    }

    /// A number as the network is shown it; a missing one is the mean.
    private float scaled(Column.Numeric column, double value, int row) {
        try {
            return Double.isNaN(value) ? 0 : column.scaled(value);
        } catch (IllegalArgumentException e) {
            throw table.fault("row %d: %s".formatted(row + 1, e.getMessage()));
        }
    }
}
