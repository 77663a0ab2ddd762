package org.manabi.bench;

import java.util.List;
import java.util.stream.IntStream;
import org.manabi.data.Dataset;
import org.manabi.tensor.ByteTensor;
import org.manabi.tensor.IntTensor;
import org.manabi.tensor.RandomStream;
import org.manabi.tensor.Seed;
import org.manabi.tensor.Shape;

/// Data of a workload's size that can be learned: pixels that are brighter in a band which tells
/// the class, with noise all over.
final class SyntheticData {

    private static final int CLASSES = 10;
    private static final int BAND_LIGHT = 96;

    private SyntheticData() {}

    static Dataset of(Workload workload) {
        RandomStream random = Seed.of(7).stream();
        int width = workload.sample.size();
        byte[] pixels = new byte[workload.samples * width];
        int[] labels = new int[workload.samples];
        for (int row = 0; row < labels.length; row++) {
            labels[row] = random.nextInt(CLASSES);
            for (int j = 0; j < width; j += 8) {
                long bits = random.nextLong();
                int light = j * CLASSES / width == labels[row] ? BAND_LIGHT : 0;
                for (int i = j; i < Math.min(width, j + 8); i++) {
                    pixels[row * width + i] = (byte) (((bits >>> (8 * (i - j))) & 0x7F) + light);
                }
            }
        }
        List<String> names = IntStream.range(0, CLASSES).mapToObj(Integer::toString).toList();
        return Dataset.ofClasses(
                        "synthetic",
                        ByteTensor.of(workload.sample.prepend(workload.samples), pixels),
                        IntTensor.of(Shape.of(labels.length), labels),
                        names)
                .dividedBy(255);
    }
}
