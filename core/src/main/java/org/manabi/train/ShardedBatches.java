package org.manabi.train;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import org.manabi.autodiff.Gradients;
import org.manabi.autodiff.Parameter;
import org.manabi.data.BatchCursor;
import org.manabi.data.Dataset;
import org.manabi.data.Sampling;
import org.manabi.loss.Reduction;
import org.manabi.tensor.Checks;
import org.manabi.tensor.Engine;
import org.manabi.tensor.Seed;
import org.manabi.tensor.Tensor;

/// Mini-batches in virtual shards. Each shard gives the gradient of the sum of its losses, computed by
/// a plan of the shard's size; they are added in the order of a [ShardTree] and divided once by what
/// the batch's mean divides by.
///
/// What layers do to a batch they do to each shard by itself: batch normalization takes the shard's
/// statistics, and its running figures become the mean of those that the shards arrive at, weighted by
/// their samples. Random layers draw by (seed, step, shard).
final class ShardedBatches implements MiniBatches {

    private final Engine engine;
    private final Model<?> model;
    private final Reduction reduction;
    private final TrainingConfig config;
    private final Dataset train;
    private final ShardGroup group;
    private final ShardTree tree;
    private final BatchCursor cursor;
    private final int[] unused;
    private final List<VirtualShard> shards = new ArrayList<>();
    private final IntFunction<BatchPlan> planOf;
    private final Map<Integer, BatchPlan> plans = new HashMap<>();
    private final Gradients gradients;
    private final int size;
    private final Deque<ShardSum> free = new ArrayDeque<>();
    private final ShardFold<ShardSum> fold;
    private final ShardSum total;
    private final List<Tensor> before;
    private Seed noise = Seed.of(0);
    private Seed changes = Seed.of(0);

    /// @param train the samples of the shards that are computed here, in order
    /// @param planOf makes a plan for a number of samples, whose loss is the sum
    ShardedBatches(
            Engine engine,
            Model<?> model,
            Reduction reduction,
            TrainingConfig config,
            Dataset train,
            ShardGroup group,
            IntFunction<BatchPlan> planOf) {
        int samples = group.samples();
        VirtualShard.requirePossible(config, samples);
        this.engine = engine;
        this.model = model;
        this.reduction = reduction;
        this.config = config;
        this.train = train;
        this.group = group;
        this.planOf = planOf;
        tree = new ShardTree(config.shards());
        cursor =
                new BatchCursor(
                        Sampling.SEQUENTIAL,
                        config.lastBatch(),
                        samples,
                        config.batchSize(),
                        config.seed());
        unused = new int[cursor.largestBatch()];
        for (int shard = group.first(); shard < group.end(); shard++) {
            shards.add(new VirtualShard(config, shard, samples));
        }
        int own = ShardGroup.cut(samples, config.shards(), group.end()) - shards.getFirst().first();
        Checks.require(
                train.size() == own,
                "the virtual shards %d … %d have %d samples, but %s has %d",
                group.first(),
                group.end() - 1,
                own,
                train.name(),
                train.size());
        gradients = plan(config.batchSize() / config.shards()).gradients();
        before = states().stream().map(Tensor::copy).toList();
        size = sizeOf(model);
        total = new ShardSum(model.network().dtype(), size);
        fold = new ShardFold<>(tree, this::add);
    }

    /// How many numbers a [ShardSum] of this model has.
    static int sizeOf(Model<?> model) {
        long size =
                model.network().parameters().tensors().values().stream()
                        .mapToLong(Tensor::size)
                        .sum();
        Checks.require(
                size <= Integer.MAX_VALUE - 8,
                "a model of %d numbers is too large for virtual shards, which add up to %d",
                size,
                Integer.MAX_VALUE - 8);
        return (int) size;
    }

    private Collection<Tensor> states() {
        return model.network().parameters().states().values();
    }

    private BatchPlan plan(int count) {
        return plans.computeIfAbsent(count, planOf::apply);
    }

    @Override
    public BatchCursor cursor() {
        return cursor;
    }

    @Override
    public void restore(BatchCursor.Snapshot place) {
        cursor.restore(place);
        shards.forEach(shard -> shard.restore(place));
    }

