package org.manabi.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.manabi.autodiff.Gradients;
import org.manabi.autodiff.Parameter;
import org.manabi.autodiff.Variable;
import org.manabi.optim.schedule.CosineDecay;
import org.manabi.optim.schedule.Plateau;
import org.manabi.tensor.DType;
import org.manabi.tensor.Engine;
import org.manabi.tensor.Shape;
import org.manabi.tensor.ShapeException;
import org.manabi.tensor.Tensor;

/// What is around the rules, on a weight of two numbers and a bias of one.
class UpdaterTests {

    private static final Updates SGD = Updates.of(new Sgd(0.5));

    // Not private: only the name in @FieldSource reads it.
    static final List<Optimizer> RULES =
            List.of(
                    new Momentum(0.1),
                    new Nesterov(0.1),
                    new Adagrad(0.1),
                    new Adadelta(1),
                    new RmsProp(0.01),
                    new Adam(0.1),
                    new AmsGrad(0.1),
                    new AdamW(0.1),
                    new Adamax(0.1),
                    new NAdam(0.1),
                    new RAdam(0.1),
                    new Lion(0.01),
                    new Lamb(0.1),
                    new Lbfgs(0.3, 3),
                    WeightDecay.coupled(0.1, new Adam(0.1)));

    private final Parameter weight =
            Parameter.of("0.weight", Tensor.of(DType.FLOAT32, Shape.of(2), 3, 4));
    private final Parameter bias =
            Parameter.of("0.bias", Tensor.of(DType.FLOAT32, Shape.of(1), 12));

    private List<Parameter> parameters() {
        return List.of(weight, bias);
    }

    private Updater updater(Updates updates) {
        return new Updater(Engine.serial(), updates, parameters());
    }

    /// Of ½|θ|² times a factor: the gradient is `factor · θ`.
    private Gradients gradients(double factor) {
        Variable half =
                weight.square()
                        .sum()
                        .plus(bias.square().sum())
                        .times(Variable.of(Tensor.of(DType.FLOAT32, Shape.SCALAR, factor / 2)));
        return half.gradients(weight, bias);
    }

    private double[] values() {
        return new double[] {
            weight.tensor().getAsDouble(0), weight.tensor().getAsDouble(1), bias.tensor().item()
        };
    }

    /// |θ| = √(9 + 16 + 144) = 13, so a limit of 1.3 takes a tenth of each gradient, and half of that
    /// is the step.
    @Test
    void theGlobalNormIsOfAllParametersTogether() {
        updater(SGD.withClipping(new Clipping.ByGlobalNorm(1.3))).step(gradients(1));

        assertThat(values()).containsExactly(new double[] {2.85, 3.8, 11.4}, within(1e-5));
    }

    /// Of lengths 5 and 12; only the bias is longer than 6.
    @Test
    void theNormIsOfEachParameterByItself() {
        updater(SGD.withClipping(new Clipping.ByNorm(6))).step(gradients(1));

        assertThat(values()).containsExactly(new double[] {1.5, 2, 9}, within(1e-5));
    }

    @Test
    void valuesAreBroughtIntoTheirBounds() {
        updater(SGD.withClipping(new Clipping.ByValue(3.5))).step(gradients(-1));

        assertThat(values()).containsExactly(4.5, 5.75, 13.75);
    }

    @Test
    void aGradientThatIsNotFiniteChangesNothing() {
        Updater updater = updater(SGD.withClipping(new Clipping.ByGlobalNorm(1)));

        assertThat(updater.step(gradients(Double.POSITIVE_INFINITY)))
                .isEqualTo(Updater.Outcome.NOT_FINITE);
        assertThat(values()).containsExactly(3, 4, 12);
        assertThat(updater.step()).isZero();
    }

    @Test
    void aBatchThatIsNotFiniteLeavesWhatWasAccumulated() {
        Updater updater =
                updater(SGD.withAccumulation(2).withClipping(new Clipping.ByGlobalNorm(1e9)));
        updater.step(gradients(1));

        assertThat(updater.step(gradients(Double.POSITIVE_INFINITY)))
                .isEqualTo(Updater.Outcome.NOT_FINITE);
        assertThat(updater.step(gradients(1))).isEqualTo(Updater.Outcome.UPDATED);

        assertThat(values()).containsExactly(1.5, 2, 6);
    }

    @Test
    void accumulationTakesTheMeanOfItsBatches() {
        Updater updater = updater(SGD.withAccumulation(3));

        assertThat(updater.step(gradients(1))).isEqualTo(Updater.Outcome.ACCUMULATED);
        assertThat(updater.step(gradients(0))).isEqualTo(Updater.Outcome.ACCUMULATED);
        assertThat(values()).containsExactly(3, 4, 12);
        assertThat(updater.step(gradients(2))).isEqualTo(Updater.Outcome.UPDATED);

        assertThat(values()).containsExactly(1.5, 2, 6);
        assertThat(updater.step()).isEqualTo(1);
    }

