package org.manabi.data.augment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.manabi.tensor.FloatTensor;
import org.manabi.tensor.Seed;
import org.manabi.tensor.Shape;
import org.manabi.tensor.ShapeException;

class AugmentationTests {

    private static final Shape IMAGE = Shape.of(1, 9, 9);

    /// One bright pixel in the middle of 9 × 9.
    private static FloatTensor dot(int count) {
        FloatTensor batch = FloatTensor.zeros(IMAGE.prepend(count));
        for (int i = 0; i < count; i++) {
            batch.setFromDouble(i * 81 + 40, 1);
        }
        return batch;
    }

    private static double[] changed(Transform transform, long seed) {
        FloatTensor batch = dot(1);
        new Augmentation(List.of(transform)).apply(batch, 0, IMAGE, Seed.of(seed));
        return batch.toDoubles();
    }

    private static double sum(double... pixels) {
        double sum = 0;
        for (double pixel : pixels) {
            sum += pixel;
        }
        return sum;
    }

    /// The four weights of linear interpolation add up to 1, wherever the dot comes to lie.
    @Test
    void shiftsMoveWithoutLoss() {
        boolean moved = false;
        for (int seed = 0; seed < 200; seed++) {
            double[] pixels = changed(new Transform.Shift(3), seed);
            assertThat(sum(pixels)).isBetween(1 - 1e-6, 1 + 1e-6);
            for (int i = 0; i < 81; i++) {
                boolean far = Math.abs(i % 9 - 4) > 3 || Math.abs(i / 9 - 4) > 3;
                assertThat(far && pixels[i] > 0).as("seed %d, pixel %d", seed, i).isFalse();
            }
            moved |= pixels[40] == 0;
        }
        assertThat(moved).isTrue();
    }

    @Test
    void centerStaysWhenTurnedSizedAndFlipped() {
        for (int seed = 0; seed < 50; seed++) {
            assertThat(changed(new Transform.Rotate(180), seed)[40]).isEqualTo(1);
            assertThat(changed(new Transform.Flip(1), seed)[40]).isEqualTo(1);
            assertThat(changed(new Transform.Scale(0.5), seed)[40]).isEqualTo(1);
        }
    }

    @Test
    void flipExchangesLeftAndRight() {
        FloatTensor batch = FloatTensor.of(Shape.of(1, 1, 2, 3), 1, 2, 3, 4, 5, 6);
        new Augmentation(List.of(new Transform.Flip(1)))
                .apply(batch, 0, Shape.of(1, 2, 3), Seed.of(1));
        assertThat(batch.toDoubles()).containsExactly(3, 2, 1, 6, 5, 4);
    }

    @Test
    void halfOfTheImagesAreFlipped() {
        FloatTensor batch = FloatTensor.zeros(Shape.of(1000, 1, 4, 4));
        int flipped = 0;
        for (int i = 0; i < 1000; i++) {
            batch.setFromDouble(i * 16, 1);
            new Augmentation(List.of(new Transform.Flip(0.5)))
                    .apply(batch, i, Shape.of(1, 4, 4), Seed.of(7).child(i));
            flipped += batch.getAsDouble(i * 16) == 0 ? 1 : 0;
        }
        // Four deviations of a binomial of 1000 draws: 4 · √250 = 63.
        assertThat(flipped).isBetween(437, 563);
    }

    @Test
    void erasingErasesAndNoiseSpreads() {
        FloatTensor ones = FloatTensor.zeros(Shape.of(1, 1, 9, 9));
        for (int i = 0; i < 81; i++) {
            ones.setFromDouble(i, 1);
        }
        new Augmentation(List.of(new Transform.Erase(0.5))).apply(ones, 0, IMAGE, Seed.of(2));
        double left = sum(ones.toDoubles());
        assertThat(left).isBetween(81 - 25.0, 80.0).isEqualTo(Math.rint(left));
        double squares = 0;
        for (int seed = 0; seed < 100; seed++) {
            for (double pixel : changed(new Transform.Noise(0.1), seed)) {
                squares += pixel * pixel;
            }
        }
        // 8100 numbers of variance 0.01, and 100 times the dot; four deviations are 5 of 81.
        assertThat(squares - 100).isBetween(81 - 6.0, 81 + 6.0);
    }

    @Test
    void samplesAreChangedByTheirSeedAloneAndChannelsTogether() {
        Augmentation all =
                new Augmentation(
                        List.of(
                                new Transform.Shift(2),
                                new Transform.Rotate(20),
                                new Transform.Scale(0.2),
                                new Transform.Crop(0.8),
                                new Transform.Flip(0.5)));
        FloatTensor batch = dot(3);
        all.apply(batch, 2, IMAGE, Seed.of(5));
        all.apply(batch, 0, IMAGE, Seed.of(5));
        assertThat(batch.rows(0, 1).toDoubles()).isEqualTo(batch.rows(2, 1).toDoubles());
        assertThat(batch.rows(1, 1).toDoubles()).isEqualTo(dot(1).toDoubles());
        FloatTensor colors = FloatTensor.zeros(Shape.of(1, 2, 9, 9));
        colors.setFromDouble(40, 1);
        colors.setFromDouble(81 + 40, 1);
        all.apply(colors, 0, Shape.of(2, 9, 9), Seed.of(5));
        double[] pixels = colors.toDoubles();
        for (int i = 0; i < 81; i++) {
            assertThat(pixels[i]).isEqualTo(batch.getAsDouble(i));
            assertThat(pixels[81 + i]).isEqualTo(pixels[i]);
        }
    }

    @Test
    void rowsOfASquareAreImagesAndOthersAreNot() {
        FloatTensor row = FloatTensor.of(Shape.of(1, 16), new float[16]);
        new Augmentation(List.of(new Transform.Shift(1))).apply(row, 0, Shape.of(16), Seed.of(1));
        assertThatThrownBy(() -> Augmentation.requireImages(Shape.of(13)))
                .isInstanceOf(ShapeException.class)
                .hasMessageContaining("[13] are none");
        assertThatThrownBy(() -> Augmentation.requireImages(Shape.of(4)))
                .isInstanceOf(ShapeException.class);
        assertThatThrownBy(() -> new Transform.Shift(-1)).hasMessageContaining("shift -1.0");
    }
}
