package org.manabi.autodiff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.manabi.Allocation;
import org.manabi.tensor.Activation;
import org.manabi.tensor.DType;
import org.manabi.tensor.Engine;
import org.manabi.tensor.IntTensor;
import org.manabi.tensor.RandomStream;
import org.manabi.tensor.Seed;
import org.manabi.tensor.Shape;
import org.manabi.tensor.ShapeException;
import org.manabi.tensor.Tensor;
import org.manabi.tensor.Window;

/// What a plan does with graphs of all kinds. Numbers are small and whole, so that every value and
/// every gradient is exact.
class PlanTests {

    private static final Engine ENGINE = Engine.serial();

    private static Parameter parameter(String name, Shape shape, double... values) {
        return Parameter.of(name, Tensor.of(DType.FLOAT64, shape, values));
    }

    private static Parameter random(String name, DType dtype, int... dims) {
        Tensor value = Tensor.zeros(dtype, Shape.of(dims));
        RandomStream random = Seed.of(5).child(name).stream();
        for (int i = 0; i < value.size(); i++) {
            value.setFromDouble(i, random.nextGaussian());
        }
        return Parameter.of(name, value);
    }

    private static Plan run(Variable loss, List<Parameter> parameters, Variable... outputs) {
        Plan plan = Plan.forTraining(ENGINE, loss, parameters, List.of(outputs));
        plan.forward();
        plan.backward();
        return plan;
    }

    @Test
    void aVariableUsedTwiceByOneOperationGetsBothGradients() {
        var x = parameter("x", Shape.of(2), 3, 5);

        Plan plan = run(x.times(x).sum(), List.of(x));

        assertThat(plan.gradients().of(x).toDoubles()).containsExactly(6, 10);
    }

    /// s = x², y = 3s + 4s + s·s.
    @Test
    void aSharedSubexpressionGetsTheSumOfItsGradients() {
        var x = parameter("x", Shape.SCALAR, 2);
        var s = x.square();

        Plan plan = run(s.times(3).plus(s.times(4)).plus(s.times(s)), List.of(x));

        assertThat(plan.gradients().of(x).item()).isEqualTo((3 + 4 + 2 * 4) * 2 * 2);
    }

    /// Sixty diamonds one after another have 2⁶⁰ paths, but only 60 operations.
    @Test
    @Timeout(10)
    void aChainOfDiamondsIsWalkedOncePerOperation() {
        var x = parameter("x", Shape.SCALAR, 1);
        Variable y = x;
        for (int i = 0; i < 60; i++) {
            y = y.plus(y);
        }

        Plan plan = run(y, List.of(x), y);

        assertThat(plan.value(y).item()).isEqualTo(0x1p60);
        assertThat(plan.gradients().of(x).item()).isEqualTo(0x1p60);
    }

    @Test
    @Timeout(10)
    void aGraphOfTenThousandOperationsIsPlannedAndRunWithoutRecursion() {
        var x = parameter("x", Shape.of(2), 1, 2);
        var one = Variable.of(Tensor.of(DType.FLOAT64, Shape.SCALAR, 1));
        Variable y = x;
        for (int i = 0; i < 10_000; i++) {
            y = y.plus(one);
        }

        assertThat(y.value().toDoubles()).containsExactly(10_001, 10_002);
        assertThat(y.sum().gradients(x).of(x).toDoubles()).containsExactly(1, 1);
    }

    @Test
    @Timeout(10)
    void aGraphOfTenThousandViewsIsOneBuffer() {
        var x = parameter("x", Shape.of(6), 1, 2, 3, 4, 5, 6);
        Variable y = x;
        for (int i = 0; i < 5_000; i++) {
            y = y.reshape(Shape.of(2, 3)).reshape(Shape.of(3, 2));
        }

        assertThat(y.value().toDoubles()).containsExactly(1, 2, 3, 4, 5, 6);
        assertThat(y.square().sum().gradients(x).of(x).toDoubles())
                .containsExactly(2, 4, 6, 8, 10, 12);
    }

