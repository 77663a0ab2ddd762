package org.manabi.tensor.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.manabi.tensor.Activation;

class FloatMathTests {

    interface FloatFunction {
        float apply(float x);
    }

    /// A function with its true value, and the error in ulp that its documentation states.
    record Function(String name, FloatFunction value, DoubleUnaryOperator truth, double ulps) {

        @Override
        public String toString() {
            return name;
        }
    }

    // Not private: only the name in @FieldSource reads it, which Error Prone does not see.
    static final List<Function> FUNCTIONS =
            List.of(
                    new Function("exp", FloatMath::exp, Math::exp, 0.89),
                    new Function("expm1", FloatMath::expm1, Math::expm1, 1.52),
                    new Function("log", FloatMath::log, Math::log, 0.80),
                    new Function("log1p", FloatMath::log1p, Math::log1p, 1.38),
                    new Function("tanh", FloatMath::tanh, Math::tanh, 1.37),
                    new Function("sigmoid", FloatMath::sigmoid, x -> 1 / (1 + Math.exp(-x)), 2.4),
                    new Function("erf", FloatMath::erf, FloatMathTests::erf, 1.00));

    static final List<Function> VALIDATED =
            FUNCTIONS.stream().filter(f -> !Set.of("sigmoid", "erf").contains(f.name())).toList();

    /// A prime number of floats lies between two samples, so that no pattern of bits is favoured.
    private static final int STRIDE = 10_007;

    @ParameterizedTest
    @FieldSource("FUNCTIONS")
    void isWrongByAtMostTheStatedUlps(Function function) {
        double worst = 0;
        float at = 0;
        for (long bits = Integer.MIN_VALUE; bits <= Integer.MAX_VALUE; bits += STRIDE) {
            float x = Float.intBitsToFloat((int) bits);
            double error = ulps(function.value().apply(x), function.truth().applyAsDouble(x));
            if (!(error <= worst)) {
                worst = error;
                at = x;
            }
        }
        assertThat(worst).as("error in ulp of %s at %s", function, at).isLessThan(function.ulps());
    }

    @ParameterizedTest
    @FieldSource("FUNCTIONS")
    void keepsTheSignOfZeroTheLimitsAndNaN(Function function) {
        for (float x :
                new float[] {
                    0f,
                    -0f,
                    1,
                    -1,
                    Float.MIN_VALUE,
                    -Float.MIN_VALUE,
                    Float.MIN_NORMAL,
                    88.72283f,
                    -103.97f,
                    Float.MAX_VALUE,
                    -Float.MAX_VALUE,
                    Float.POSITIVE_INFINITY,
                    Float.NEGATIVE_INFINITY,
                    Float.NaN
                }) {
            float expected = (float) function.truth().applyAsDouble(x);
            float actual = function.value().apply(x);
            if (Float.isFinite(expected) && expected != 0) {
                assertThat(Math.abs(actual - expected))
                        .as("%s of %s", function, x)
                        .isLessThanOrEqualTo(2 * Math.ulp(expected));
            } else {
                assertThat(Float.valueOf(actual))
                        .as("%s of %s", function, x)
                        .isEqualTo(Float.valueOf(expected));
            }
        }
    }

    @ParameterizedTest
    @FieldSource("VALIDATED")
    void agreesWithNumPysValidationSet(Function function) {
        int rows = 0;
        for (String line : lines("umath-validation-set-" + function.name() + ".csv")) {
            if (line.startsWith("np.float32")) {
                String[] fields = line.split(",", -1);
                float x = Float.intBitsToFloat(Integer.parseUnsignedInt(hex(fields[1]), 16));
                float expected = Float.intBitsToFloat(Integer.parseUnsignedInt(hex(fields[2]), 16));
                float actual = function.value().apply(x);
                assertThat(ulpsBetween(actual, expected))
                        .as("%s of %s, expected %s, got %s", function, x, expected, actual)
                        .isLessThanOrEqualTo(Integer.parseInt(fields[3].strip()));
                rows++;
            }
        }
        assertThat(rows).isGreaterThan(100);
    }

    interface ArrayFunction {
        void apply(int n, float[] x, float[] y);
    }

    private static final FloatKernels BEST = FloatKernels.best();

