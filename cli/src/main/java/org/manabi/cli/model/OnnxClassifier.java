package org.manabi.cli.model;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import org.manabi.data.Dataset;
import org.manabi.formats.FormatException;
import org.manabi.formats.array.NumericArray;
import org.manabi.formats.onnx.Onnx;
import org.manabi.formats.onnx.OnnxValue;
import org.manabi.formats.onnx.run.GraphRunner;
import org.manabi.tensor.DType;
import org.manabi.tensor.Engine;
import org.manabi.tensor.Shape;
import org.manabi.tensor.Tensor;
import org.manabi.train.ClassProbabilities;
import org.manabi.train.ClassifierWitness;
import org.manabi.train.OutputKind;
import org.manabi.train.Score;

/// An imported network of one input that gives, as its first output, a number for each class. Rows
/// that are probabilities are taken as such, others as scores before a softmax. Pixels are brought to
/// 0 … 1, as the data itself says.
final class OnnxClassifier {

    private static final int MOST = 500;
    private static final int NUMBERS = 1 << 20;
    private static final double TOLERANCE = 1e-3;

    private final String file;
    private final GraphRunner runner;
    private final OnnxValue input;

    /// @throws FormatException if the network has not one input
    OnnxClassifier(Path path) {
        file = path.toString();
        runner = new GraphRunner(Onnx.read(path), file);
        List<OnnxValue> required = runner.model().graph().required();
        if (required.size() != 1) {
            throw new FormatException(
                    file,
                    "has %d inputs, but a classifier has one; use manabi run"
                            .formatted(required.size()));
        }
        input = required.getFirst();
    }

    static boolean isOnnx(Path path) {
        return path.toString().toLowerCase(Locale.ROOT).endsWith(".onnx");
    }

    /// The probabilities of the classes for some samples.
    ///
    /// @param inputs all samples `[n, …]`
    /// @param divisor what each number is divided by
    /// @param rows those that are asked for
    List<double[]> probabilities(Tensor inputs, double divisor, List<Integer> rows) {
        int size = inputs.shape().tail().size();
        int batch = batchSize(size);
        List<double[]> all = new ArrayList<>();
        for (int from = 0; from < rows.size(); from += batch) {
            List<Integer> some = rows.subList(from, Math.min(rows.size(), from + batch));
            float[] numbers = new float[(isFixed() ? batch : some.size()) * size];
            for (int i = 0; i < some.size(); i++) {
                for (int k = 0; k < size; k++) {
                    numbers[i * size + k] =
                            (float) (inputs.getAsDouble(some.get(i) * size + k) / divisor);
                }
            }
            long[] dims = dims(numbers.length / size, inputs);
            NumericArray array = NumericArray.ofFloats(dims, numbers);
            NumericArray scores =
                    runner.run(Map.of(input.name(), array)).values().iterator().next();
            addRows(scores, some.size(), all);
        }
        return all;
    }

    /// A network may be made for batches of one size only.
    private boolean isFixed() {
        return fixedBatch() > 0;
    }

    private long fixedBatch() {
        return input.shape()
                .filter(dims -> !dims.isEmpty())
                .map(dims -> dims.getFirst().length())
                .orElse(-1L);
    }

    /// Samples that are computed together: few enough that they take little memory.
    private int batchSize(int size) {
        if (!isFixed()) {
            return Math.clamp(NUMBERS / Math.max(1, size), 1, MOST);
        }
        if (fixedBatch() > Integer.MAX_VALUE / Math.max(1, size) / Float.BYTES) {
            throw new FormatException(
                    file,
                    "takes batches of %d samples, too many of %d numbers each"
                            .formatted(fixedBatch(), size));
        }
        return (int) fixedBatch();
    }