    @Test
    void aViewUsedTwiceGetsBothGradients() {
        var x = parameter("x", Shape.of(2, 2), 1, 2, 3, 4);
        var flat = x.square().reshape(Shape.of(4));

        Plan plan = run(flat.sum().plus(flat.times(flat).sum()), List.of(x));

        assertThat(plan.gradients().of(x).toDoubles())
                .containsExactly(2 + 4, 4 + 4 * 8, 6 + 4 * 27, 8 + 4 * 64);
    }

    @Test
    void aVariableAndItsViewBothUsedGetBothGradients() {
        var x = parameter("x", Shape.of(2), 3, 5);
        var square = x.square();
        var view = square.reshape(Shape.of(1, 2));

        Plan plan = run(square.times(2).sum().plus(view.times(7).sum()), List.of(x));

        assertThat(plan.gradients().of(x).toDoubles()).containsExactly(9 * 6, 9 * 10);
    }

    @Test
    void aViewOfAParameterGivesItsGradientToTheParameter() {
        var x = parameter("x", Shape.of(2, 3), 1, 2, 3, 4, 5, 6);

        Plan once = run(x.reshape(Shape.of(6)).square().sum(), List.of(x));
        assertThat(once.gradients().of(x).shape()).isEqualTo(Shape.of(2, 3));
        assertThat(once.gradients().of(x).toDoubles()).containsExactly(2, 4, 6, 8, 10, 12);

        var both = x.reshape(Shape.of(6)).sum().plus(x.reshape(Shape.of(3, 2)).square().sum());
        Plan twice = run(both.plus(x.times(10).sum()), List.of(x));
        assertThat(twice.gradients().of(x).toDoubles()).containsExactly(13, 15, 17, 19, 21, 23);
    }

    @Test
    void aViewOfAnInputSeesEachBatch() {
        Input batch = Input.of("batch", DType.FLOAT64, Shape.of(2, 2));
        var w = parameter("w", Shape.of(4), 1, 10, 100, 1000);
        var flat = batch.reshape(Shape.of(4));
        var loss = flat.times(w).sum();
        Plan plan = Plan.forTraining(ENGINE, loss, List.of(w), List.of(flat));

        for (double scale : new double[] {1, 2}) {
            for (int i = 0; i < 4; i++) {
                plan.value(batch).setFromDouble(i, scale * i);
            }
            plan.forward();
            plan.backward();

            assertThat(plan.value(flat).toDoubles())
                    .containsExactly(0, scale, 2 * scale, 3 * scale);
            assertThat(plan.gradients().of(w).toDoubles())
                    .containsExactly(0, scale, 2 * scale, 3 * scale);
        }
    }

    @Test
    void anInputHasAGradientWhenAskedFor() {
        Input x = Input.of("x", DType.FLOAT64, Shape.of(2));
        Plan plan = Plan.forTraining(ENGINE, x.square().sum(), List.of(x), List.of());
        plan.value(x).setFromDouble(1, 4);

        plan.forward();
        plan.backward();

        assertThat(plan.gradients().of(x).toDoubles()).containsExactly(0, 8);
    }

    @Test
    void aParameterThatDoesNotReachTheLossHasGradientZero() {
        var used = parameter("used", Shape.of(2), 1, 2);
        var unused = parameter("unused", Shape.of(3), 1, 2, 3);
        var beside = unused.square();

        Plan plan = run(used.square().sum(), List.of(used, unused), beside);
        plan.forward();
        plan.backward();

        assertThat(plan.gradients().of(unused).toDoubles()).containsExactly(0, 0, 0);
        assertThat(plan.gradients().of(used).toDoubles()).containsExactly(2, 4);
        assertThat(plan.value(beside).toDoubles()).containsExactly(1, 4, 9);
    }

    @Test
    void aParameterThatReachesTheLossButWasNotAskedForIsLeftAlone() {
        var a = parameter("a", Shape.SCALAR, 3);
        var b = parameter("b", Shape.SCALAR, 5);

        Plan plan = run(a.times(b).square(), List.of(a));

        assertThat(plan.gradients().of(a).item()).isEqualTo(2 * 3 * 25);
        assertThat(plan.gradients().variables()).containsExactly(a);
    }