    /// The functions that have a vector form.
    static final Map<String, ArrayFunction> VECTORIZED =
            Map.of(
                    "exp", (n, x, y) -> BEST.exp(n, x, 0, y, 0),
                    "log", (n, x, y) -> BEST.log(n, x, 0, y, 0),
                    "tanh", (n, x, y) -> BEST.activate(Activation.TANH, n, x, 0, y, 0),
                    "sigmoid", (n, x, y) -> BEST.activate(Activation.SIGMOID, n, x, 0, y, 0),
                    "erf", (n, x, y) -> BEST.erf(n, x, 0, y, 0));

    static final List<Function> WITH_VECTORS =
            FUNCTIONS.stream().filter(f -> VECTORIZED.containsKey(f.name())).toList();

    /// On NumPy's inputs for all functions, and on samples of all floats: together with the tests
    /// above, the vector form errs no more than the scalar one.
    @ParameterizedTest
    @FieldSource("WITH_VECTORS")
    void vectorsGiveTheBitsOfTheScalarForm(Function function) {
        assumeTrue(BEST.vectorBits() > 0, "needs --add-modules jdk.incubator.vector");
        float[] x = samples();
        float[] y = new float[x.length];
        Objects.requireNonNull(VECTORIZED.get(function.name())).apply(x.length, x, y);
        for (int i = 0; i < x.length; i++) {
            float expected = function.value().apply(x[i]);
            assertThat(Float.floatToIntBits(y[i]))
                    .as("%s of %s: expected %s, got %s", function, x[i], expected, y[i])
                    .isEqualTo(Float.floatToIntBits(expected));
        }
    }

    private static float[] samples() {
        List<Float> samples = new ArrayList<>();
        for (Function function : VALIDATED) {
            for (String line : lines("umath-validation-set-" + function.name() + ".csv")) {
                if (line.startsWith("np.float32")) {
                    String bits = hex(line.split(",", -1)[1]);
                    samples.add(Float.intBitsToFloat(Integer.parseUnsignedInt(bits, 16)));
                }
            }
        }
        for (long bits = Integer.MIN_VALUE; bits <= Integer.MAX_VALUE; bits += 16 * STRIDE) {
            samples.add(Float.intBitsToFloat((int) bits));
        }
        float[] array = new float[samples.size()];
        for (int i = 0; i < array.length; i++) {
            array[i] = samples.get(i);
        }
        return array;
    }

    private static String hex(String field) {
        return field.strip().substring(2);
    }

    private static List<String> lines(String file) {
        try (InputStream in = FloatMathTests.class.getResourceAsStream("/numpy/" + file)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The distance in floats, 0 between two NaN.
    private static long ulpsBetween(float x, float y) {
        if (Float.isNaN(x) || Float.isNaN(y)) {
            return Float.isNaN(x) && Float.isNaN(y) ? 0 : Long.MAX_VALUE;
        }
        return Math.abs(place(x) - place(y));
    }

    /// Counts the floats from 0 on.
    private static long place(float x) {
        int bits = Float.floatToIntBits(x);
        return bits < 0 ? Integer.MIN_VALUE - (long) bits : bits;
    }

    /// The error in units of the last place of the true value as a float.
    private static double ulps(float actual, double truth) {
        float rounded = (float) truth;
        if (!Float.isFinite(rounded) || !Float.isFinite(actual)) {
            boolean overflows = Math.abs(truth) > Float.MAX_VALUE && Float.isInfinite(actual);
            return overflows || Float.compare(actual, rounded) == 0 ? 0 : Double.MAX_VALUE;
        }
        return Math.abs(actual - truth) / Math.ulp(rounded);
    }

    /// The error function in double: its series near 0, its continued fraction further out.
    private static double erf(double x) {
        double t = Math.abs(x);
        if (Double.isNaN(x) || t > 6) {
            return Double.isNaN(x) ? x : Math.copySign(1, x);
        }
        return Math.copySign(t < 3 ? erfSeries(t) : 1 - erfcFraction(t), x);
    }

    private static double erfSeries(double t) {
        double term = t;
        double sum = t;
        for (int n = 1; Math.abs(term) > 1e-18 * sum; n++) {
            term *= -t * t / n;
            sum += term / (2 * n + 1);
        }
        return 2 / Math.sqrt(Math.PI) * sum;
    }

    private static double erfcFraction(double t) {
        double fraction = 0;
        for (int n = 120; n >= 1; n--) {
            fraction = n / 2.0 / (t + fraction);
        }
        return Math.exp(-t * t) / Math.sqrt(Math.PI) / (t + fraction);
    }
}
