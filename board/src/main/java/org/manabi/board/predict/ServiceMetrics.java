package org.manabi.board.predict;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.DoubleAdder;
import java.util.concurrent.atomic.LongAdder;

/// What the service counts, as Prometheus reads it.
///
/// Source: *Prometheus exposition formats*, text-based format 0.0.4.
final class ServiceMetrics {

    private static final double[] SECONDS = {
        0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1, 5
    };
    private static final double[] ROWS = {1, 2, 4, 8, 16, 32, 64};

    private final Map<Integer, LongAdder> requests = new ConcurrentSkipListMap<>();
    private final Buckets seconds = new Buckets(SECONDS);
    private final Buckets batches = new Buckets(ROWS);

    /// A histogram of Prometheus.
    private static final class Buckets {

        private final double[] bounds;
        private final LongAdder[] counts;
        private final DoubleAdder sum = new DoubleAdder();

        Buckets(double... bounds) {
            this.bounds = bounds;
            this.counts = new LongAdder[bounds.length + 1];
            for (int i = 0; i < counts.length; i++) {
                counts[i] = new LongAdder();
            }
        }

        void add(double value) {
            int at = 0;
            while (at < bounds.length && value > bounds[at]) {
                at++;
            }
            counts[at].increment();
            sum.add(value);
        }

        void write(StringBuilder out, String name, String help) {
            out.append("# HELP ").append(name).append(' ').append(help).append('\n');
            out.append("# TYPE ").append(name).append(" histogram\n");
            long total = 0;
            for (int i = 0; i < counts.length; i++) {
                total += counts[i].sum();
                String bound = i < bounds.length ? Double.toString(bounds[i]) : "+Inf";
                out.append(name)
                        .append("_bucket{le=\"")
                        .append(bound)
                        .append("\"} ")
                        .append(total)
                        .append('\n');
            }
            out.append(name).append("_sum ").append(sum.sum()).append('\n');
            out.append(name).append("_count ").append(total).append('\n');
        }
    }

    /// A request for a prediction was answered.
    void request(int status, long nanoseconds) {
        requests.computeIfAbsent(status, _ -> new LongAdder()).increment();
        seconds.add(nanoseconds / 1e9);
    }

    /// Samples were computed together.
    void batch(int rows) {
        batches.add(rows);
    }

    String text(int queued) {
        StringBuilder out = new StringBuilder();
        out.append("# HELP manabi_requests_total Requests for predictions, by status.\n");
        out.append("# TYPE manabi_requests_total counter\n");
        new TreeMap<>(requests)
                .forEach(
                        (status, count) ->
                                out.append("manabi_requests_total{status=\"")
                                        .append(status)
                                        .append("\"} ")
                                        .append(count.sum())
                                        .append('\n'));
        seconds.write(out, "manabi_request_seconds", "Time to answer a request for predictions.");
        batches.write(out, "manabi_batch_rows", "Samples that were computed together.");
        out.append("# HELP manabi_queue_requests Requests that wait to be computed.\n");
        out.append("# TYPE manabi_queue_requests gauge\n");
        return out.append("manabi_queue_requests ").append(queued).append('\n').toString();
    }
}
