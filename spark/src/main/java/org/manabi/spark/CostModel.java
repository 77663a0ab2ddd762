package org.manabi.spark;

/// How long a mini-batch takes on a cluster, from what the machines and the network can do.
///
///     compute = batch/R · F / P                  forward and backward pass, R replicas, F FLOP a sample
///     half    = 4·n·(R − 1)/R / B + m·L           n weights in float32, over a connection of B bytes/s
///     m       = (R − 1) · tensors                 messages that nothing hides, each of latency L
///     update  = 4·n·k / (R·M)                     k passes over memory of M bytes/s, of the replica's part
///     round   = compute + max(0, half − overlap·compute) + half + update + fixed
///
/// The first half of the exchange (the sums) runs beside the last part of the backward pass; the second
/// (the weights) does not. A batch has at least one sample for each replica.
///
/// @param flops of one sample, forward and backward
/// @param weights how many numbers are learned
/// @param tensors how many large tensors they are in
/// @param flopsPerSecond of one replica
/// @param bytesPerSecond in and out of one replica, at once
/// @param latency of a message, in seconds
/// @param memoryBytesPerSecond of one replica
/// @param overlap the part of computing beside which sums are sent, 0 … 1
/// @param passes over memory: for momentum 5 (gradient, weight, velocity read, two written), and 3 for
///     the sums
/// @param fixed seconds that each round costs besides
record CostModel(
        double flops,
        double weights,
        int tensors,
        double flopsPerSecond,
        double bytesPerSecond,
        double latency,
        double memoryBytesPerSecond,
        double overlap,
        int passes,
        double fixed) {

    /// What one round consists of, in seconds.
    ///
    /// @param waiting for what communication is not hidden
    /// @param bytes that each replica sends
    record Round(double compute, double waiting, double update, double seconds, double bytes) {}

    Round round(int replicas, int batch) {
        if (replicas < 1 || batch < replicas) {
            throw new ReplicaException(
                    "a batch of %d samples cannot be shared by %d replicas; give at least one each"
                            .formatted(batch, replicas));
        }
        double compute = Math.ceilDiv(batch, replicas) * flops / flopsPerSecond;
        double bytes = Float.BYTES * weights * (replicas - 1) / replicas;
        double half = bytes / bytesPerSecond + (replicas - 1.0) * tensors * latency;
        double waiting = Math.max(0, half - overlap * compute) + half;
        double update = Float.BYTES * weights * passes / replicas / memoryBytesPerSecond;
        return new Round(compute, waiting, update, compute + waiting + update + fixed, 2 * bytes);
    }
}
