package org.manabi.spark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import org.manabi.tensor.Engine;
import org.manabi.tensor.Shape;
import org.manabi.tensor.Tensor;
import org.manabi.train.ShardFold;
import org.manabi.train.ShardGroup;
import org.manabi.train.ShardSum;
import org.manabi.train.ShardTree;
import org.manabi.train.ShardTree.Node;

/// Adds up the shards of all replicas over a [Mesh]. The numbers are cut in as many segments as there
/// are replicas. Each replica sends every other its sums of that one's segment, adds its own segment
/// in the order of the [ShardTree], and sends the total to all: with R replicas and n numbers it sends
/// `2·n·(R − 1)/R` numbers a round when its shards are one node of the tree.
///
/// Replica r of R has the shards `⌊r·v/R⌋ … ⌊(r+1)·v/R⌋ − 1` of v. Cutting numbers in segments changes
/// no sum, so the result is that of one machine.
final class Exchange implements ShardGroup {

    private final Mesh mesh;
    private final int replicas;
    private final ShardTree tree;
    private final int samples;
    private final Engine engine = Engine.serial();
    private final List<List<Tensor>> received = new ArrayList<>();
    private long rounds;
    private long nanoseconds;

    Exchange(Mesh mesh, int replicas, int shards, int samples) {
        this.mesh = mesh;
        this.replicas = replicas;
        this.tree = new ShardTree(shards);
        this.samples = samples;
    }

    static int first(int rank, int replicas, int shards) {
        return (int) ((long) rank * shards / replicas);
    }

    private List<Node> cover(int rank) {
        return tree.cover(
                first(rank, replicas, tree.shards()), first(rank + 1, replicas, tree.shards()));
    }

    @Override
    public int first() {
        return first(mesh.rank(), replicas, tree.shards());
    }

    @Override
    public int end() {
        return first(mesh.rank() + 1, replicas, tree.shards());
    }

    @Override
    public int samples() {
        return samples;
    }

    /// @throws UncheckedIOException if another replica was lost
    @Override
    public void sum(ShardFold<ShardSum> own, ShardSum total) {
        long begin = System.nanoTime();
        try {
            List<ShardSum> sums = new ArrayList<>();
            own.forEach((node, sum) -> sums.add(sum));
            exchange(sums, total);
        } catch (IOException e) {
            throw new UncheckedIOException(e.getMessage(), e);
        }
        rounds++;
        nanoseconds += System.nanoTime() - begin;
    }

    private void exchange(List<ShardSum> own, ShardSum total) throws IOException {
        Tensor numbers = total.numbers();
        int size = numbers.size();
        int from = segment(size, mesh.rank());
        int count = segment(size, mesh.rank() + 1) - from;
        prepare(numbers, count);
        List<List<double[]>> figures = new ArrayList<>();
        for (int rank = 0; rank < replicas; rank++) {
            figures.add(new ArrayList<>());
        }
        List<Future<?>> sending = mesh.withAll((other, peer) -> send(own, other, peer, size));
        Mesh.await(mesh.withAll((other, peer) -> receive(other, peer, figures.get(other), count)));
        Mesh.await(sending);
        for (ShardSum sum : own) {
            figures.get(mesh.rank()).add(sum.figures());
        }
        addSegment(own, numbers, from, count);
        addFigures(figures, total);
        sending =
                mesh.withAll(
                        (other, peer) -> {
                            peer.send(numbers, from, count);
                            peer.flush();
                        });
        Mesh.await(
                mesh.withAll(
                        (other, peer) -> {
                            int first = segment(size, other);
                            peer.receive(numbers, first, segment(size, other + 1) - first);
                        }));
        Mesh.await(sending);
    }

    private int segment(int size, int rank) {
        return (int) ((long) size * rank / replicas);
    }

    /// Lays out the buffers of what others send, once.
    private void prepare(Tensor like, int count) {
        if (received.isEmpty()) {
            for (int rank = 0; rank < replicas; rank++) {
                List<Tensor> buffers = new ArrayList<>();
                if (rank != mesh.rank()) {
                    cover(rank)
                            .forEach(
                                    node ->
                                            buffers.add(
                                                    Tensor.zeros(like.dtype(), Shape.of(count))));
                }
                received.add(buffers);
            }
        }
    }

    private void send(List<ShardSum> own, int other, Peer peer, int size) throws IOException {
        int first = segment(size, other);
        for (ShardSum sum : own) {
            peer.send(sum.figures());
            peer.send(sum.numbers(), first, segment(size, other + 1) - first);
        }
        peer.flush();
    }

    private void receive(int other, Peer peer, List<double[]> figures, int count)
            throws IOException {
        for (Tensor buffer : received.get(other)) {
            double[] four = new double[4];
            peer.receive(four);
            figures.add(four);
            peer.receive(buffer, 0, count);
        }
    }

    private void addSegment(List<ShardSum> own, Tensor numbers, int from, int count) {
        ShardFold<Tensor> fold =
                new ShardFold<>(
                        tree,
                        (left, right) -> {
                            engine.add(right, left);
                            return left;
                        });
        for (int rank = 0; rank < replicas; rank++) {
            List<Node> nodes = cover(rank);
            for (int i = 0; i < nodes.size(); i++) {
                fold.add(
                        nodes.get(i),
                        rank == mesh.rank()
                                ? own.get(i).numbers().rows(from, count)
                                : received.get(rank).get(i));
            }
        }
        numbers.rows(from, count).copyFrom(fold.total());
    }

    private void addFigures(List<List<double[]>> figures, ShardSum total) {
        ShardFold<double[]> fold =
                new ShardFold<>(
                        tree,
                        (left, right) -> {
                            double[] sum = left.clone();
                            for (int i = 0; i < sum.length; i++) {
                                sum[i] += right[i];
                            }
                            return sum;
                        });
        for (int rank = 0; rank < replicas; rank++) {
            List<Node> nodes = cover(rank);
            for (int i = 0; i < nodes.size(); i++) {
                fold.add(nodes.get(i), figures.get(rank).get(i));
            }
        }
        System.arraycopy(fold.total(), 0, total.figures(), 0, total.figures().length);
    }

    /// How many mini-batches were added up.
    long rounds() {
        return rounds;
    }

    /// The bytes of numbers that this replica has sent.
    long bytesSent() {
        return mesh.sent();
    }

    /// The time spent on it, waiting for others among it.
    double seconds() {
        return nanoseconds / 1e9;
    }
}
