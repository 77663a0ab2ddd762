package org.manabi.spark;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/// What a replica gives back to the driver.
///
/// @param executor the executor that it ran on
/// @param refusal why nothing was trained; `null` if it was
/// @param outcome the name of the training's outcome
/// @param sha256 the SHA-256 of the weights
/// @param steps how many mini-batches the training has
/// @param continuedFrom the step of the checkpoint that this attempt began at, 0 for none
/// @param rounds how many mini-batches this attempt added up
/// @param bytesSent how many bytes of numbers this replica sent to others
/// @param exchangeSeconds how long it was about that, waiting among it
/// @param trainSeconds how long it trained
/// @param medianStepSeconds the median time of a mini-batch
/// @param optimizerBytes the size of the optimizer's state that this replica keeps
/// @param model the model file, if it is small and this is the first replica
record ReplicaResult(
        int rank,
        String executor,
        @Nullable String refusal,
        String outcome,
        String sha256,
        long steps,
        long continuedFrom,
        long rounds,
        long bytesSent,
        double exchangeSeconds,
        double trainSeconds,
        double medianStepSeconds,
        long optimizerBytes,
        @Nullable ModelBytes model)
        implements Serializable {

    /// A model file as bytes.
    record ModelBytes(java.util.List<byte[]> pieces) implements Serializable {}

    static ReplicaResult refused(int rank, String why) {
        return new ReplicaResult(rank, "", why, "", "", 0, 0, 0, 0, 0, 0, 0, 0, null);
    }
}
