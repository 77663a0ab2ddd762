package org.manabi.spark;

import java.io.IOException;
import java.io.Serial;
import org.manabi.data.Dataset;
import scala.collection.Iterator;

/// Samples that each replica reads for itself; the stage's partitions are empty.
record FileRows(TrainingData data) implements ReplicaTask.RowSource<Integer> {

    @Serial private static final long serialVersionUID = 1;

    @Override
    public int samples() throws IOException {
        return data.samples();
    }

    @Override
    public Dataset load(Iterator<Integer> rows, int first, int count) throws IOException {
        return data.rows(first, count);
    }
}
