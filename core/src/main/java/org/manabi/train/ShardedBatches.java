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
import org.manabi.autodiff.Variable;
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
    private final Map<BatchPlan, ShardSum> onPlans = new HashMap<>();
    private final UpdateShare share;
    private final List<Parameter> updated;
    private final Map<Variable, Integer> numberOf = new HashMap<>();
    private final List<ShardSum> own = new ArrayList<>();
    private final Deque<ShardSum> free = new ArrayDeque<>();
    private final List<Tensor> before;
    private ShardSum total;
    private Seed noise = Seed.of(0);
    private Seed changes = Seed.of(0);

    /// @param train the samples of the shards that are computed here, in order
    /// @param updated what [UpdateShare#of] makes of the parameters
    /// @param planOf makes a plan for a number of samples, whose loss is the sum
    ShardedBatches(
            Engine engine,
            Model<?> model,
            Reduction reduction,
            TrainingConfig config,
            Dataset train,
            ShardGroup group,
            List<Parameter> updated,
            IntFunction<BatchPlan> planOf) {
        int samples = group.samples();
        VirtualShard.requirePossible(config, samples);
        this.engine = engine;
        this.model = model;
        this.reduction = reduction;
        this.config = config;
        this.train = train;
        this.group = group;
        this.share = group.share();
        this.updated = updated;
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
        before = states().stream().map(Tensor::copy).toList();
        for (Parameter parameter : parameters()) {
            numberOf.put(parameter, numberOf.size());
        }
        total = onPlan(plan(config.batchSize() / config.shards()));
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
        free.clear();
        free.addAll(own);
        ShardFold<ShardSum> fold = new ShardFold<>(tree, this::add);
        for (VirtualShard shard : shards) {
            shard.draw(place);
        }
        for (VirtualShard shard : shards.subList(0, shards.size() - 1)) {
            ShardTree.Node leaf = tree.leaf(shard.number());
            ShardSum sum = learn(shard, (parameter, done) -> {});
            // the plan's own gradients are overwritten by the next shard
            fold.add(leaf, fold.isAdded(leaf) ? sum : copy(sum));
        }
        total = addLast(fold, shards.getLast());
        takeStates();
        return tally.add(total.sums(train.hasClasses()));
    }

    /// Computes the last shard; its gradients go to the other replicas as soon as they are there.
    private ShardSum addLast(ShardFold<ShardSum> before, VirtualShard last) {
        List<Pair> pairs = new ArrayList<>();
        ShardFold<ShardSum> fold =
                new ShardFold<>(
                        tree,
                        (left, right) -> {
                            pairs.add(new Pair(left, right));
                            return left;
                        });
        before.drain(fold::add);
        int parameters = numberOf.size();
        ShardGroup.Meeting[] meeting = new ShardGroup.Meeting[1];
        learn(
                last,
                (sum, number) -> {
                    if (meeting[0] == null) {
                        fold.add(tree.leaf(last.number()), sum);
                        for (Pair pair : pairs) {
                            pair.left.addFigures(pair.right);
                            addNumbers(pair, parameters, sum.numbers().size());
                        }
                        meeting[0] = group.begin(fold);
                        for (int state = parameters; state < sum.numbers().size(); state++) {
                            meeting[0].ready(state);
                        }
                    }
                    if (number >= 0) {
                        pairs.forEach(pair -> addNumbers(pair, number, number + 1));
                        meeting[0].ready(number);
                    }
                });
        return meeting[0].total();
    }

    /// Two sums of which the right one is to be added to the left one.
    private record Pair(ShardSum left, ShardSum right) {}

    private void addNumbers(Pair pair, int from, int end) {
        for (int i = from; i < end; i++) {
            engine.add(pair.right.numbers().get(i), pair.left.numbers().get(i));
        }
    }

    private ShardSum add(ShardSum left, ShardSum right) {
        left.add(engine, right);
        if (own.contains(right)) {
            free.push(right);
        }
        return left;
    }

    private ShardSum buffer() {
        ShardSum sum = free.poll();
        if (sum == null) {
            sum = ShardSum.zeros(model.network().parameters().tensors().values());
            own.add(sum);
        }
        return sum;
    }

    private ShardSum copy(ShardSum sum) {
        if (own.contains(sum)) {
            return sum;
        }
        ShardSum copy = buffer();
        copy.copyFrom(sum);
        return copy;
    }

    private ShardSum onPlan(BatchPlan plan) {
        return onPlans.computeIfAbsent(
                plan,
                key ->
                        ShardSum.on(
                                parameters().stream().map(key.gradients()::of).toList(), states()));
    }

    /// Told what a shard gives as it is computed.
    private interface Progress {

        /// @param number the gradient that is complete; −1 before the first, when all else is
        void complete(ShardSum sum, int number);
    }

    private ShardSum learn(VirtualShard shard, Progress progress) {
        if (shard.count() == 0) {
            ShardSum nothing = buffer();
            nothing.clear(engine);
            for (int number = -1; number < numberOf.size(); number++) {
                progress.complete(nothing, number);
            }
            return nothing;
        }
        restoreStates();
        BatchPlan plan = compute(shard);
        ShardSum sum = onPlan(plan);
        Tally tally = new Tally();
        plan.tally(tally);
        sum.note(tally.sums());
        int at = numberOf.size();
        for (Tensor state : states()) {
            Tensor part = sum.numbers().get(at++);
            part.copyFrom(state);
            scale(part, shard.count());
        }
        progress.complete(sum, -1);
        plan.backward(parameter -> progress.complete(sum, numberOf.getOrDefault(parameter, -1)));
        return sum;
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
        int at = numberOf.size();
        for (Tensor state : states()) {
            state.copyFrom(total.numbers().get(at++));
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
        Gradients gradients = share.gradients(updated, total.numbers());
        if (divisor != 1) {
            for (Parameter parameter : updated) {
                scale(gradients.of(parameter), divisor == 0 ? 0 : 1 / divisor);
            }
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
        BatchPlan plan = plan(config.batchSize() / tree.shards());
        ShardSum onPlan = onPlan(plan);
        if (onPlan != total) {
            onPlan.copyFrom(total);
        }
        return postMortem(plan, new int[0]).ofGradients();
    }

    private PostMortem postMortem(BatchPlan plan, int[] rows) {
        return new PostMortem(engine, model, plan, rows);
    }
}
