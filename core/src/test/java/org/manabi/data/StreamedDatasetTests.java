package org.manabi.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.manabi.tensor.ByteTensor;
import org.manabi.tensor.DType;
import org.manabi.tensor.DoubleTensor;
import org.manabi.tensor.FloatTensor;
import org.manabi.tensor.IntTensor;
import org.manabi.tensor.Seed;
import org.manabi.tensor.Shape;
import org.manabi.tensor.Tensor;

/// Samples that are streamed are those in memory, to the last bit, whatever is done with them.
class StreamedDatasetTests {

    /// Rows of a tensor, as if they had to be fetched.
    private record Fetched(Tensor all) implements StoredRows {

        @Override
        public Shape shape() {
            return all.shape();
        }

        @Override
        public DType dtype() {
            return all.dtype();
        }

        @Override
        public void read(int[] rows, int from, int count, Tensor into) {
            for (int i = 0; i < count; i++) {
                into.rows(i, 1).copyFrom(all.rows(rows[from + i], 1));
            }
        }
    }

    private static final int SIZE = 97;

    private static final IntTensor LABELS =
            IntTensor.of(Shape.of(SIZE), IntStream.range(0, SIZE).map(i -> i % 3).toArray());

    private static final List<String> NAMES = List.of("a", "b", "c");

    private static Tensor bytes() {
        byte[] bytes = new byte[SIZE * 4];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (7 * i);
        }
        return ByteTensor.of(Shape.of(SIZE, 4), bytes);
    }

    private static Tensor floats() {
        float[] floats = new float[SIZE * 4];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = (float) Math.sin(i);
        }
        return FloatTensor.of(Shape.of(SIZE, 4), floats);
    }

    private static void assertSame(Dataset streamed, Dataset held) {
        assertThat(streamed.isStreamed()).isTrue();
        assertThat(held.isStreamed()).isFalse();
        assertThat(streamed.size()).isEqualTo(held.size());
        assertThat(streamed.sampleShape()).isEqualTo(held.sampleShape());
        int[] rows = IntStream.range(0, held.size()).map(i -> held.size() - 1 - i).toArray();
        int count = Math.min(10, held.size());
        for (int from = 0; from + count <= held.size(); from += count) {
            for (DType dtype : List.of(DType.FLOAT32, DType.FLOAT64)) {
                Tensor[] batches = new Tensor[2];
                for (int k = 0; k < 2; k++) {
                    Dataset one = k == 0 ? streamed : held;
                    batches[k] = Tensor.zeros(dtype, one.sampleShape().prepend(count));
                    one.gather(
                            rows,
                            from,
                            count,
                            batches[k],
                            IntTensor.of(Shape.of(count), new int[count]));
                }
                assertThat(batches[0].toDoubles()).isEqualTo(batches[1].toDoubles());
            }
        }
        assertThat(streamed.input(1).toDoubles()).isEqualTo(held.input(1).toDoubles());
        assertThat(streamed.inMemory().inputs().toDoubles()).isEqualTo(held.inputs().toDoubles());
        assertThat(streamed.targets().toDoubles()).isEqualTo(held.targets().toDoubles());
    }

    @Test
    void streamedSamplesAreThoseInMemory() {
        for (Tensor inputs : List.of(bytes(), floats())) {
            Dataset streamed = Dataset.ofClasses("s", new Fetched(inputs), LABELS, NAMES);
            Dataset held = Dataset.ofClasses("h", inputs, LABELS, NAMES);
            assertSame(streamed, held);
            assertSame(streamed.dividedBy(255), held.dividedBy(255));
            assertSame(streamed.reshaped(Shape.of(2, 2)), held.reshaped(Shape.of(2, 2)));
            assertSame(streamed.first(20), held.first(20));
            Split one = streamed.split(0.3, Seed.of(5));
            Split two = held.split(0.3, Seed.of(5));
            assertSame(one.train(), two.train());
            assertSame(one.test().first(11), two.test().first(11));
            assertSame(
                    Folds.of(one.train(), 4, Seed.of(1)).split(2).train(),
                    Folds.of(two.train(), 4, Seed.of(1)).split(2).train());
        }
    }

    @Test
    void placesAreThoseOfTheStore() {
        Dataset streamed = Dataset.ofClasses("s", new Fetched(floats()), LABELS, NAMES);
        assertThat(streamed.select(new int[] {9, 3, 4}).select(new int[] {2, 0}).places())
                .containsExactly(4, 9);
        assertThatThrownBy(streamed::inputs).hasMessageContaining("read as they are needed");
        Dataset held = Dataset.ofClasses("h", floats(), LABELS, NAMES);
        assertThatThrownBy(held::places).hasMessageContaining("in memory");
    }

    @Test
    void valuesMayBelongToStreamedSamples() {
        DoubleTensor values = DoubleTensor.zeros(Shape.of(SIZE, 1));
        Dataset streamed = Dataset.ofValues("s", new Fetched(floats()), values);
        assertThat(streamed.split(0.5, Seed.of(1)).test().size()).isEqualTo(49);
    }
}
