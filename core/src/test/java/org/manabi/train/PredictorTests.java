package org.manabi.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.manabi.autodiff.Variable;
import org.manabi.layers.Dense;
import org.manabi.layers.Mode;
import org.manabi.layers.Network;
import org.manabi.layers.Sequential;
import org.manabi.layers.Tanh;
import org.manabi.tensor.DType;
import org.manabi.tensor.Engine;
import org.manabi.tensor.Seed;
import org.manabi.tensor.Shape;
import org.manabi.tensor.ShapeException;
import org.manabi.tensor.Tensor;

class PredictorTests {

    private static Network network() {
        return new Network(
                Sequential.of(new Dense(5), new Tanh(), new Dense(2)),
                Shape.of(3),
                DType.FLOAT32,
                Seed.of(0));
    }

    @Test
    void itGivesTheBitsOfTheNetworkAgainAndAgain() {
        Network network = network();
        var predictor = new Predictor(Engine.serial(), Model.ofLogits(network), 2);
        for (double scale : new double[] {1, -2, 0.5}) {
            Tensor batch = Tensor.of(DType.FLOAT32, Shape.of(2, 3), scale, 2, 3, -4, 5 * scale, 6);
            predictor.inputs().copyFrom(batch);

            Tensor scores = predictor.run();

            assertThat(scores.shape()).isEqualTo(Shape.of(2, 2));
            assertThat(scores.toDoubles())
                    .containsExactly(
                            network.forward(Variable.of(batch), Mode.EVALUATE).value().toDoubles());
        }
    }

    /// What a sample is given does not depend on the company it is in.
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7, 33})
    void aSampleGetsTheSameBitsInEveryBatch(int batchSize) {
        var alone = new Predictor(Engine.serial(), Model.ofLogits(network()), 1);
        var together = new Predictor(Engine.serial(), Model.ofLogits(network()), batchSize);
        for (int i = 0; i < together.inputs().size(); i++) {
            together.inputs().setFromDouble(i, Math.sin(i));
        }

        Tensor scores = together.run();

        for (int row = 0; row < batchSize; row++) {
            alone.inputs().copyFrom(together.inputs().rows(row, 1));
            assertThat(scores.rows(row, 1).toDoubles()).containsExactly(alone.run().toDoubles());
        }
    }

    @Test
    void anEmptyBatchIsRefused() {
        assertThatExceptionOfType(ShapeException.class)
                .isThrownBy(() -> new Predictor(Engine.serial(), Model.ofLogits(network()), 0))
                .withMessage("Logits: the batch is empty, shape [0, 2]; give at least one row");
    }
}