    @Override
    public double forward(Seed seed, Tally tally) {
        noise = seed;
        BatchCursor.Snapshot place = cursor.snapshot();
        changes = BatchPlan.changes(config, place.epoch());
        cursor.next(unused);
        keepStates();
        for (VirtualShard shard : shards) {
            shard.draw(place);
            fold.add(tree.leaf(shard.number()), learn(shard));
        }
        group.sum(fold, total);
        fold.drain((node, sum) -> free.push(sum));
        takeStates();
        return tally.add(total.sums(train.hasClasses()));
    }

    private ShardSum add(ShardSum left, ShardSum right) {
        left.add(engine, right);
        free.push(right);
        return left;
    }

    private ShardSum learn(VirtualShard shard) {
        ShardSum sum = free.isEmpty() ? new ShardSum(model.network().dtype(), size) : free.pop();
        if (shard.count() == 0) {
            sum.clear(engine);
            return sum;
        }
        restoreStates();
        BatchPlan plan = compute(shard);
        Tally tally = new Tally();
        plan.tally(tally);
        sum.note(tally.sums());
        plan.backward();
        int at = 0;
        for (Parameter parameter : parameters()) {
            at = put(plan.gradients().of(parameter), sum.numbers(), at);
        }
        for (Tensor state : states()) {
            Tensor part = sum.numbers().rows(at, state.size());
            part.copyFrom(state);
            scale(part, shard.count());
            at += state.size();
        }
        return sum;
    }

    private static int put(Tensor tensor, Tensor numbers, int at) {
        numbers.rows(at, tensor.size()).copyFrom(tensor);
        return at + tensor.size();
    }

    private BatchPlan compute(VirtualShard shard) {
        BatchPlan plan = plan(shard.count());
        int[] rows = rows(shard);
        plan.learn(train, rows, rows.length, shards.getFirst().first(), changes);
        plan.draw(noise.child(shard.number()));
        plan.forward();
        return plan;
    }

    /// The shard's samples, numbered as in the data that is here.
    private int[] rows(VirtualShard shard) {
        int[] rows = new int[shard.count()];
        int first = shard.first() - shards.getFirst().first();
        for (int i = 0; i < rows.length; i++) {
            rows[i] = first + shard.rows()[i];
        }
        return rows;
    }

    private Collection<Parameter> parameters() {
        return model.network().parameters().all();
    }

    private void scale(Tensor tensor, double factor) {
        engine.elementwise(
                (count, blocks) -> {
                    for (int i = 0; i < count; i++) {
                        blocks[0][i] *= factor;
                    }
                },
                List.of(tensor),
                List.of());
    }

    private void keepStates() {
        int i = 0;
        for (Tensor state : states()) {
            before.get(i++).copyFrom(state);
        }
    }

    private void restoreStates() {
        int i = 0;
        for (Tensor state : states()) {
            state.copyFrom(before.get(i++));
        }
    }

    private void takeStates() {
        int at = size;
        for (Tensor state : List.copyOf(states()).reversed()) {
            at -= state.size();
            state.copyFrom(total.numbers().rows(at, state.size()));
            scale(state, 1.0 / size());
        }
    }

    @Override
    public int size() {
        return (int) total.figures()[0];
    }

    @Override
    public Gradients backward() {
        double divisor = reduction == Reduction.SUM ? 1 : total.figures()[2];
        int at = 0;
        for (Parameter parameter : parameters()) {
            Tensor gradient = gradients.of(parameter);
            gradient.copyFrom(total.numbers().rows(at, gradient.size()));
            if (divisor != 1) {
                scale(gradient, divisor == 0 ? 0 : 1 / divisor);
            }
            at += gradient.size();
        }
        return gradients;
    }

    @Override
    public void back() {
        cursor.back();
        shards.forEach(shard -> shard.restore(cursor.snapshot()));
        restoreStates();
    }

    /// Computes the shards again, until one of them has such a loss.
    @Override
    public NonFinite causeOfLoss() {
        NonFinite cause = null;
        for (VirtualShard shard : shards) {
            if (shard.count() > 0) {
                restoreStates();
                BatchPlan plan = compute(shard);
                cause = postMortem(plan, rows(shard)).ofLoss();
                if (!Double.isFinite(plan.tally(new Tally()))) {
                    break;
                }
            }
        }
        return cause == null ? new NonFinite("loss", NonFinite.Tensor.LOSS, List.of()) : cause;
    }

    @Override
    public NonFinite causeOfGradients() {
        return postMortem(plan(unused.length / tree.shards()), new int[0]).ofGradients();
    }

    private PostMortem postMortem(BatchPlan plan, int[] rows) {
        return new PostMortem(engine, model, plan, rows);
    }
}
