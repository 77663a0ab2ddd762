package org.manabi.board.evaluate;

import org.manabi.formats.json.JsonObject;
import org.manabi.tensor.Tensor;

/// How often numbers fall into bins of equal width from the lowest to the highest of them. Numbers
/// that are not finite are counted apart.
final class Histogram {

    private static final int BINS = 40;

    private Histogram() {}

    static JsonObject of(Tensor numbers) {
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        int odd = 0;
        for (int i = 0; i < numbers.size(); i++) {
            double value = numbers.getAsDouble(i);
            if (Double.isFinite(value)) {
                low = Math.min(low, value);
                high = Math.max(high, value);
            } else {
                odd++;
            }
        }
        int[] counts = new int[BINS];
        double width = (high - low) / BINS;
        for (int i = 0; i < numbers.size(); i++) {
            double value = numbers.getAsDouble(i);
            if (Double.isFinite(value)) {
                counts[width > 0 ? (int) Math.min(BINS - 1, (value - low) / width) : 0]++;
            }
        }
        boolean some = odd < numbers.size();
        return JsonObject.EMPTY
                .with("low", some ? low : 0)
                .with("high", some ? high : 0)
                .with("notFinite", odd)
                .with("counts", counts);
    }
}
