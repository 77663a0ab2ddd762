package org.manabi.data;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.manabi.tensor.Checks;
import org.manabi.tensor.Engine;
import org.manabi.tensor.Shape;
import org.manabi.tensor.Tensor;

/// Inputs outside the memory. What is kept of each is its place, of four bytes.
final class StreamedInputs implements Inputs {

    private final StoredRows store;
    private final Shape sample;

    /// The places of those that were chosen; `null` for all.
    private final int @Nullable [] chosen;

    private final int count;
    private final Staging staging = new Staging();

    private StreamedInputs(StoredRows store, Shape sample, int @Nullable [] chosen, int count) {
        this.store = store;
        this.sample = sample;
        this.chosen = chosen;
        this.count = count;
    }

    static StreamedInputs all(StoredRows store) {
        return new StreamedInputs(store, store.shape().tail(), null, store.shape().dim(0));
    }

    /// Where elements wait that are to be converted, kept from batch to batch.
    private static final class Staging {

        private @Nullable Tensor rows;
        private int[] places = new int[0];
        private int[] order = new int[0];

        Tensor rows(StoredRows store, int count) {
            Tensor kept = rows;
            if (kept == null || kept.shape().dim(0) < count) {
                kept = Tensor.zeros(store.dtype(), store.shape().tail().prepend(count));
                rows = kept;
            }
            return kept.rows(0, count);
        }

        int[] places(int count) {
            if (places.length < count) {
                places = new int[count];
            }
            return places;
        }

        int[] order(int count) {
            if (order.length < count) {
                order = IntStream.range(0, count).toArray();
            }
            return order;
        }
    }

    int[] places() {
        return chosen == null ? IntStream.range(0, count).toArray() : chosen.clone();
    }

    Inputs read() {
        Tensor all = Tensor.zeros(store.dtype(), store.shape().tail().prepend(count));
        store.read(places(), 0, count, all);
        return new HeldInputs(all.reshape(shape()));
    }

    @Override
    public Shape shape() {
        return sample.prepend(count);
    }

    @Override
    public Tensor tensor() {
        throw new IllegalStateException(
                "the inputs are read as they are needed and are never all in memory; gather some");
    }

    @Override
    public Inputs reshaped(Shape other) {
        Checks.require(
                other.size() == sample.size(),
                "samples of %s cannot become samples of %s",
                sample,
                other);
        return new StreamedInputs(store, other, chosen, count);
    }

    @Override
    public Inputs select(int[] rows) {
        int[] places = new int[rows.length];
        for (int i = 0; i < rows.length; i++) {
            places[i] = chosen == null ? rows[i] : chosen[rows[i]];
        }
        return new StreamedInputs(store, sample, places, rows.length);
    }

    @Override
    public Inputs first(int wanted) {
        Checks.require(
                wanted >= 0 && wanted <= count, "there are only %d samples, not %d", count, wanted);
        return chosen == null
                ? select(IntStream.range(0, wanted).toArray())
                : new StreamedInputs(store, sample, Arrays.copyOf(chosen, wanted), wanted);
    }

    @Override
    public void gather(
            Engine engine, double divisor, int[] rows, int from, int size, Tensor batch) {
        synchronized (staging) {
            int[] places = rows;
            int first = from;
            if (chosen != null) {
                places = staging.places(size);
                first = 0;
                for (int i = 0; i < size; i++) {
                    places[i] = chosen[rows[from + i]];
                }
            }
            if (divisor == 1 && batch.dtype() == store.dtype()) {
                store.read(places, first, size, batch);
            } else {
                Tensor read = staging.rows(store, size);
                store.read(places, first, size, read);
                Gather.rows(engine, read, divisor, staging.order(size), 0, size, batch);
            }
        }
    }

    @Override
    public void prefetch(int[] rows, int from, int size) {
        int[] places = new int[size];
        for (int i = 0; i < size; i++) {
            places[i] = chosen == null ? rows[from + i] : chosen[rows[from + i]];
        }
        store.prefetch(places, 0, size);
    }
}
