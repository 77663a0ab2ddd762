package org.manabi.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.manabi.data.Dataset;
import org.manabi.tensor.Engine;
import org.manabi.tensor.Tensor;
import org.manabi.train.ShardTree.Node;

/// Replicas in threads of this process, which meet at a barrier.
final class MeetingReplicas {

    private final int replicas;
    private final int shards;
    private final int samples;
    private final boolean sharded;
    private final Map<Integer, List<Tensor>> changed = new ConcurrentHashMap<>();
    private final CyclicBarrier barrier;
    private final List<Part> parts = new ArrayList<>();

    private record Part(Node node, ShardSum sum) {}

    /// @param sharded whether each updates a part of the parameters
    MeetingReplicas(int replicas, int shards, int samples, boolean sharded) {
        this.sharded = sharded;
        this.replicas = replicas;
        this.shards = shards;
        this.samples = samples;
        barrier = new CyclicBarrier(replicas);
    }

    /// What each replica makes of its group.
    <R> List<R> run(Function<ShardGroup, R> replica) throws Exception {
        try (ExecutorService threads = Executors.newFixedThreadPool(replicas)) {
            List<Future<R>> results =
                    IntStream.range(0, replicas)
                            .mapToObj(rank -> threads.submit(() -> replica.apply(group(rank))))
                            .toList();
            List<R> values = new ArrayList<>();
            for (Future<R> result : results) {
                values.add(result.get());
            }
            return values;
        } catch (ExecutionException e) {
            throw new AssertionError(e.getCause());
        }
    }

    /// The samples of a group's shards.
    static Dataset part(Dataset data, ShardGroup group, int shards) {
        int first = ShardGroup.cut(data.size(), shards, group.first());
        int end = ShardGroup.cut(data.size(), shards, group.end());
        return data.select(IntStream.range(first, end).toArray());
    }

    private ShardGroup group(int rank) {
        return new ShardGroup() {
            @Override
            public int first() {
                return rank * shards / replicas;
            }

            @Override
            public int end() {
                return (rank + 1) * shards / replicas;
            }

            @Override
            public int samples() {
                return samples;
            }

            @Override
            public UpdateShare share() {
                return sharded ? new UpdateShare(rank, replicas) : UpdateShare.WHOLE;
            }

            @Override
            public Meeting begin(ShardFold<ShardSum> own) {
                Set<Integer> ready = new HashSet<>();
                return new Meeting() {
                    @Override
                    public void ready(int tensor) {
                        assertThat(ready.add(tensor)).isTrue();
                    }

                    @Override
                    public ShardSum total() {
                        own.forEach((node, sum) -> assertThat(ready).hasSize(sum.numbers().size()));
                        return sum(own);
                    }
                };
            }

            private ShardSum sum(ShardFold<ShardSum> own) {
                synchronized (parts) {
                    own.forEach((node, sum) -> parts.add(new Part(node, copy(sum))));
                }
                await();
                ShardFold<ShardSum> all =
                        new ShardFold<>(
                                new ShardTree(shards),
                                (left, right) -> left.add(Engine.serial(), right));
                synchronized (parts) {
                    parts.stream()
                            .sorted(Comparator.comparingInt(part -> part.node().first()))
                            .forEach(part -> all.add(part.node(), copy(part.sum())));
                }
                ShardSum total = all.total();
                if (await() == 0) {
                    parts.clear();
                }
                await();
                total.numbers().forEach(this::spoil);
                return total;
            }

            // What other replicas update is not summed here.
            private void spoil(Tensor gradient) {
                int size = gradient.size();
                for (int i = 0; i < size; i++) {
                    if (i < share().from(size) || i >= share().end(size)) {
                        gradient.setFromDouble(i, Double.NaN);
                    }
                }
            }

            @Override
            public void gather(List<Tensor> tensors) {
                changed.put(rank, tensors);
                await();
                List<Tensor> gathered = tensors.stream().map(Tensor::copy).toList();
                for (int other = 0; other < replicas; other++) {
                    for (int t = 0; t < gathered.size(); t++) {
                        int size = gathered.get(t).size();
                        UpdateShare part = new UpdateShare(other, replicas);
                        Tensor from = Objects.requireNonNull(changed.get(other)).get(t);
                        for (int i = part.from(size); i < part.end(size); i++) {
                            gathered.get(t).setFromDouble(i, from.getAsDouble(i));
                        }
                    }
                }
                await();
                for (int t = 0; t < gathered.size(); t++) {
                    tensors.get(t).copyFrom(gathered.get(t));
                }
            }
        };
    }

    private static ShardSum copy(ShardSum sum) {
        ShardSum copy = ShardSum.zeros(sum.numbers());
        copy.copyFrom(sum);
        return copy;
    }

    private int await() {
        try {
            return barrier.await();
        } catch (InterruptedException | BrokenBarrierException e) {
            throw new IllegalStateException("a replica failed", e);
        }
    }
}