    @Test
    void groupsFollowTheirOwnRules() {
        updater(SGD.withGroups(List.of(new ParameterGroup("*.bias", new Frozen()))))
                .step(gradients(1));

        assertThat(values()).containsExactly(1.5, 2, 12);
    }

    @Test
    void aGroupThatHoldsNothingIsAMistake() {
        Updates updates = SGD.withGroups(List.of(new ParameterGroup("1.*", new Frozen())));

        assertThatExceptionOfType(ShapeException.class)
                .isThrownBy(() -> updater(updates))
                .withMessage(
                        "the parameter group 1.* holds no parameter; the model has"
                                + " [0.weight, 0.bias]");
    }

    @Test
    void theScheduleIsAskedFromStepZero() {
        Updater updater = updater(SGD.withSchedule(new CosineDecay(2)));

        assertThat(updater.learningRate()).isEqualTo(0.5);
        updater.step(gradients(1));
        assertThat(updater.learningRate()).isCloseTo(0.25, within(1e-15));
        updater.step(gradients(1));
        assertThat(updater.learningRate()).isCloseTo(0, within(1e-15));
    }

    @Test
    void thePlateauDropsTheRate() {
        Updater updater = updater(SGD.withPlateau(new Plateau(0.1, 1, 1e-4, 0, 0)));

        updater.measured(1);
        updater.measured(1);
        assertThat(updater.learningRate()).isEqualTo(0.5);
        updater.measured(Double.NaN);

        assertThat(updater.learningRate()).isCloseTo(0.05, within(1e-15));
    }

    /// From 3: θ₁ = 1.5, a₁ = ½·3 + ½·1.5 = 2.25; θ₂ = 0.75, a₂ = 1.5.
    @Test
    void theAverageFollowsTheWeights() {
        Updater updater = updater(SGD.withAverage(0.5));
        updater.step(gradients(1));
        updater.step(gradients(1));

        updater.swapAverages();
        assertThat(values()[0]).isEqualTo(1.5);
        updater.swapAverages();
        assertThat(values()[0]).isEqualTo(0.75);
    }

    @ParameterizedTest
    @FieldSource("RULES")
    void restoredTrainingGoesOnWithTheSameBits(Optimizer rule) {
        Updates updates =
                Updates.of(rule)
                        .withSchedule(new CosineDecay(10))
                        .withPlateau(new Plateau(0.5, 0, 1e-4, 0, 0))
                        .withClipping(new Clipping.ByGlobalNorm(5))
                        .withAccumulation(2)
                        .withAverage(0.9);
        Updater undisturbed = updater(updates);
        run(undisturbed, 5);
        Map<String, Tensor> saved = new LinkedHashMap<>();
        undisturbed.state().forEach((name, tensor) -> saved.put(name, tensor.copy()));
        double[] kept = values();
        run(undisturbed, 6);
        double[] end = values();
        weight.tensor().setFromDouble(0, kept[0]);
        weight.tensor().setFromDouble(1, kept[1]);
        bias.tensor().setFromDouble(0, kept[2]);

        Updater resumed = updater(updates);
        resumed.restore(saved);
        run(resumed, 6);

        assertThat(values()).isEqualTo(end).isNotEqualTo(kept);
        assertThat(numbers(resumed)).isEqualTo(numbers(undisturbed));
    }

    private static Map<String, List<Double>> numbers(Updater of) {
        Map<String, List<Double>> numbers = new TreeMap<>();
        of.state()
                .forEach(
                        (name, tensor) -> {
                            List<Double> values = new ArrayList<>();
                            for (double value : tensor.toDoubles()) {
                                values.add(value);
                            }
                            numbers.put(name, values);
                        });
        return numbers;
    }

    private void run(Updater updater, int batches) {
        for (int i = 0; i < batches; i++) {
            updater.step(gradients(1));
            updater.measured(values()[0]);
        }
    }

    @Test
    void aStateOfAnotherOptimizerIsRefused() {
        Map<String, Tensor> ofSgd = updater(SGD).state();

        assertThatExceptionOfType(ShapeException.class)
                .isThrownBy(() -> updater(Updates.of(new Adam(0.1))).restore(ofSgd))
                .withMessageContaining("lacks m/0.weight")
                .withMessageContaining("was it another optimizer?");
        assertThatExceptionOfType(ShapeException.class)
                .isThrownBy(
                        () ->
                                updater(SGD)
                                        .restore(
                                                new HashMap<>(
                                                        updater(Updates.of(new Adam(0.1)))
                                                                .state())))
                .withMessageContaining("/0.")
                .withMessageContaining("does not keep");
    }
}
