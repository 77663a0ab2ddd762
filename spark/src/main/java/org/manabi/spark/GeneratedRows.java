package org.manabi.spark;

import java.io.IOException;
import java.io.Serial;
import org.manabi.data.Dataset;
import org.manabi.tensor.IntTensor;
import org.manabi.tensor.RandomStream;
import org.manabi.tensor.Seed;
import org.manabi.tensor.Shape;

/// Samples that each executor makes for itself, for measuring: each class has a pattern of its own,
/// under noise. A row is a function of (seed, its number).
///
/// @param samples how many there are
/// @param inputs how many numbers each has
/// @param classes how many labels there are
public record GeneratedRows(int samples, int inputs, int classes, long seed)
        implements TrainingData {

    @Serial private static final long serialVersionUID = 1;

    private static final int NOISE_BITS = 21;

    @Override
    public Dataset rows(int first, int count) throws IOException {
        RowStore store = new RowStore(count, inputs, RowStore.executorMemory());
        float[][] patterns = patterns();
        int[] labels = new int[count];
        float[] row = new float[inputs];
        for (int i = 0; i < count; i++) {
            RandomStream random = Seed.of(seed).child(first + i).stream();
            labels[i] = random.nextInt(classes);
            fill(row, random.nextLong(), patterns[labels[i]]);
            store.append(row);
        }
        return store.ofClasses(
                "generated rows",
                IntTensor.of(Shape.of(count), labels),
                ClassifierRecipe.classNames(classes));
    }

    private float[][] patterns() {
        float[][] patterns = new float[classes][inputs];
        for (int label = 0; label < classes; label++) {
            RandomStream random = Seed.of(seed).child("pattern").child(label).stream();
            for (int j = 0; j < inputs; j++) {
                patterns[label][j] = random.nextInt(2) * 0.5f;
            }
        }
        return patterns;
    }

    /// Noise by a multiply-and-add generator (Knuth's MMIX), which keeps up with a disk.
    private static void fill(float[] row, long start, float[] pattern) {
        long state = start;
        for (int j = 0; j < row.length; j++) {
            state = state * 6364136223846793005L + 1442695040888963407L;
            row[j] = pattern[j] + (state >>> (Long.SIZE - NOISE_BITS)) * 0x1p-22f;
        }
    }
}
