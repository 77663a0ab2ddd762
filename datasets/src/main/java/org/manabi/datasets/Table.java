package org.manabi.datasets;

import java.util.List;
import org.manabi.data.Dataset;
import org.manabi.tensor.DoubleTensor;
import org.manabi.tensor.IntTensor;
import org.manabi.tensor.Shape;

/// A small table of numbers with a class for each row.
public final class Table {

    private final String name;
    private final String sha256;
    private final List<String> featureNames;
    private final List<String> classNames;
    private final double[][] rows;
    private final int[] labels;

    Table(
            String name,
            String sha256,
            List<String> featureNames,
            List<String> classNames,
            double[][] rows,
            int[] labels) {
        this.name = name;
        this.sha256 = sha256;
        this.featureNames = List.copyOf(featureNames);
        this.classNames = List.copyOf(classNames);
        this.rows = rows;
        this.labels = labels;
    }

    public String name() {
        return name;
    }

    /// The SHA-256 of the file that it was read from, uncompressed, in hexadecimal.
    public String sha256() {
        return sha256;
    }

    /// The names of the columns.
    public List<String> featureNames() {
        return featureNames;
    }

    /// The names of the classes, in the order of their labels.
    public List<String> classNames() {
        return classNames;
    }

    /// The features, one array for each row; shared, not copied.
    public double[][] rows() {
        return rows;
    }

    /// The classes of the rows, `0 … classNames().size() − 1`; shared, not copied.
    public int[] labels() {
        return labels;
    }

    /// The table as a dataset of float64 `[rows, features]`, in the order of the file; call
    /// [Dataset#split] to hold rows back.
    public Dataset dataset() {
        int width = featureNames.size();
        double[] values = new double[rows.length * width];
        for (int row = 0; row < rows.length; row++) {
            System.arraycopy(rows[row], 0, values, row * width, width);
        }
        return Dataset.ofClasses(
                name,
                DoubleTensor.of(Shape.of(rows.length, width), values),
                IntTensor.of(Shape.of(rows.length), labels.clone()),
                classNames);
    }

    @Override
    public String toString() {
        return "%s[%s rows of %s features, %s classes]"
                .formatted(name, rows.length, featureNames.size(), classNames.size());
    }
}
