package org.manabi.spark;

import java.io.Serial;
import java.util.stream.IntStream;
import org.manabi.data.Dataset;
import org.manabi.tensor.ByteTensor;
import org.manabi.tensor.IntTensor;
import org.manabi.tensor.RandomStream;
import org.manabi.tensor.Seed;
import org.manabi.tensor.Shape;

/// Samples that are made where they are needed: each class has a pattern of its own, under noise.
record GeneratedDigits(int samples, int inputs, long seed) implements TrainingData {

    @Serial private static final long serialVersionUID = 1;

    @Override
    public Dataset rows(int first, int count) {
        byte[] pixels = new byte[count * inputs];
        int[] labels = new int[count];
        for (int i = 0; i < count; i++) {
            RandomStream random = Seed.of(seed).child(first + i).stream();
            labels[i] = random.nextInt(10);
            RandomStream pattern = Seed.of(1).child(labels[i]).stream();
            for (int j = 0; j < inputs; j++) {
                int bright = pattern.nextInt(2) * 120;
                pixels[i * inputs + j] = (byte) (bright + random.nextInt(136));
            }
        }
        return Dataset.ofClasses(
                        "generated digits",
                        ByteTensor.of(Shape.of(count, inputs), pixels),
                        IntTensor.of(Shape.of(count), labels),
                        IntStream.range(0, 10).mapToObj(Integer::toString).toList())
                .dividedBy(255);
    }
}
