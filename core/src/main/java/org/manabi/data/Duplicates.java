package org.manabi.data;

import java.util.HashMap;
import java.util.Map;
import org.manabi.tensor.Checks;
import org.manabi.tensor.Tensor;

/// Samples that stand in two datasets at once. Held-back data that holds what was learned from tells too
/// good a story.
public final class Duplicates {

    private Duplicates() {}

    /// How many samples of `held` have an input that stands in `learned` too, number for number. Samples
    /// that are streamed are not looked at, and none is counted.
    ///
    /// @throws org.manabi.tensor.ShapeException if the samples have different shapes
    public static int count(Dataset learned, Dataset held) {
        Checks.require(
                learned.sampleShape().equals(held.sampleShape()),
                "duplicates: samples of %s and of %s cannot be equal",
                learned.sampleShape(),
                held.sampleShape());
        if (learned.isStreamed() || held.isStreamed()) {
            return 0; // To know, all would have to be in memory.
        }
        Map<Sample, Boolean> known = new HashMap<>();
        for (int row = 0; row < learned.size(); row++) {
            known.put(Sample.of(learned.inputs(), row), true);
        }
        int count = 0;
        for (int row = 0; row < held.size(); row++) {
            if (known.containsKey(Sample.of(held.inputs(), row))) {
                count++;
            }
        }
        return count;
    }

    /// One input; equal to another of the same numbers, where NaN equals NaN.
    private record Sample(Tensor all, int row, int hash) {

        static Sample of(Tensor all, int row) {
            int width = all.size() / all.shape().dim(0);
            int hash = 1;
            for (int i = row * width; i < (row + 1) * width; i++) {
                hash = 31 * hash + Double.hashCode(all.getAsDouble(i) + 0.0); // -0.0 as 0.0
            }
            return new Sample(all, row, hash);
        }

        @Override
        public int hashCode() {
            return hash;
        }

        @Override
        public boolean equals(Object other) {
            if (!(other instanceof Sample that) || hash != that.hash) {
                return false;
            }
            int width = all.size() / all.shape().dim(0);
            for (int i = 0; i < width; i++) {
                double mine = all.getAsDouble(row * width + i) + 0.0;
                if (Double.compare(mine, that.all.getAsDouble(that.row * width + i) + 0.0) != 0) {
                    return false;
                }
            }
            return true;
        }
    }
}
