package org.manabi.train;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.manabi.data.Dataset;
import org.manabi.tensor.Engine;
import org.manabi.train.ShardTree.Node;

/// Replicas in threads of this process, which meet at a barrier.
final class MeetingReplicas {

    private final int replicas;
    private final int shards;
    private final int samples;
    private final CyclicBarrier barrier;
    private final List<Part> parts = new ArrayList<>();

    private record Part(Node node, ShardSum sum) {}

    MeetingReplicas(int replicas, int shards, int samples) {
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
            public void sum(ShardFold<ShardSum> own, ShardSum total) {
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
                total.copyFrom(all.total());
                if (await() == 0) {
                    parts.clear();
                }
                await();
            }
        };
    }

    private static ShardSum copy(ShardSum sum) {
        ShardSum copy = new ShardSum(sum.numbers().dtype(), sum.numbers().size());
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
