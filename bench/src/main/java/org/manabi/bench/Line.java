package org.manabi.bench;

import java.util.Locale;

/// What a measurement found, in the form of its line.
final class Line {

    private Line() {}

    /// @param rate samples in a second
    /// @param peak floating-point operations in a second at best, NaN if not measured
    /// @param allocated bytes in each step
    static String of(
            Workload workload,
            double rate,
            double peak,
            double heapMegabytes,
            double allocated,
            double firstLoss,
            double lastLoss,
            String mode) {
        double flops = rate * workload.flopsPerSample;
        return String.format(
                Locale.ROOT,
                "samples_per_s=%.0f latency_us=%.1f flops_per_s=%.4g roofline=%.3f heap_mb=%.0f"
                        + " alloc_bytes_per_step=%.0f loss=%.4f->%.4f mode=%s",
                rate,
                1e6 * workload.batchSize / rate,
                flops,
                flops / peak,
                heapMegabytes,
                allocated,
                firstLoss,
                lastLoss,
                mode);
    }
}
