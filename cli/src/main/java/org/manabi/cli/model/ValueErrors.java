package org.manabi.cli.model;

import org.manabi.data.Dataset;
import org.manabi.train.Evaluator;
import org.manabi.train.Score;

/// How far a model of real numbers is off, in the numbers that it learned.
///
/// @param loss by which it learned
/// @param rootMeanSquare √(1/N Σ (y − t)²)
/// @param meanAbsolute 1/N Σ |y − t|
/// @param explained R² = 1 − Σ (y − t)² / Σ (t − mean of t)²; NaN if all targets are equal
record ValueErrors(double loss, double rootMeanSquare, double meanAbsolute, double explained) {

    static ValueErrors of(Evaluator<?, ?> evaluator, Dataset samples) {
        double[] sums = new double[4];
        Score score =
                evaluator.score(
                        samples,
                        (sample, scores, row, loss) -> {
                            double target = samples.targets().getAsDouble(sample);
                            double error = scores.getAsDouble(row) - target;
                            sums[0] += error * error;
                            sums[1] += Math.abs(error);
                            sums[2] += target;
                            sums[3] += target * target;
                        });
        int count = samples.size();
        double spread = sums[3] - sums[2] * sums[2] / count;
        return new ValueErrors(
                score.loss(),
                Math.sqrt(sums[0] / count),
                sums[1] / count,
                spread > 0 ? 1 - sums[0] / spread : Double.NaN);
    }
}
