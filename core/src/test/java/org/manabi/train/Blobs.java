package org.manabi.train;

import java.util.List;
import java.util.stream.IntStream;
import org.manabi.data.Dataset;
import org.manabi.tensor.DType;
import org.manabi.tensor.IntTensor;
import org.manabi.tensor.RandomStream;
import org.manabi.tensor.Seed;
import org.manabi.tensor.Shape;
import org.manabi.tensor.Tensor;

/// Clouds of points around the corners of a cube, one corner for each class: easy to tell apart.
final class Blobs {

    private Blobs() {}

    static Dataset of(int samples, int classes, int dimensions, long seed) {
        RandomStream random = Seed.of(seed).stream();
        Tensor inputs = Tensor.zeros(DType.FLOAT32, Shape.of(samples, dimensions));
        int[] labels = new int[samples];
        for (int row = 0; row < samples; row++) {
            labels[row] = random.nextInt(classes);
            for (int i = 0; i < dimensions; i++) {
                int corner = (labels[row] >>> (i % 4)) & 1;
                inputs.setFromDouble(
                        row * dimensions + i, 2 * corner - 1 + 0.2 * random.nextGaussian());
            }
        }
        List<String> names = IntStream.range(0, classes).mapToObj(k -> "class " + k).toList();
        // The weights count for those only who draw by them.
        double[] weights = IntStream.range(0, samples).mapToDouble(row -> 1 + row % 3).toArray();
        return Dataset.ofClasses("blobs", inputs, IntTensor.of(Shape.of(samples), labels), names)
                .weighted(weights);
    }

    /// Points on a line, `y = 2x − 1`.
    static Dataset line(int samples) {
        Tensor inputs = Tensor.zeros(DType.FLOAT32, Shape.of(samples, 1));
        Tensor values = Tensor.zeros(DType.FLOAT32, Shape.of(samples, 1));
        for (int row = 0; row < samples; row++) {
            double x = (double) row / samples;
            inputs.setFromDouble(row, x);
            values.setFromDouble(row, 2 * x - 1);
        }
        return Dataset.ofValues("line", inputs, values);
    }
}
