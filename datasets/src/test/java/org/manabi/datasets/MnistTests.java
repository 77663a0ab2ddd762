package org.manabi.datasets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.manabi.data.Dataset;
import org.manabi.data.Split;
import org.manabi.datasets.ImageOptions.Layout;
import org.manabi.datasets.ImageOptions.Pixels;
import org.manabi.datasets.ImageOptions.Targets;
import org.manabi.formats.FormatException;
import org.manabi.formats.idx.IdxDescription;
import org.manabi.tensor.FloatTensor;
import org.manabi.tensor.Shape;

class MnistTests {

    private static final Split MNIST = Mnist.load();

    @Test
    void sizesAreThoseOfTheBook() {
        assertThat(MNIST.train().inputs().shape()).isEqualTo(Shape.of(60_000, 784));
        assertThat(MNIST.train().targets().shape()).isEqualTo(Shape.of(60_000));
        assertThat(MNIST.test().inputs().shape()).isEqualTo(Shape.of(10_000, 784));
        assertThat(MNIST.test().targets().shape()).isEqualTo(Shape.of(10_000));
        assertThat(MNIST.train()).hasToString("mnist[60000 samples of [784], 10 classes]");
    }

    /// As listed on the data's own page and counted by NumPy.
    @Test
    void labelsAreTheKnownOnes() {
        assertThat(firstLabels(MNIST.train())).containsExactly(5, 0, 4, 1, 9, 2, 1, 3, 1, 4);
        assertThat(firstLabels(MNIST.test())).containsExactly(7, 2, 1, 0, 4, 1, 4, 9, 5, 9);
        assertThat(MNIST.train().classCounts())
                .containsExactly(5923, 6742, 5958, 6131, 5842, 5421, 5918, 6265, 5851, 5949);
        assertThat(MNIST.test().classCounts())
                .containsExactly(980, 1135, 1032, 1010, 982, 892, 958, 1028, 974, 1009);
    }

    private static int[] firstLabels(Dataset dataset) {
        return java.util.stream.IntStream.range(0, 10).map(dataset::label).toArray();
    }

    @Test
    void oneHotTargetsHaveTheirOneAtTheLabel() {
        Split oneHot = Mnist.load(ImageOptions.DEFAULTS.withTargets(Targets.ONE_HOT));
        assertThat(oneHot.train().targets().shape()).isEqualTo(Shape.of(60_000, 10));
        assertThat(oneHot.test().targets().shape()).isEqualTo(Shape.of(10_000, 10));
        for (int row = 0; row < 60_000; row++) {
            double[] expected = new double[10];
            expected[MNIST.train().label(row)] = 1;
            assertThat(oneHot.train().targets().rows(row, 1).toDoubles()).isEqualTo(expected);
        }
    }

    @Test
    void pixelsAreDividedOnlyWhenNormalized() {
        int[] rows = {0};
        FloatTensor normalized = FloatTensor.zeros(Shape.of(1, 784));
        FloatTensor bytes = FloatTensor.zeros(Shape.of(1, 784));
        FloatTensor label = FloatTensor.zeros(Shape.of(1));

        MNIST.train().gather(rows, 0, 1, normalized, label);
        Mnist.load(ImageOptions.DEFAULTS.withPixels(Pixels.ZERO_TO_255))
                .train()
                .gather(rows, 0, 1, bytes, label);

        // the first picture's first pixels that are not 0: row 5, from column 12
        assertThat(Arrays.copyOfRange(bytes.toFloats(), 151, 158))
                .containsExactly(0, 3, 18, 18, 18, 126, 136);
        for (int i = 0; i < 784; i++) {
            assertThat(normalized.toFloats()[i]).isEqualTo(bytes.toFloats()[i] / 255f);
        }
    }

    @Test
    void picturesKeepTheirRowsOnRequest() {
        Split images = Mnist.load(ImageOptions.DEFAULTS.withLayout(Layout.IMAGE));
        assertThat(images.train().inputs().shape()).isEqualTo(Shape.of(60_000, 1, 28, 28));
        assertThat(images.train().inputs().get(0, 0, 5, 13)).isEqualTo(18);
    }

    @Test
    void embeddedFilesAreTheOriginalOnes() {
        IdxImages raw = Mnist.raw();
        assertThat(raw.trainImages().sha256()).isEqualTo(Mnist.TRAIN_IMAGES.sha256());
        assertThat(raw.trainLabels().sha256()).isEqualTo(Mnist.TRAIN_LABELS.sha256());
        assertThat(raw.testImages().sha256()).isEqualTo(Mnist.TEST_IMAGES.sha256());
        assertThat(raw.testLabels().sha256()).isEqualTo(Mnist.TEST_LABELS.sha256());
        assertThat(IdxDescription.of(raw.trainImages()).toString())
                .isEqualTo(
                        "IDX pictures UINT8[60000, 28, 28], 47040016 bytes raw,"
                                + " values 0 … 255, mean 33.3184");
    }

    @Test
    void otherBytesAreRefused() {
        var wrong = new Mnist.Source(Mnist.TEST_LABELS.name(), 10_008, "00");
        assertThatThrownBy(() -> Mnist.read(wrong))
                .isInstanceOf(FormatException.class)
                .hasMessageStartingWith(
                        "t10k-labels-idx1-ubyte: the embedded file has SHA-256 ff7bcfd4");
    }
}