    /// The same expression with and without the sum before the activation asked for; what is asked
    /// for must exist and cannot be fused away.
    @ParameterizedTest
    @EnumSource
    void aFusedActivationGivesTheSameBits(Activation activation) {
        for (DType dtype : List.of(DType.FLOAT32, DType.FLOAT64)) {
            var x = random("x", dtype, 7, 5);
            var w = random("w", dtype, 5, 19);
            var b = random("b", dtype, 19);
            var sum = Result.of(Affine.LINEAR, x, w, b);
            var y = sum.activate(activation);
            var loss = y.square().mean();

            Plan fused = run(loss, List.of(x, w, b), y);
            Plan unfused = run(loss, List.of(x, w, b), y, sum);

            assertThat(stepsOf(loss, y)).isEqualTo(stepsOf(loss, y, sum) - 1);
            assertThat(fused.value(y).toDoubles()).containsExactly(unfused.value(y).toDoubles());
            for (Parameter parameter : List.of(x, w, b)) {
                assertThat(fused.gradients().of(parameter).toDoubles())
                        .containsExactly(unfused.gradients().of(parameter).toDoubles());
            }
        }
    }

    @Test
    void aFusedMaxPoolGivesTheSameBits() {
        var pairs = new Window.Axis(2, 2, 0, 0, 1);
        for (DType dtype : List.of(DType.FLOAT32, DType.FLOAT64)) {
            var x = random("x", dtype, 3, 2, 11, 20);
            var w = random("w", dtype, 7, 2, 3, 3);
            var b = random("b", dtype, 7);
            var sum = Result.of(new Conv2d(Window.of(3, 3), 1), x, w, b);
            var activated = sum.activate(Activation.RELU);
            var y = Result.of(new MaxPool2d(new Window(pairs, pairs)), activated);
            var loss = y.square().mean();

            Plan fused = run(loss, List.of(x, w, b), y);
            Plan unfused = run(loss, List.of(x, w, b), y, activated);

            assertThat(stepsOf(loss, y)).isEqualTo(stepsOf(loss, y, activated) - 1);
            assertThat(fused.value(y).toDoubles()).containsExactly(unfused.value(y).toDoubles());
            for (Parameter parameter : List.of(x, w, b)) {
                assertThat(fused.gradients().of(parameter).toDoubles())
                        .containsExactly(unfused.gradients().of(parameter).toDoubles());
            }
        }
    }

    private static int stepsOf(Variable... outputs) {
        return Graph.of(List.of(outputs)).steps().size();
    }

    @Test
    void aSumThatTwoActivationsReadIsNotFused() {
        var x = parameter("x", Shape.of(1, 1), 3);
        var w = parameter("w", Shape.of(1, 1), 2);
        var sum = Result.of(Affine.LINEAR, x, w);
        var loss =
                sum.activate(Activation.RELU)
                        .plus(sum.activate(Activation.IDENTITY).square())
                        .sum();

        Plan plan = run(loss, List.of(w), loss);

        assertThat(plan.value(loss).item()).isEqualTo(6 + 36);
        assertThat(plan.gradients().of(w).item()).isEqualTo(3 + 2 * 6 * 3);
    }

    @Test
    void anActivationAfterAFusedActivationIsKept() {
        var x = parameter("x", Shape.of(1, 2), 1, -1);
        var w = parameter("w", Shape.of(2, 2), 1, -3, 2, -1);
        var y =
                Result.of(Affine.LINEAR, x, w)
                        .activate(Activation.IDENTITY)
                        .activate(Activation.RELU)
                        .activate(Activation.TANH);

        assertThat(y.value().toDoubles()).containsExactly(0, 0);
        assertThat(Result.of(Affine.LINEAR, x, w).value().toDoubles()).containsExactly(-1, -2);
    }

    @ParameterizedTest
    @EnumSource(names = {"FLOAT32", "FLOAT64"})
    void aPlanRunAgainGivesTheSameBits(DType dtype) {
        var x = random("x", dtype, 6, 4);
        var w = random("w", dtype, 4, 3);
        var loss = x.matmul(w).softmax().times(x.matmul(w)).sum().plus(w.square().mean());
        Plan plan = run(loss, List.of(x, w), loss);
        double value = plan.value(loss).item();
        double[] gradient = plan.gradients().of(w).toDoubles();

        for (int i = 0; i < 3; i++) {
            plan.forward();
            plan.backward();
        }

        assertThat(plan.value(loss).item()).isEqualTo(value);
        assertThat(plan.gradients().of(w).toDoubles()).containsExactly(gradient);
    }

