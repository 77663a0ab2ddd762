package org.manabi.data;

import org.manabi.tensor.RandomStream;

/// Draws samples in proportion to their weights, with replacement.
final class WeightedOrder {

    /// The sum of the weights up to each sample, itself included.
    private final double[] sums;

    /// @param weights finite, at least 0, not all 0
    WeightedOrder(double... weights) {
        sums = weights.clone();
        for (int i = 1; i < sums.length; i++) {
            sums[i] += sums[i - 1];
        }
    }

    void draw(int[] order, RandomStream stream) {
        double total = sums[sums.length - 1];
        for (int i = 0; i < order.length; i++) {
            order[i] = first(stream.nextDouble() * total);
        }
    }

    /// The first sample whose sum is greater.
    private int first(double place) {
        int low = 0;
        int high = sums.length - 1;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (sums[middle] > place) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        while (low > 0 && sums[low] == sums[low - 1]) {
            low--; // A product rounded up to the total must not fall on a last sample of weight 0.
        }
        return low;
    }
}
