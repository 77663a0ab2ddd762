package org.manabi.cli.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.manabi.cli.console.CommandException;
import org.manabi.cli.console.Console;
import org.manabi.metrics.Accuracy;
import org.manabi.tensor.Engine;
import org.manabi.tensor.Shape;
import org.manabi.tensor.Tensor;
import org.manabi.train.ClassProbabilities;
import org.manabi.train.Model;
import org.manabi.train.Predictor;

/// Lets a classifier predict samples one by one.
final class Predictions {

    private final Predictor predictor;
    private final ClassProbabilities toProbabilities;
    private final double divisor;

    /// @param divisor what each stored number is divided by
    Predictions(Engine engine, Model<?> model, double divisor) {
        this.predictor = new Predictor(engine, model, 1);
        this.toProbabilities = new ClassProbabilities(engine, model.kind());
        this.divisor = divisor;
    }

    /// What is predicted for one sample.
    ///
    /// @param row its place among the samples
    /// @param best the likeliest class; −1 if the model's output is not a number
    /// @param probabilities of each class
    record Prediction(int row, int best, List<Double> probabilities) {

        /// The classes, the likeliest first.
        List<Integer> ranking() {
            return IntStream.range(0, probabilities.size())
                    .boxed()
                    .sorted(Comparator.comparingDouble(k -> -probabilities.get(k)))
                    .toList();
        }
    }

    /// @throws CommandException if the samples are not of the model's size
    List<Prediction> of(PredictionInput input, Console console) {
        Shape sample = input.inputs().shape().tail();
        int expected = predictor.inputs().size();
        if (sample.size() != expected) {
            throw CommandException.wrongRequest(
                    console.text("predict.error.size", expected, sample, sample.size()));
        }
        List<Prediction> predictions = new ArrayList<>();
        input.rows().forEach(row -> predictions.add(one(input.inputs(), row)));
        return predictions;
    }

    private Prediction one(Tensor inputs, int row) {
        Tensor sample = predictor.inputs();
        for (int i = 0; i < sample.size(); i++) {
            sample.setFromDouble(i, inputs.getAsDouble(row * sample.size() + i) / divisor);
        }
        Tensor probabilities = toProbabilities.of(predictor.run());
        return new Prediction(
                row,
                Accuracy.argmax(probabilities, 0),
                Arrays.stream(probabilities.toDoubles()).boxed().toList());
    }
}
