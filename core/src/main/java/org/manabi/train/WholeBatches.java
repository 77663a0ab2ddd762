package org.manabi.train;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.function.IntFunction;
import org.manabi.autodiff.Gradients;
import org.manabi.data.BatchCursor;
import org.manabi.data.Dataset;
import org.manabi.tensor.Engine;
import org.manabi.tensor.Seed;

/// Mini-batches that are computed at once, by one plan for each size that they have.
final class WholeBatches implements MiniBatches {

    /// So many batches before it is needed, one is asked for from the disk.
    private static final int AHEAD = 8;

    private final Engine engine;
    private final Model<?> model;
    private final TrainingConfig config;
    private final Dataset train;
    private final BatchCursor cursor;
    private final int[] rows;

    /// Of a later batch; empty for data in memory.
    private final int[] ahead;

    private final IntFunction<BatchPlan> planOf;
    private final Map<Integer, BatchPlan> plans = new HashMap<>();
    private int count;

    /// @param planOf makes a plan for a number of samples
    WholeBatches(
            Engine engine,
            Model<?> model,
            TrainingConfig config,
            Dataset train,
            IntFunction<BatchPlan> planOf) {
        this.engine = engine;
        this.model = model;
        this.config = config;
        this.train = train;
        this.planOf = planOf;
        cursor =
                new BatchCursor(
                        config.sampling(),
                        config.lastBatch(),
                        config.batchSize(),
                        config.seed(),
                        train);
        rows = new int[cursor.largestBatch()];
        ahead = new int[train.isStreamed() ? rows.length : 0];
    }

    @Override
    public BatchCursor cursor() {
        return cursor;
    }

    @Override
    public void restore(BatchCursor.Snapshot place) {
        cursor.restore(place);
    }

    @Override
    public double forward(Seed noise, Tally tally) {
        Seed changes = BatchPlan.changes(config, cursor.epoch());
        count = cursor.next(rows);
        if (ahead.length > 0) {
            train.prefetch(ahead, 0, cursor.ahead(ahead, AHEAD));
        }
        BatchPlan plan = plan();
        plan.learn(train, rows, count, 0, changes);
        plan.draw(noise);
        plan.forward();
        return plan.tally(tally);
    }

    private BatchPlan plan() {
        return plans.computeIfAbsent(count, planOf::apply);
    }

    @Override
    public int size() {
        return count;
    }

    @Override
    public Gradients backward() {
        plan().backward();
        return plan().gradients();
    }

    @Override
    public void back() {
        cursor.back();
    }

    @Override
    public NonFinite causeOfLoss() {
        return postMortem().ofLoss();
    }

    @Override
    public NonFinite causeOfGradients() {
        return postMortem().ofGradients();
    }

    private PostMortem postMortem() {
        return new PostMortem(engine, model, plan(), Arrays.copyOf(rows, count));
    }
}