    @Test
    void whatWasAskedForStaysReadableToTheEnd() {
        var x = parameter("x", Shape.of(2), 1, 2);
        List<Variable> all = new ArrayList<>();
        Variable y = x;
        for (int i = 0; i < 20; i++) {
            y = y.plus(x);
            all.add(y);
        }
        Plan plan = Plan.forInference(ENGINE, all);

        plan.forward();

        for (int i = 0; i < all.size(); i++) {
            assertThat(plan.value(all.get(i)).toDoubles()).containsExactly(i + 2, 2 * (i + 2));
        }
    }

    @Test
    void whatWasNotAskedForIsNotReadable() {
        var x = parameter("x", Shape.of(2), 1, 2);
        var square = x.square();
        Plan plan = Plan.forInference(ENGINE, List.of(square.sum()));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> plan.value(square))
                .withMessage("SQUARE -> [2] is neither an input nor an output of this plan");
    }

    @Test
    void aLossIsASingleNumber() {
        var x = parameter("x", Shape.of(2), 1, 2);

        assertThatExceptionOfType(ShapeException.class)
                .isThrownBy(() -> Plan.forTraining(ENGINE, x.square(), List.of(x), List.of()))
                .withMessage("a loss is a single number, got shape [2]");
    }

    /// An operation may use the gradient of its result as scratch space, so it cannot be asked for.
    @Test
    void gradientsAreWithRespectToLeaves() {
        var x = parameter("x", Shape.of(2), 1, 2);
        var square = x.square();
        var labels = Variable.of(IntTensor.of(Shape.of(2), 0, 1));

        assertThatExceptionOfType(ShapeException.class)
                .isThrownBy(
                        () -> Plan.forTraining(ENGINE, square.sum(), List.of(square), List.of()))
                .withMessage(
                        "gradients are with respect to floating leaves, such as parameters;"
                                + " SQUARE -> [2] is computed");
        assertThatExceptionOfType(ShapeException.class)
                .isThrownBy(
                        () -> Plan.forTraining(ENGINE, square.sum(), List.of(labels), List.of()))
                .withMessage(
                        "gradients are with respect to floating leaves, such as parameters;"
                                + " constant[2] is INT32");
    }

    /// Inference of 100 operations on 1 MB tensors in the memory of a few of them: a result may be
    /// overwritten once the next one is there.
    @Test
    void inferenceUsesSpentBuffersAgain() {
        var x = random("x", DType.FLOAT64, 1 << 17);
        Variable y = x;
        for (int i = 0; i < 100; i++) {
            y = y.square();
        }
        Variable last = y;

        long bytes = Allocation.of(() -> Plan.forInference(ENGINE, List.of(last)));

        assertThat(bytes).isBetween(2L << 20, 4L << 20);
    }

    /// Of 100 operations the values are kept for the gradients, but of the gradients only a few at a
    /// time.
    @Test
    void trainingUsesSpentGradientBuffersAgain() {
        var x = random("x", DType.FLOAT64, 1 << 17);
        Variable y = x;
        for (int i = 0; i < 100; i++) {
            y = y.square();
        }
        Variable loss = y.sum();

        long bytes = Allocation.of(() -> Plan.forTraining(ENGINE, loss, List.of(x), List.of()));

        assertThat(bytes).isBetween(100L << 20, 106L << 20);
    }

    /// Planning takes a time that grows with the graph; if it grew with its square this would take half
    /// a minute.
    @Test
    @Timeout(10)
    void aGraphOfThirtyThousandOperationsIsPlannedQuickly() {
        var x = parameter("x", Shape.SCALAR, 1);
        Variable y = x;
        for (int i = 0; i < 30_000; i++) {
            y = y.times(x);
        }

        assertThat(y.value().item()).isEqualTo(1);
        assertThat(y.gradients(x).of(x).item()).isEqualTo(30_001);
    }
}
