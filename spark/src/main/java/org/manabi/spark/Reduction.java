package org.manabi.spark;

import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.manabi.tensor.Engine;
import org.manabi.tensor.Shape;
import org.manabi.tensor.Tensor;
import org.manabi.train.ShardFold;
import org.manabi.train.ShardSum;
import org.manabi.train.ShardTree.Node;
import org.manabi.train.UpdateShare;

/// The first half of an [Exchange]: each replica comes to the total of its part of every tensor, and of
/// small tensors and figures as a whole. It runs beside the backward pass, from the last tensor to the
/// first, which is about the order in which gradients become complete. Any order gives the same bits;
/// that all replicas have the same one keeps them from waiting for each other for ever.
final class Reduction {

    private static final int FIGURES = 4;

    private final Exchange exchange;
    private final Mesh mesh;
    private final Engine engine = Engine.serial();
    private final int own;
    private final int replicas;

    /// What others send, by rank and node, a chunk of each.
    private final List<List<Tensor>> received = new ArrayList<>();

    /// Totals of small tensors, whose parts are still to be sent when they are known.
    private final List<Tensor> small = new ArrayList<>();

    private final List<List<double[]>> figures = new ArrayList<>();
    private final BitSet ready = new BitSet();
    private List<ShardSum> sums = List.of();
    private @Nullable Future<?> sending;
    private @Nullable Future<?> receiving;

    Reduction(Exchange exchange, ShardSum like) {
        this.exchange = exchange;
        mesh = exchange.mesh();
        own = exchange.rank();
        replicas = exchange.replicas();
        for (int rank = 0; rank < replicas; rank++) {
            List<Tensor> chunks = new ArrayList<>();
            if (rank != own) {
                exchange.cover(rank)
                        .forEach(
                                node ->
                                        chunks.add(
                                                Tensor.zeros(
                                                        like.numbers().getFirst().dtype(),
                                                        Shape.of(Wire.CHUNK))));
            }
            received.add(chunks);
            figures.add(List.of());
        }
        for (Tensor tensor : like.numbers()) {
            int size = tensor.size() <= UpdateShare.SMALL ? tensor.size() : 0;
            small.add(Tensor.zeros(tensor.dtype(), Shape.of(size)));
        }
    }

    /// Begins with these sums, whose figures are complete.
    void begin(List<ShardSum> next) {
        sums = List.copyOf(next);
        synchronized (ready) {
            ready.clear();
        }
        if (replicas > 1) {
            sending = mesh.begin(this::send);
            receiving = mesh.begin(this::receive);
        }
    }

    void ready(int tensor) {
        synchronized (ready) {
            ready.set(tensor);
            ready.notifyAll();
        }
    }

    private void awaitReady(int tensor) throws InterruptedException {
        synchronized (ready) {
            while (!ready.get(tensor)) {
                ready.wait();
            }
        }
    }

    private void send() throws IOException, InterruptedException {
        for (int k = 1; k < replicas; k++) {
            for (ShardSum sum : sums) {
                mesh.peer(exchange.around(k)).send(exchange.outgoing().of(sum.figures()));
            }
        }
        for (int tensor = small.size() - 1; tensor >= 0; tensor--) {
            awaitReady(tensor);
            int size = sums.getFirst().numbers().get(tensor).size();
            for (int chunk = 0; chunk < exchange.chunks(size); chunk++) {
                for (int k = 1; k < replicas; k++) {
                    send(exchange.around(k), tensor, chunk);
                }
            }
        }
    }

    private void send(int other, int tensor, int chunk) throws IOException {
        int size = sums.getFirst().numbers().get(tensor).size();
        UpdateShare theirs = exchange.part(other);
        int at = theirs.from(size) + chunk * Wire.CHUNK;
        int count = Math.min(Wire.CHUNK, theirs.end(size) - at);
        if (count > 0) {
            for (ShardSum sum : sums) {
                Tensor numbers = sum.numbers().get(tensor);
                mesh.peer(other).send(exchange.outgoing().of(numbers, at, count));
                mesh.progressed();
            }
        }
    }

    private void receive() throws IOException, InterruptedException {
        figures.set(own, sums.stream().map(ShardSum::figures).toList());
        for (int k = 1; k < replicas; k++) {
            int other = exchange.around(-k);
            List<double[]> theirs = new ArrayList<>();
            for (int node = 0; node < received.get(other).size(); node++) {
                mesh.peer(other).receive(exchange.incoming().room(FIGURES));
                theirs.add(exchange.incoming().numbers(FIGURES));
            }
            figures.set(other, theirs);
        }
        UpdateShare part = exchange.part(own);
        for (int tensor = small.size() - 1; tensor >= 0; tensor--) {
            int size = sums.getFirst().numbers().get(tensor).size();
            int end = part.end(size);
            for (int at = part.from(size); at < end; at += Wire.CHUNK) {
                int count = Math.min(Wire.CHUNK, end - at);
                receive(count);
                awaitReady(tensor);
                Tensor total = add(tensor, at, count);
                Tensor target =
                        size <= UpdateShare.SMALL
                                ? small.get(tensor)
                                : sums.getFirst().numbers().get(tensor).rows(at, count);
                target.copyFrom(total);
            }
        }
    }

    /// Receives a chunk of every other replica's sums.
    private void receive(int count) throws IOException {
        for (int k = 1; k < replicas; k++) {
            int other = exchange.around(-k);
            for (Tensor chunk : received.get(other)) {
                mesh.peer(other).receive(exchange.incoming().room(chunk, count));
                exchange.incoming().into(chunk, 0, count);
                mesh.progressed();
            }
        }
    }

    private Tensor add(int tensor, int at, int count) {
        ShardFold<Tensor> fold =
                exchange.fold(
                        (left, right) -> {
                            engine.add(right, left);
                            return left;
                        });
        for (int rank = 0; rank < replicas; rank++) {
            List<Node> nodes = exchange.cover(rank);
            for (int i = 0; i < nodes.size(); i++) {
                fold.add(nodes.get(i), addend(rank, i, tensor, at, count));
            }
        }
        return fold.total();
    }

    /// What a replica gives. Small tensors are still to be sent as they are, so a copy is added to.
    private Tensor addend(int rank, int node, int tensor, int at, int count) {
        if (rank != own) {
            return received.get(rank).get(node).rows(0, count);
        }
        Tensor numbers = sums.get(node).numbers().get(tensor);
        return numbers.size() <= UpdateShare.SMALL ? numbers.copy() : numbers.rows(at, count);
    }

    /// The first of the own sums, with what has been added up.
    ShardSum total() throws IOException {
        ShardSum total = sums.getFirst();
        if (replicas == 1) {
            return total;
        }
        mesh.await(Objects.requireNonNull(sending));
        mesh.await(Objects.requireNonNull(receiving));
        for (int tensor = 0; tensor < small.size(); tensor++) {
            if (small.get(tensor).size() > 0) {
                total.numbers().get(tensor).copyFrom(small.get(tensor));
            }
        }
        ShardFold<double[]> fold =
                exchange.fold(
                        (left, right) -> {
                            double[] sum = left.clone();
                            for (int i = 0; i < sum.length; i++) {
                                sum[i] += right[i];
                            }
                            return sum;
                        });
        for (int rank = 0; rank < replicas; rank++) {
            List<Node> nodes = exchange.cover(rank);
            for (int i = 0; i < nodes.size(); i++) {
                fold.add(nodes.get(i), figures.get(rank).get(i));
            }
        }
        System.arraycopy(fold.total(), 0, total.figures(), 0, FIGURES);
        return total;
    }
}
