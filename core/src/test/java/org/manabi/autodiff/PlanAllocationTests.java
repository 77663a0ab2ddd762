package org.manabi.autodiff;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.manabi.Allocation;
import org.manabi.tensor.Activation;
import org.manabi.tensor.DType;
import org.manabi.tensor.Engine;
import org.manabi.tensor.RandomStream;
import org.manabi.tensor.Seed;
import org.manabi.tensor.Shape;
import org.manabi.tensor.Tensor;

/// What a plan's runs leave to the garbage collector, in a JVM that has run nothing else.
class PlanAllocationTests {

    private static final Engine ENGINE = Engine.serial();

    /// Invariant 3. A result has 1024 numbers, 4 KiB in float32; a run may make the few small objects
    /// by which operations speak to the threads, but no tensor. Vectors in code that the JIT compiler
    /// has not yet seen often enough are objects too, so the plan is run until they are gone.
    @ParameterizedTest
    @EnumSource(names = {"FLOAT32", "FLOAT64"})
    void runningAllocatesNextToNothing(DType dtype) {
        var x = random("x", dtype, 32, 16);
        var w = random("w", dtype, 16, 32);
        var b = random("b", dtype, 32);
        var hidden = Result.of(Affine.LINEAR, x, w, b).activate(Activation.TANH);
        var loss = hidden.softmax().times(hidden.exp()).minus(hidden.reshape(Shape.of(32, 32)));
        Plan plan = Plan.forTraining(ENGINE, loss.square().mean(), List.of(w, b), List.of(hidden));

        long least = Allocation.onceCompiled(100 * 2_000, () -> runOften(plan));

        assertThat(least / 100).isLessThanOrEqualTo(2_000);
    }

    private static void runOften(Plan plan) {
        for (int i = 0; i < 100; i++) {
            plan.forward();
            plan.backward();
        }
    }

    private static Parameter random(String name, DType dtype, int... dims) {
        Tensor value = Tensor.zeros(dtype, Shape.of(dims));
        RandomStream random = Seed.of(5).child(name).stream();
        for (int i = 0; i < value.size(); i++) {
            value.setFromDouble(i, random.nextGaussian());
        }
        return Parameter.of(name, value);
    }
}
