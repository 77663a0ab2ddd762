package org.manabi.train;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import org.manabi.data.BatchCursor;
import org.manabi.data.Dataset;
import org.manabi.data.LastBatch;
import org.manabi.layers.Mode;
import org.manabi.loss.Loss;
import org.manabi.loss.Prediction;
import org.manabi.loss.Targets;
import org.manabi.optim.Optimizer;
import org.manabi.optim.Updater;
import org.manabi.optim.Updates;
import org.manabi.tensor.Checks;
import org.manabi.tensor.Engine;
import org.manabi.tensor.Seed;
import org.manabi.tensor.Tensor;

/// Tries learning rates: one mini-batch at each, from a very small rate to a large one, growing by the
/// same factor, until the loss has grown far above the best. The model is left as it was.
///
///     ηᵢ = first · (last / first)^(i / (steps − 1));  stops at a smoothed loss of 4 × the best
///
/// The loss is smoothed by an exponential mean with β = 0.98, corrected for its beginning; the rate
/// suggested is where it falls most steeply.
///
/// Source: Smith, *Cyclical Learning Rates for Training Neural Networks* (WACV 2017), section 3.3; the
/// numbers are PyTorch Lightning's.
///
/// @param first the first rate, greater than 0
/// @param last the last rate, greater than the first
/// @param steps how many rates, at least 10
public record LearningRateFinder(double first, double last, int steps) {

    /// From 1e-8 to 1 in 100 steps.
    public static final LearningRateFinder DEFAULTS = new LearningRateFinder(1e-8, 1, 100);

    private static final double SMOOTHING = 0.98;
    private static final double TOO_HIGH = 4;

    /// Points at the beginning whose smoothed losses are still those of a few batches.
    private static final int UNSETTLED = 5;

    public LearningRateFinder {
        Checks.require(
                first > 0 && last > first && Double.isFinite(last),
                "learning rates from %s to %s are no range above 0",
                first,
                last);
        Checks.require(steps >= 10, "%d learning rates are too few to compare; try 100", steps);
    }

    /// What one rate did.
    ///
    /// @param learningRate of the step
    /// @param loss the smoothed loss of its mini-batch
    public record Point(double learningRate, double loss) {}

    /// What was found.
    ///
    /// @param points in the order of the rates
    /// @param suggestion where the loss fell most steeply; empty if it fell nowhere
    public record Found(List<Point> points, OptionalDouble suggestion) {

        public Found {
            points = List.copyOf(points);
        }
    }

    /// Tries the rates on a model, which has its numbers back afterwards.
    ///
    /// @param config of which sampling, batch size, seed and threads count
    /// @throws org.manabi.tensor.ShapeException if model, loss and data do not fit
    public <P extends Prediction, T extends Targets> Found find(
            Model<? extends P> model,
            Loss<P, T> loss,
            Optimizer optimizer,
            Dataset data,
            TrainingConfig config) {
        BatchPlan.requireFit(model, loss, data);
        Map<String, Tensor> numbers = model.network().parameters().tensors();
        Map<String, Tensor> before = new LinkedHashMap<>();
        numbers.forEach((name, tensor) -> before.put(name, tensor.copy()));
        try {
            return suggest(walk(model, loss, optimizer, data, config));
        } finally {
            numbers.forEach(
                    (name, tensor) -> tensor.copyFrom(Objects.requireNonNull(before.get(name))));
        }
    }

    private <P extends Prediction, T extends Targets> List<Point> walk(
            Model<? extends P> model,
            Loss<P, T> loss,
            Optimizer optimizer,
            Dataset data,
            TrainingConfig config) {
        Engine engine = Engine.of(config.threads());
        int batchSize = Math.min(config.batchSize(), data.size());
        BatchCursor cursor =
                new BatchCursor(config.sampling(), LastBatch.DROP, batchSize, config.seed(), data);
        int[] rows = new int[cursor.largestBatch()];
        BatchPlan plan = BatchPlan.of(engine, model, loss, data, rows.length, Mode.TRAIN);
        Updater updater =
                new Updater(
                        engine,
                        Updates.of(optimizer)
                                .withSchedule(step -> rate(step) / optimizer.learningRate()),
                        model.network().parameters().all());
        Seed noise = Seed.of(config.seed()).child("noise");
        List<Point> points = new ArrayList<>();
        Tally tally = new Tally();
        double mean = 0;
        double best = Double.POSITIVE_INFINITY;
        for (int step = 0; step < steps; step++) {
            int count = cursor.next(rows);
            plan.load(data, rows, 0, count);
            plan.draw(noise.child(step));
            plan.forward();
            mean = SMOOTHING * mean + (1 - SMOOTHING) * plan.tally(tally);
            double smoothed = mean / (1 - StrictMath.pow(SMOOTHING, step + 1.0));
            if (!(smoothed <= TOO_HIGH * best)) {
                break;
            }
            best = Math.min(best, smoothed);
            points.add(new Point(rate(step), smoothed));
            plan.backward();
            updater.step(plan.gradients());
        }
        return points;
    }

    private double rate(long step) {
        return first * StrictMath.pow(last / first, step / (steps - 1.0));
    }

    /// The rates are evenly spaced in their logarithms, so differences are slopes.
    private static Found suggest(List<Point> points) {
        double steepest = 0;
        OptionalDouble suggestion = OptionalDouble.empty();
        for (int i = UNSETTLED; i < points.size() - 1; i++) {
            double slope = points.get(i + 1).loss() - points.get(i - 1).loss();
            if (slope < steepest) {
                steepest = slope;
                suggestion = OptionalDouble.of(points.get(i).learningRate());
            }
        }
        return new Found(points, suggestion);
    }
}
