package org.manabi.board.lesson;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.manabi.autodiff.Variable;
import org.manabi.loss.ClassTargets;
import org.manabi.loss.Loss;
import org.manabi.loss.Probabilities;
import org.manabi.loss.Reduction;
import org.manabi.tensor.Shape;
import org.manabi.tensor.Tensor;

/// The cross-entropy of labels with a mistake: the label multiplies, and δ is missing. Only to show
/// what is wrong with it; [org.manabi.loss.CrossEntropy] is right.
///
///     inside:  −log(y[t] · t)     label 0 costs −log 0 = ∞, label t > 0 costs log t too little
///     outside: −log(y[t]) · t     label 0 costs nothing, label t costs t times too much
///
/// @param place where the label multiplies
record TimesLabel(Place place) implements Loss<Probabilities, ClassTargets> {

    /// Where the label multiplies.
    enum Place {
        /// Within the logarithm, `np.log(y[np.arange(n), t] * t)`.
        INSIDE,
        /// Behind it, `np.log(y[np.arange(n), t]) * t`.
        OUTSIDE
    }

    @Override
    public Variable perSample(Probabilities prediction, ClassTargets targets) {
        Variable y = prediction.variable();
        Variable oneHot = targets.dense(y);
        int classes = y.shape().dim(1);
        double[] ones = new double[classes];
        Arrays.fill(ones, 1);
        double[] numbers = IntStream.range(0, classes).asDoubleStream().toArray();
        Variable right = sumOfRows(y.times(oneHot), ones); // y[t], [N]
        Variable label = sumOfRows(oneHot, numbers); // t as a number, [N]
        Variable logarithm =
                place == Place.INSIDE ? right.times(label).log() : right.log().times(label);
        return logarithm.times(-1);
    }

    /// Each row's elements times their factors, added up: `[N, K]` to `[N]`.
    private static Variable sumOfRows(Variable rows, double... factors) {
        Tensor column = Tensor.of(rows.dtype(), Shape.of(factors.length, 1), factors);
        return rows.matmul(Variable.of(column)).reshape(Shape.of(rows.shape().dim(0)));
    }

    @Override
    public Reduction reduction() {
        return Reduction.MEAN;
    }

    @Override
    public Class<Probabilities> predictionType() {
        return Probabilities.class;
    }

    @Override
    public Class<ClassTargets> targetsType() {
        return ClassTargets.class;
    }
}
