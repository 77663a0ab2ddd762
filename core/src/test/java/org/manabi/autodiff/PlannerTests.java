package org.manabi.autodiff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.manabi.tensor.DType;
import org.manabi.tensor.Engine;
import org.manabi.tensor.ForAll;

/// Plans of random graphs against the plainest way to compute them: fusing operations, viewing and
/// using buffers again changes nothing.
class PlannerTests {

    private static final int GRAPHS = 300;

    @ParameterizedTest
    @EnumSource(names = {"FLOAT32", "FLOAT64"})
    void inferenceEqualsThePlainestWayToTheBit(DType dtype) {
        ForAll.seeds(
                GRAPHS,
                random -> {
                    var expression = new RandomExpression(random, dtype, 1 + random.nextInt(40));
                    List<Variable> outputs = expression.someNodes(1 + random.nextInt(4));
                    outputs.add(expression.loss());
                    Plan plan = Plan.forInference(Engine.serial(), outputs);

                    plan.forward();
                    plan.forward();

                    Unplanned plain = new Unplanned();
                    for (Variable output : outputs) {
                        assertThat(plan.value(output).toDoubles())
                                .containsExactly(plain.value(output).toDoubles());
                    }
                });
    }

    /// Values to the bit. Gradients of a variable that is used three times or more may be added in
    /// another order: with fewer than 200 operations on numbers of a few units that is an error of some
    /// hundred ε, 1e-13, passed on; a buffer overwritten too early is an error in the first digit.
    @ParameterizedTest
    @EnumSource(names = {"FLOAT32", "FLOAT64"})
    void trainingEqualsThePlainestWay(DType dtype) {
        double tolerance = dtype == DType.FLOAT64 ? 1e-11 : 1e-3;
        ForAll.seeds(
                GRAPHS,
                random -> {
                    var expression = new RandomExpression(random, dtype, 1 + random.nextInt(40));
                    List<Variable> outputs = expression.someNodes(random.nextInt(3));
                    Variable loss = expression.loss();
                    List<Variable> readable = new ArrayList<>(outputs);
                    readable.add(loss);
                    Plan plan =
                            Plan.forTraining(
                                    Engine.serial(), loss, expression.parameters(), outputs);

                    plan.forward();
                    plan.backward();

                    Unplanned plain = new Unplanned();
                    for (Variable output : readable) {
                        assertThat(plan.value(output).toDoubles())
                                .containsExactly(plain.value(output).toDoubles());
                    }
                    for (Parameter parameter : expression.parameters()) {
                        double[] expected = plain.gradient(loss, parameter).toDoubles();
                        double[] actual = plan.gradients().of(parameter).toDoubles();
                        for (int i = 0; i < expected.length; i++) {
                            assertThat(actual[i])
                                    .isCloseTo(
                                            expected[i],
                                            within(tolerance * (1 + Math.abs(expected[i]))));
                        }
                    }
                });
    }

    /// Whatever an earlier run left in the buffers, be it NaN, does not matter.
    @ParameterizedTest
    @EnumSource(names = {"FLOAT32", "FLOAT64"})
    void aRunLeavesNothingBehindForTheNext(DType dtype) {
        ForAll.seeds(
                GRAPHS / 3,
                random -> {
                    var expression = new RandomExpression(random, dtype, 1 + random.nextInt(40));
                    List<Parameter> parameters = expression.parameters();
                    Variable loss = expression.loss();
                    Plan plan = Plan.forTraining(Engine.serial(), loss, parameters, List.of(loss));
                    plan.forward();
                    plan.backward();
                    double value = plan.value(loss).item();
                    Gradients gradients = plan.gradients().copy();

                    for (Parameter parameter : parameters) {
                        double before = parameter.tensor().getAsDouble(0);
                        parameter.tensor().setFromDouble(0, Double.NaN);
                        plan.forward();
                        plan.backward();
                        parameter.tensor().setFromDouble(0, before);
                    }
                    plan.forward();
                    plan.backward();

                    assertThat(plan.value(loss).item()).isEqualTo(value).isFinite();
                    for (Parameter parameter : parameters) {
                        assertThat(plan.gradients().of(parameter).toDoubles())
                                .containsExactly(gradients.of(parameter).toDoubles());
                    }
                });
    }
}
