package org.manabi.spark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import java.util.function.BinaryOperator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.manabi.tensor.Tensor;
import org.manabi.train.ShardFold;
import org.manabi.train.ShardGroup;
import org.manabi.train.ShardSum;
import org.manabi.train.ShardTree;
import org.manabi.train.ShardTree.Node;
import org.manabi.train.UpdateShare;

/// Adds up the shards of all replicas over a [Mesh]. Every tensor is cut in as many parts as there are
/// replicas ([UpdateShare]). Each replica sends every other its sums of that one's part as soon as the
/// backward pass has them, and adds its own part in the order of the [ShardTree]. Then either it sends
/// the total to all, or, with sharded optimizer state, it updates its part of the weights and sends
/// those. With R replicas and n numbers it sends `2·n·(R − 1)/R` numbers a round when its shards are
/// one node of the tree.
///
/// Replica r of R has the shards `⌊r·v/R⌋ … ⌊(r+1)·v/R⌋ − 1` of v. Cutting tensors changes no sum, so
/// the result is that of one machine.
final class Exchange implements ShardGroup {

    private final Mesh mesh;
    private final int replicas;
    private final boolean sharded;
    private final ShardTree tree;
    private final int samples;
    private final Wire outgoing = new Wire();
    private final Wire incoming = new Wire();
    private @Nullable Reduction reduction;
    private long rounds;
    private long nanoseconds;

    /// @param sharded whether each replica updates its part of the parameters only
    Exchange(Mesh mesh, int replicas, boolean sharded, int shards, int samples) {
        this.mesh = mesh;
        this.replicas = replicas;
        this.sharded = sharded;
        this.tree = new ShardTree(shards);
        this.samples = samples;
    }

    static int first(int rank, int replicas, int shards) {
        return (int) ((long) rank * shards / replicas);
    }

    /// The nodes of the tree that a replica sums by itself.
    List<Node> cover(int rank) {
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

    @Override
    public UpdateShare share() {
        return sharded ? part(mesh.rank()) : UpdateShare.WHOLE;
    }

    UpdateShare part(int rank) {
        return new UpdateShare(rank, replicas);
    }

    int rank() {
        return mesh.rank();
    }

    int replicas() {
        return replicas;
    }

    Mesh mesh() {
        return mesh;
    }

    Wire outgoing() {
        return outgoing;
    }

    Wire incoming() {
        return incoming;
    }

    /// The rank that is so many behind this one, around the circle.
    int around(int distance) {
        return Math.floorMod(mesh.rank() + distance, replicas);
    }

    <V> ShardFold<V> fold(BinaryOperator<V> sum) {
        return new ShardFold<>(tree, sum);
    }

    /// How many chunks the largest part of a tensor has.
    int chunks(int size) {
        return IntStream.range(0, replicas)
                .map(rank -> Math.ceilDiv(part(rank).end(size) - part(rank).from(size), Wire.CHUNK))
                .max()
                .orElseThrow();
    }

    @Override
    public Meeting begin(ShardFold<ShardSum> own) {
        rounds++;
        List<ShardSum> sums = new ArrayList<>();
        own.forEach((node, sum) -> sums.add(sum));
        Reduction known = reduction;
        if (known == null) {
            known = new Reduction(this, sums.getFirst());
            reduction = known;
        }
        Reduction now = known;
        now.begin(sums);
        return new Meeting() {
            @Override
            public void ready(int tensor) {
                now.ready(tensor);
            }

            @Override
            public ShardSum total() {
                return Exchange.this.total(now);
            }
        };
    }

    /// @throws UncheckedIOException if another replica was lost
    private ShardSum total(Reduction now) {
        long begin = System.nanoTime();
        try {
            ShardSum total = now.total();
            if (!sharded) {
                exchangeParts(total.numbers());
            }
            return total;
        } catch (IOException e) {
            throw new UncheckedIOException(e.getMessage(), e);
        } finally {
            nanoseconds += System.nanoTime() - begin;
        }
    }

    /// @throws UncheckedIOException if another replica was lost
    @Override
    public void gather(List<Tensor> tensors) {
        long begin = System.nanoTime();
        try {
            exchangeParts(tensors);
        } catch (IOException e) {
            throw new UncheckedIOException(e.getMessage(), e);
        } finally {
            nanoseconds += System.nanoTime() - begin;
        }
    }

    private void exchangeParts(List<Tensor> tensors) throws IOException {
        if (replicas > 1) {
            Future<?> sending = mesh.begin(() -> sendParts(tensors));
            Future<?> receiving = mesh.begin(() -> receiveParts(tensors));
            mesh.await(sending);
            mesh.await(receiving);
        }
    }

    private void sendParts(List<Tensor> tensors) throws IOException {
        for (Tensor tensor : tensors) {
            int size = tensor.size();
            int end = part(mesh.rank()).end(size);
            int from = part(mesh.rank()).from(size);
            for (int at = from; end - from < size && at < end; at += Wire.CHUNK) {
                int count = Math.min(Wire.CHUNK, end - at);
                for (int k = 1; k < replicas; k++) {
                    mesh.peer(around(k)).send(outgoing.of(tensor, at, count));
                    mesh.progressed();
                }
            }
        }
    }

    private void receiveParts(List<Tensor> tensors) throws IOException {
        for (Tensor tensor : tensors) {
            int size = tensor.size();
            for (int chunk = 0; size > UpdateShare.SMALL && chunk < chunks(size); chunk++) {
                for (int k = 1; k < replicas; k++) {
                    UpdateShare theirs = part(around(-k));
                    int at = theirs.from(size) + chunk * Wire.CHUNK;
                    int count = Math.min(Wire.CHUNK, theirs.end(size) - at);
                    if (count > 0) {
                        mesh.peer(around(-k)).receive(incoming.room(tensor, count));
                        incoming.into(tensor, at, count);
                        mesh.progressed();
                    }
                }
            }
        }
    }

    /// Lets the first replica wait until all others have come here.
    void tellFirst() throws IOException {
        if (mesh.rank() > 0) {
            mesh.peer(0).send(outgoing.of(new double[1]));
            return;
        }
        for (int other = 1; other < replicas; other++) {
            int from = other;
            mesh.await(mesh.begin(() -> mesh.peer(from).receive(incoming.room(1))));
        }
    }

    /// How many mini-batches were added up.
    long rounds() {
        return rounds;
    }

    /// The bytes of numbers that this replica has sent.
    long bytesSent() {
        return mesh.sent();
    }

    /// The time that computing stood still for it, waiting for others among it.
    double seconds() {
        return nanoseconds / 1e9;
    }
}
