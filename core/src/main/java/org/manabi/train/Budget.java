package org.manabi.train;

import org.manabi.tensor.Checks;

/// How long to train.
public sealed interface Budget {

    /// So many times through the data.
    record Epochs(long count) implements Budget {
        public Epochs {
            Checks.require(count >= 1, "%d epochs are too few; give at least 1", count);
        }
    }

    /// So many mini-batches.
    record Steps(long count) implements Budget {
        public Steps {
            Checks.require(count >= 1, "%d steps are too few; give at least 1", count);
        }
    }

    /// The number of mini-batches.
    default long steps(int batchesPerEpoch) {
        return switch (this) {
            case Epochs(long count) -> Math.multiplyExact(count, (long) batchesPerEpoch);
            case Steps(long count) -> count;
        };
    }
}
