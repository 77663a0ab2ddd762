package org.manabi.formats.idx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.manabi.data.Dataset;
import org.manabi.data.Split;
import org.manabi.formats.FormatException;
import org.manabi.tensor.ByteTensor;
import org.manabi.tensor.FloatTensor;
import org.manabi.tensor.IntTensor;
import org.manabi.tensor.Seed;
import org.manabi.tensor.Shape;
import org.manabi.tensor.Tensor;

class IdxRowsTests {

    private static final int COUNT = 50;

    @TempDir private Path folder;

    private static byte[] pixels() {
        byte[] pixels = new byte[COUNT * 6];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (byte) (13 * i);
        }
        return pixels;
    }

    private static float[] batch(Dataset data) {
        int[] rows = IntStream.range(0, 7).map(i -> 3 * i).toArray();
        FloatTensor inputs = FloatTensor.zeros(data.sampleShape().prepend(rows.length));
        Tensor labels = IntTensor.of(Shape.of(rows.length), new int[rows.length]);
        data.gather(rows, 0, rows.length, inputs, labels);
        return inputs.array();
    }

    @Test
    void mappedPicturesAreThoseInMemory() throws IOException {
        Path file = folder.resolve("pictures");
        Idx.write(file, IdxArray.ofUnsignedBytes(pixels(), COUNT, 2, 3));
        IntTensor labels =
                IntTensor.of(Shape.of(COUNT), IntStream.range(0, COUNT).map(i -> i % 2).toArray());
        List<String> names = List.of("a", "b");
        Dataset mapped = Dataset.ofClasses("m", IdxRows.map(file), labels, names).dividedBy(255);
        Dataset held =
                Dataset.ofClasses(
                                "h", ByteTensor.of(Shape.of(COUNT, 2, 3), pixels()), labels, names)
                        .dividedBy(255);
        Split one = mapped.split(0.2, Seed.of(4));
        Split two = held.split(0.2, Seed.of(4));
        assertThat(one.train().isStreamed()).isTrue();
        assertThat(batch(one.train())).isEqualTo(batch(two.train()));
    }

    @Test
    void whatCannotBeMappedIsRefused() throws IOException {
        IdxArray array = IdxArray.ofUnsignedBytes(pixels(), COUNT, 2, 3);
        Path compressed = folder.resolve("pictures.gz");
        Idx.write(compressed, array);
        assertThatThrownBy(() -> IdxRows.map(compressed))
                .isInstanceOf(FormatException.class)
                .hasMessageContaining("compressed");
        Path cut = folder.resolve("cut");
        Idx.write(cut, array);
        Files.write(cut, Arrays.copyOf(Files.readAllBytes(cut), 100));
        assertThatThrownBy(() -> IdxRows.map(cut)).isInstanceOf(FormatException.class);
    }
}
