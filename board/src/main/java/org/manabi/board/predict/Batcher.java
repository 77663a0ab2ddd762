package org.manabi.board.predict;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.manabi.board.web.HttpFault;
import org.manabi.formats.model.SavedModel;
import org.manabi.tensor.DoubleTensor;
import org.manabi.tensor.Engine;
import org.manabi.tensor.FloatTensor;
import org.manabi.tensor.Tensor;
import org.manabi.train.ClassProbabilities;
import org.manabi.train.Predictor;

/// Predicts samples of many requests together. One thread takes whatever waits, up to a batch, and
/// waits for nobody: a lone request is computed at once, and the busier the server is, the larger
/// the batches become. A sample's result does not depend on its batch.
final class Batcher implements AutoCloseable {

    static final int MAX_BATCH = 64;

    private static final int MAX_WAITING = 4_096;
    private static final int PATIENCE_SECONDS = 30;

    private final SavedModel saved;
    private final ServiceMetrics metrics;
    private final int inputs;
    private final int outputs;
    private final Engine engine;
    private final ClassProbabilities toProbabilities;
    private final BlockingQueue<Job> waiting = new ArrayBlockingQueue<>(MAX_WAITING);
    private final Map<Integer, Predictor> predictors = new HashMap<>();
    private final Thread thread;
    private volatile boolean closed;
    private @Nullable Job begun;
    private int begunRows;

    Batcher(SavedModel saved, int threads, ServiceMetrics metrics) {
        this.saved = saved;
        this.metrics = metrics;
        this.engine = Engine.of(threads);
        this.toProbabilities = new ClassProbabilities(engine, saved.model().kind());
        this.inputs = saved.model().network().sampleShape().size();
        this.outputs = saved.model().network().outputShape().size();
        this.thread = Thread.ofPlatform().daemon().name("manabi-batcher").start(this::work);
    }

    /// Some samples of one request.
    private static final class Job {

        private final double[] samples;
        private final int rows;
        private final double[] results;
        private final CompletableFuture<double[]> done = new CompletableFuture<>();

        Job(double[] samples, int rows, int outputs) {
            this.samples = samples;
            this.rows = rows;
            this.results = new double[rows * outputs];
        }
    }

    /// A part of a job that is computed in a batch.
    private record Slice(Job job, int first, int count) {}

    int inputs() {
        return inputs;
    }

    int outputs() {
        return outputs;
    }

    /// How many requests wait.
    int queued() {
        return waiting.size();
    }

    /// What the model gives: probabilities for classifiers, else its outputs, row by row.
    ///
    /// @param samples rows of stored numbers, before the divisor
    /// @throws HttpFault with 503 if too many requests wait, or the service ends
    double[] predict(double... samples) throws InterruptedException {
        Job job = new Job(samples, samples.length / inputs, outputs);
        if (closed || !waiting.offer(job)) {
            throw new HttpFault(503, "too many requests wait; try again in a moment");
        }
        try {
            return job.done.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new HttpFault(503, "the answer took too long; try again in a moment");
        } catch (ExecutionException e) {
            throw new IllegalStateException("the prediction failed", e.getCause());
        }
    }

    private void work() {
        while (!closed) {
            List<Slice> batch = List.of();
            try {
                batch = next();
                compute(batch);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            } catch (RuntimeException e) {
                batch.forEach(slice -> slice.job().done.completeExceptionally(e));
            }
        }
    }

    /// Waits for samples, then takes all that are there, up to a batch.
    private List<Slice> next() throws InterruptedException {
        List<Slice> batch = new ArrayList<>();
        int room = MAX_BATCH;
        while (room > 0) {
            Job job = begun;
            if (job == null) {
                job = batch.isEmpty() ? waiting.take() : waiting.poll();
                begunRows = 0;
            }
            if (job == null) {
                break;
            }
            int count = Math.min(room, job.rows - begunRows);
            batch.add(new Slice(job, begunRows, count));
            room -= count;
            begunRows += count;
            begun = begunRows < job.rows ? job : null;
        }
        return batch;
    }

    private void compute(List<Slice> batch) {
        int rows = batch.stream().mapToInt(Slice::count).sum();
        metrics.batch(rows);
        int size = Integer.highestOneBit(Math.max(1, 2 * rows - 1)); // the next power of two
        Predictor predictor =
                predictors.computeIfAbsent(
                        size, count -> new Predictor(engine, saved.model(), count));
        int at = 0;
        for (Slice slice : batch) {
            load(slice, predictor.inputs(), at);
            at += slice.count();
        }
        Tensor results = toProbabilities.of(predictor.run());
        at = 0;
        for (Slice slice : batch) {
            for (int i = 0; i < slice.count() * outputs; i++) {
                slice.job().results[slice.first() * outputs + i] =
                        results.getAsDouble(at * outputs + i);
            }
            at += slice.count();
            if (slice.first() + slice.count() == slice.job().rows) {
                slice.job().done.complete(slice.job().results);
            }
        }
    }

    private void load(Slice slice, Tensor batch, int row) {
        double divisor = saved.card().divisor();
        double[] from = slice.job().samples;
        int start = slice.first() * inputs;
        int count = slice.count() * inputs;
        switch (batch) {
            case FloatTensor floats -> {
                float[] to = floats.array();
                int at = floats.offset() + row * inputs;
                for (int i = 0; i < count; i++) {
                    to[at + i] = (float) (from[start + i] / divisor);
                }
            }
            case DoubleTensor doubles -> {
                double[] to = doubles.array();
                int at = doubles.offset() + row * inputs;
                for (int i = 0; i < count; i++) {
                    to[at + i] = from[start + i] / divisor;
                }
            }
            default -> throw new IllegalStateException("a network computes in floating point");
        }
    }

    @Override
    @SuppressWarnings("Interruption") // the thread is this object's own
    public void close() {
        closed = true;
        thread.interrupt();
        for (Job job = waiting.poll(); job != null; job = waiting.poll()) {
            job.done.completeExceptionally(new IllegalStateException("the service has ended"));
        }
    }
}
