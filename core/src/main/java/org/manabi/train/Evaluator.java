package org.manabi.train;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.manabi.data.Dataset;
import org.manabi.layers.Mode;
import org.manabi.loss.Loss;
import org.manabi.loss.Prediction;
import org.manabi.loss.Targets;
import org.manabi.tensor.Engine;
import org.manabi.tensor.Tensor;

/// Measures a model on data, without changing it.
///
/// @param <P> what the model gives
/// @param <T> what it should have given
public final class Evaluator<P extends Prediction, T extends Targets> {

    private static final int BATCH_SIZE = 500;

    private final Engine engine;
    private final Model<? extends P> model;
    private final Loss<P, T> loss;
    private final Map<Batch, BatchPlan> plans = new HashMap<>();

    /// What a plan is made for: batches of a size, with classes or real numbers for targets.
    private record Batch(int size, boolean classes) {}

    /// An evaluator of this model, as it is whenever it is asked.
    public Evaluator(Engine engine, Model<? extends P> model, Loss<P, T> loss) {
        this.engine = engine;
        this.model = model;
        this.loss = loss;
    }

    /// Sees what the model gives for each sample, in order.
    @FunctionalInterface
    public interface SampleListener {

        /// Sees one sample.
        ///
        /// @param sample the sample's row in the dataset
        /// @param scores what the model gives for the batch, `[n, K]`
        /// @param row the sample's row in `scores`
        /// @param loss the sample's loss
        void sample(int sample, Tensor scores, int row, double loss);
    }

    /// Loss and accuracy on all samples.
    public Score score(Dataset data) {
        return score(data, (sample, scores, row, loss) -> {});
    }

    /// Loss and accuracy on all samples, showing each to a listener.
    ///
    /// @throws org.manabi.tensor.ShapeException if model, loss and data do not fit
    public Score score(Dataset data, SampleListener listener) {
        return Objects.requireNonNull(scoreUnless(() -> false, data, listener));
    }

    /// Loss and accuracy on all samples; `null` if it was told to give up in between.
    @Nullable Score scoreUnless(BooleanSupplier givenUp, Dataset data) {
        return scoreUnless(givenUp, data, (sample, scores, row, loss) -> {});
    }

    private @Nullable Score scoreUnless(
            BooleanSupplier givenUp, Dataset data, SampleListener listener) {
        BatchPlan.requireFit(model, loss, data);
        Tally tally = new Tally();
        int[] rows = IntStream.range(0, data.size()).toArray();
        for (int from = 0; from < rows.length; from += BATCH_SIZE) {
            if (givenUp.getAsBoolean()) {
                return null;
            }
            int count = Math.min(BATCH_SIZE, rows.length - from);
            BatchPlan plan =
                    plans.computeIfAbsent(
                            new Batch(count, data.hasClasses()),
                            batch ->
                                    BatchPlan.of(
                                            engine,
                                            model,
                                            loss,
                                            data,
                                            batch.size(),
                                            Mode.EVALUATE));
            plan.load(data, rows, from, count);
            plan.forward();
            plan.tally(tally);
            for (int row = 0; row < count; row++) {
                listener.sample(from + row, plan.scores(), row, plan.losses().getAsDouble(row));
            }
        }
        return tally.score();
    }
}
