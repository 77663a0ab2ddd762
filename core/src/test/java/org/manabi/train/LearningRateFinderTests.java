package org.manabi.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.manabi.data.Dataset;
import org.manabi.layers.Dense;
import org.manabi.layers.Network;
import org.manabi.layers.Relu;
import org.manabi.layers.Sequential;
import org.manabi.loss.Logits;
import org.manabi.loss.SoftmaxCrossEntropy;
import org.manabi.optim.Momentum;
import org.manabi.optim.Sgd;
import org.manabi.tensor.DType;
import org.manabi.tensor.Seed;
import org.manabi.tensor.Shape;
import org.manabi.tensor.ShapeException;

class LearningRateFinderTests {

    private static final Dataset DATA = Blobs.of(400, 4, 3, 1);
    private static final TrainingConfig CONFIG =
            TrainingConfig.DEFAULTS.withBatchSize(40).withSeed(7).withBudget(new Budget.Epochs(3));

    private static Model<Logits> model() {
        return Model.ofLogits(
                new Network(
                        new Sequential(List.of(new Dense(16), new Relu(), new Dense(4))),
                        Shape.of(3),
                        DType.FLOAT32,
                        Seed.of(2)));
    }

    @Test
    void theModelIsLeftAsItWas() {
        Model<Logits> model = model();
        String before = model.network().parameters().sha256();

        LearningRateFinder.DEFAULTS.find(
                model, SoftmaxCrossEntropy.MEAN, new Momentum(0.1), DATA, CONFIG);

        assertThat(model.network().parameters().sha256()).isEqualTo(before);
    }

    @Test
    void ratesGrowByTheSameFactor() {
        var found =
                new LearningRateFinder(1e-4, 1e-1, 31)
                        .find(model(), SoftmaxCrossEntropy.MEAN, new Sgd(0.5), DATA, CONFIG);

        assertThat(found.points()).hasSize(31);
        assertThat(found.points().getFirst().learningRate()).isCloseTo(1e-4, within(1e-18));
        assertThat(found.points().get(10).learningRate()).isCloseTo(1e-3, within(1e-16));
        assertThat(found.points().getLast().learningRate()).isCloseTo(1e-1, within(1e-14));
    }

    /// Training with the rate suggested is better than with one a thousand times smaller.
    @Test
    void theSuggestionLearns() {
        var found =
                LearningRateFinder.DEFAULTS.find(
                        model(), SoftmaxCrossEntropy.MEAN, new Sgd(0.1), DATA, CONFIG);
        double rate = found.suggestion().orElseThrow();

        assertThat(rate).isBetween(1e-4, 1.0);
        assertThat(lossAfterTraining(rate)).isLessThan(lossAfterTraining(rate / 1000));
    }

    private static double lossAfterTraining(double rate) {
        var trainer = new Trainer<>(model(), SoftmaxCrossEntropy.MEAN, new Sgd(rate), CONFIG);
        trainer.train(DATA, null, event -> {});
        return trainer.evaluator().score(DATA).loss();
    }

    /// A loss that explodes ends the search; what was tried is still told.
    @Test
    void anExplodingLossEndsTheSearch() {
        var found =
                new LearningRateFinder(1e-3, 1e9, 100)
                        .find(model(), SoftmaxCrossEntropy.MEAN, new Sgd(0.1), DATA, CONFIG);

        assertThat(found.points()).hasSizeBetween(10, 99);
    }

    @Test
    void aRangeThatIsNoneIsRefused() {
        assertThatExceptionOfType(ShapeException.class)
                .isThrownBy(() -> new LearningRateFinder(1, 0.1, 100))
                .withMessage("learning rates from 1.0 to 0.1 are no range above 0");
    }
}
