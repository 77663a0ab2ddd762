package org.manabi.formats.table;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import java.util.function.LongFunction;
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
    private static final int MAX_ARRAY = Integer.MAX_VALUE - 64;

    private final TableFile table;
    private final int label;
    private final RowRoles roles;
    private final boolean classes;
    private final List<String> classNames;
    private final List<String> leftOut = new ArrayList<>();

    /// @param label the name of the column to predict
    /// @param values whether it is to be predicted as real numbers although it could be classes
    /// @throws FormatException if there is no such column, or it cannot be predicted
    public TableLoader(TableFile table, String label, boolean values) {
        this(table, label, values, RowRoles.NONE);
    }

    /// @param label the name of the column to predict
    /// @param values whether it is to be predicted as real numbers although it could be classes
    /// @param roles of columns that say something of the rows, and are not learned from
    /// @throws FormatException if there is no such column, or it cannot be predicted
    public TableLoader(TableFile table, String label, boolean values, RowRoles roles) {
        this.table = table;
        this.roles = roles;
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
        return load(name, seed, train -> train, bytes -> Storage.MEMORY);
    }

    /// Reads the rows, of which some of the training data are held back for something else: the
    /// schema is fitted on those that remain.
    ///
    /// @param name what messages call the data
    /// @param seed decides which rows are held back for the test, a fifth of each class
    /// @param remaining selects those that remain of the training data, by their order, groups and
    ///     labels alone
    /// @param storageOfBytes where the numbers lie, by how many bytes they take
    public Loaded load(
            String name,
            Seed seed,
            UnaryOperator<Dataset> remaining,
            LongFunction<Storage> storageOfBytes) {
        int rows = rowCount();
        List<Integer> used = usedColumns();
        int[] labels = classes ? labels(rows) : new int[0];
        double[] values = classes ? new double[0] : values(label, rows);
        RowRoles.Found found = roles.find(table);
        Dataset numbers =
                found.note(
                        classes
                                ? Dataset.ofClasses(
                                        name, new RowNumbers(rows), column(labels), classNames)
                                : Dataset.ofValues(
                                        name,
                                        new RowNumbers(rows),
                                        DoubleTensor.of(Shape.of(rows, 1), values)));
        Split split = split(numbers, seed);
        int[] fitted = remaining.apply(split.train()).places();
        TableSchema schema = schema(used, fitted, values);
        EncodedRows inputs = new EncodedRows(table, schema.columns());
        long count = (long) rows * schema.width();
        Storage storage = storageOfBytes.apply(4 * count);
        if (storage == Storage.MEMORY && count > MAX_ARRAY) {
            throw table.fault("has more numbers than fit into one array; use --storage disk");
        }
        Dataset all =
                classes
                        ? Dataset.ofClasses(name, inputs, column(labels), classNames)
                        : Dataset.ofValues(name, inputs, scaled(schema.target(), values));
        Dataset train = found.part(all, split.train().places());
        Dataset test = found.part(all, split.test().places());
        return new Loaded(
                storage == Storage.MEMORY
                        ? new Split(train.inMemory(), test.inMemory())
                        : new Split(train, test),
                schema,
                List.copyOf(leftOut));
    }

    private static IntTensor column(int... labels) {
        return IntTensor.of(Shape.of(labels.length), labels);
    }

    private int[] labels(int rows) {
        int[] classOfCode =
                table.columns().get(label).texts().stream().mapToInt(classNames::indexOf).toArray();
        int[] labels = new int[rows];
        for (int row = 0; row < rows; row++) {
            labels[row] = classOfCode[Cell.code(table.cells().cell(row, label))];
        }
        return labels;
    }

    /// The numbers of a column; NaN where they are missing.
    private double[] values(int place, int rows) {
        double[] numbers = EncodedRows.numbers(table.columns().get(place).texts());
        double[] values = new double[rows];
        for (int row = 0; row < rows; row++) {
            values[row] = EncodedRows.number(table.cells().cell(row, place), numbers);
        }
        return values;
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
            if (i == label || roles.has(survey.name())) {
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

    private Split split(Dataset all, Seed seed) {
        try {
            return all.split(TEST, seed);
        } catch (ShapeException e) {
            throw table.fault(
                    roles.group().isPresent()
                            ? "has too few groups to hold a fifth of the rows back"
                            : "has too few rows of each class to hold a fifth back");
        }
    }

    /// What the rows that are learned from say of each column.
    private TableSchema schema(List<Integer> used, int[] fitted, double[] values) {
        int[] rows = fitted.clone();
        Arrays.sort(rows); // One order of every sum, whatever the order of time.
        List<Column> columns = new ArrayList<>();
        for (int place : used) {
            ColumnSurvey survey = table.columns().get(place);
            columns.add(
                    survey.isNumeric() ? numeric(survey, place, rows) : words(survey, place, rows));
        }
        String target = table.columns().get(label).name();
        double[] moments =
                classes ? new double[] {0, 1} : moments(target, rows, row -> values[row]);
        return new TableSchema(
                table.columns().stream().map(ColumnSurvey::name).toList(),
                table.hasHeader(),
                columns,
                target,
                classNames,
                moments[0],
                moments[1]);
    }

    private Column numeric(ColumnSurvey survey, int place, int[] rows) {
        double[] numbers = EncodedRows.numbers(survey.texts());
        CellStore cells = table.cells();
        double[] moments =
                moments(
                        survey.name(),
                        rows,
                        row -> EncodedRows.number(cells.cell(row, place), numbers));
        Column.Numeric column = new Column.Numeric(survey.name(), moments[0], moments[1]);
        requireFits(column, survey.min());
        requireFits(column, survey.max());
        return column;
    }

    private void requireFits(Column.Numeric column, double value) {
        try {
            column.scaled(value);
        } catch (IllegalArgumentException e) {
            throw table.fault(String.valueOf(e.getMessage()));
        }
    }

    /// The words that the training data has.
    private Column words(ColumnSurvey survey, int place, int[] rows) {
        boolean[] seen = new boolean[survey.texts().size()];
        for (int row : rows) {
            long cell = table.cells().cell(row, place);
            if (Cell.isCoded(cell)) {
                seen[Cell.code(cell)] = true;
            }
        }
        List<String> known =
                IntStream.range(0, seen.length)
                        .filter(code -> seen[code])
                        .mapToObj(survey.texts()::get)
                        .sorted()
                        .toList();
        return new Column.Categorical(survey.name(), known);
    }

    /// The mean and the standard deviation of what is learned from, 1 if that is 0.
    ///
    /// @param name of the column
    /// @param valueOfRow NaN where it is missing
    private double[] moments(String name, int[] rows, IntToDoubleFunction valueOfRow) {
        double sum = 0;
        long count = 0;
        for (int row : rows) {
            double value = valueOfRow.applyAsDouble(row);
            if (!Double.isNaN(value)) {
                sum += value;
                count++;
            }
        }
        double mean = count == 0 ? 0 : sum / count;
        double squares = 0;
        for (int row : rows) {
            double value = valueOfRow.applyAsDouble(row);
            if (!Double.isNaN(value)) {
                squares += (value - mean) * (value - mean);
            }
        }
        double deviation = count == 0 ? 0 : Math.sqrt(squares / count);
        if (!Double.isFinite(mean) || !Double.isFinite(deviation)) {
            throw table.fault(
                    "column %s has numbers too large for their mean and deviation".formatted(name));
        }
        return new double[] {mean, deviation > 0 ? deviation : 1};
    }

    private FloatTensor scaled(Column.Numeric target, double... values) {
        FloatTensor scaled = FloatTensor.zeros(Shape.of(values.length, 1));
        requireFits(target, table.columns().get(label).min());
        requireFits(target, table.columns().get(label).max());
        for (int row = 0; row < values.length; row++) {
            scaled.array()[row] = target.scaled(values[row]);
        }
        return scaled;
    }
}