    /// The shape that the network wants, if the samples are of its size.
    private long[] dims(int batch, Tensor inputs) {
        int size = inputs.shape().tail().size();
        List<OnnxValue.Dim> wanted = input.shape().orElse(List.of());
        long known = 1;
        boolean free = wanted.isEmpty();
        for (OnnxValue.Dim dim : wanted.isEmpty() ? wanted : wanted.subList(1, wanted.size())) {
            free |= dim.isFree();
            known *= dim.isFree() ? 1 : dim.length();
        }
        if (!free && known != size) {
            throw new FormatException(
                    file,
                    "takes %s, but a sample of the data has %d numbers".formatted(input, size));
        }
        long[] dims = new long[free ? inputs.shape().rank() : wanted.size()];
        for (int i = 1; i < dims.length; i++) {
            dims[i] = free ? inputs.shape().dim(i) : wanted.get(i).length();
        }
        dims[0] = batch;
        return dims;
    }

    private void addRows(NumericArray scores, int count, List<double[]> all) {
        if (scores.rank() < 1 || scores.dim(0) < count || scores.size() % scores.dim(0) != 0) {
            throw new FormatException(
                    file, "gives %s for %d samples; use manabi run".formatted(scores, count));
        }
        int classes = (int) (scores.size() / scores.dim(0));
        for (int row = 0; row < count; row++) {
            double[] one = new double[classes];
            for (int k = 0; k < classes; k++) {
                one[k] = scores.getDouble(row * classes + k);
            }
            all.add(normalized(one));
        }
    }

    private static double[] normalized(double[] row) {
        double sum = Arrays.stream(row).sum();
        boolean isDistribution =
                Math.abs(sum - 1) < TOLERANCE && Arrays.stream(row).allMatch(p -> p >= 0);
        if (isDistribution) {
            return Arrays.stream(row).map(p -> Math.min(p, 1)).toArray();
        }
        double max = Arrays.stream(row).max().orElse(0);
        double[] powers = Arrays.stream(row).map(score -> Math.exp(score - max)).toArray();
        double total = Arrays.stream(powers).sum();
        return Arrays.stream(powers).map(power -> power / total).toArray();
    }

    /// How it does on some samples; the loss is −ln p of the right class, on average.
    Evaluation evaluate(Dataset samples) {
        int classes = samples.classNames().size();
        ClassifierWitness witness =
                new ClassifierWitness(
                        samples,
                        new ClassProbabilities(Engine.serial(), OutputKind.PROBABILITIES),
                        Evaluation.MISTAKES);
        List<Integer> rows = new ArrayList<>(Collections.nCopies(samples.size(), 0));
        for (int row = 0; row < rows.size(); row++) {
            rows.set(row, row);
        }
        List<double[]> predicted = probabilities(samples.inputs(), samples.divisor(), rows);
        double loss = 0;
        for (int row = 0; row < predicted.size(); row++) {
            double[] one = predicted.get(row);
            if (one.length != classes) {
                throw new FormatException(
                        file,
                        "gives %d numbers, but the data has %d classes"
                                .formatted(one.length, classes));
            }
            double own = -Math.log(Math.max(one[samples.label(row)], Float.MIN_NORMAL));
            loss += own;
            witness.sample(row, Tensor.of(DType.FLOAT64, Shape.of(1, classes), one), 0, own);
        }
        Score score =
                new Score(
                        samples.size(),
                        loss / samples.size(),
                        OptionalDouble.of(witness.confusion().accuracy()));
        return Evaluation.of(score, witness, samples.classNames());
    }

    /// What it predicts for the samples that are asked for.
    List<Predictions.Prediction> predict(PredictionInput samples, double divisor) {
        List<double[]> rows = probabilities(samples.inputs(), divisor, samples.rows());
        List<Predictions.Prediction> predictions = new ArrayList<>();
        for (int i = 0; i < rows.size(); i++) {
            predictions.add(
                    new Predictions.Prediction(
                            samples.rows().get(i),
                            best(rows.get(i)),
                            Arrays.stream(rows.get(i)).boxed().toList()));
        }
        return predictions;
    }

    /// The likeliest class; −1 if a number is not one.
    private static int best(double[] row) {
        int best = 0;
        for (int k = 0; k < row.length; k++) {
            if (Double.isNaN(row[k])) {
                return -1;
            }
            best = row[k] > row[best] ? k : best;
        }
        return best;
    }
}
