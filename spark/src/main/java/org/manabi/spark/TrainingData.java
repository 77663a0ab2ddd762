package org.manabi.spark;

import java.io.IOException;
import java.io.Serializable;
import org.manabi.data.Dataset;

/// Samples that executors read for themselves, each its own rows. All of them give the same samples for
/// the same rows.
public interface TrainingData extends Serializable {

    /// How many samples there are.
    int samples() throws IOException;

    /// The samples `first … first + count − 1`; called on the executor that learns from them.
    Dataset rows(int first, int count) throws IOException;
}
