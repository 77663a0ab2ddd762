package org.manabi.board.draw;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.manabi.data.Dataset;
import org.manabi.tensor.ByteTensor;

/// The samples of a dataset that are most like a picture, by the sum of squared differences of their
/// pixels.
final class Neighbors {

    /// A sample.
    ///
    /// @param row its row in the data
    /// @param distance √Σ (a − b)², in pixels of 0 … 255
    record Neighbor(int row, double distance) {}

    private Neighbors() {}

    /// The nearest samples, the nearest first; none if the data are not stored as bytes of this size.
    static List<Neighbor> of(Dataset data, int count, double... picture) {
        int size = picture.length;
        if (!(data.inputs() instanceof ByteTensor bytes) || data.sampleShape().size() != size) {
            return List.of();
        }
        int[] wanted = Arrays.stream(picture).mapToInt(value -> (int) Math.round(value)).toArray();
        byte[] all = bytes.array();
        long[] keys = new long[data.size()];
        for (int row = 0; row < keys.length; row++) {
            int at = bytes.offset() + row * size;
            int sum = 0;
            for (int i = 0; i < size; i++) {
                int difference = (all[at + i] & 0xFF) - wanted[i];
                sum += difference * difference;
            }
            keys[row] = ((long) sum << 32) | row; // sorts by the distance, then by the row
        }
        Arrays.sort(keys);
        return IntStream.range(0, Math.min(count, keys.length))
                .mapToObj(i -> new Neighbor((int) keys[i], Math.sqrt((int) (keys[i] >> 32))))
                .toList();
    }
}
