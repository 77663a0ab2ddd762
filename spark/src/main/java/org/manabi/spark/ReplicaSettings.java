package org.manabi.spark;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/// What every replica is told by the driver.
///
/// @param replicas how many there are
/// @param sharded whether each keeps its part of the optimizer state only
/// @param checkpoints a folder of a Hadoop file system; `null` for no checkpoints
/// @param checkpointEvery after how many mini-batches there is a checkpoint
/// @param feedHost where the driver listens for events; `null` if it does not
/// @param timeoutMilliseconds how long a replica may keep silent before it counts as lost
record ReplicaSettings(
        int replicas,
        boolean sharded,
        @Nullable String checkpoints,
        long checkpointEvery,
        @Nullable String feedHost,
        int feedPort,
        int timeoutMilliseconds)
        implements Serializable {}
