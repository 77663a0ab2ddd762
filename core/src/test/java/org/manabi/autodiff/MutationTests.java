package org.manabi.autodiff;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Mistakes that people make in derivatives, planted one at a time in the sources of core: each must
/// be caught by the gradient checks or by the comparison with PyTorch. Tests of the tests.
///
/// The changed file alone is compiled, and everything of Manabi is loaded anew with it.
class MutationTests {

    private static final Path SOURCES = Path.of("src/main/java/org/manabi");

    /// The checks, each with the method that lists its cases and the one that tests a case.
    private static final List<List<String>> CHECKS =
            List.of(
                    List.of(
                            "org.manabi.autodiff.GradientCheckTests",
                            "cases",
                            "backPropagationAgreesWithCentralDifferences"),
                    List.of(
                            "org.manabi.layers.LayerGradientTests",
                            "cases",
                            "backPropagationAgreesWithCentralDifferences"),
                    List.of("org.manabi.layers.PyTorchTests", "examples", "inDouble"));

    /// One mistake.
    ///
    /// @param kind what sort of slip it is
    /// @param file where, within the package `org.manabi`
    /// @param right what stands there, once
    /// @param wrong what is put in its place
    record Mutation(String kind, String file, String right, String wrong) {
        @Override
        public String toString() {
            return kind + " in " + file + ": " + wrong.strip();
        }
    }

    static List<Mutation> mutations() {
        String nonlinearity = "tensor/kernel/DoubleNonlinearity.java";
        String rows = "tensor/kernel/DoubleNormalization.java";
        String channels = "tensor/ChannelNormalization.java";
        String kernels = "tensor/kernel/DoubleKernels.java";
        String cells = "tensor/kernel/RecurrentCells.java";
        String attention = "autodiff/SelfAttention.java";
        return List.of(
                new Mutation("sign", "autodiff/Binary.java", "return -1;", "return 1;"),
                new Mutation("a power", "autodiff/Binary.java", "-a / (b * b)", "-a / b"),
                new Mutation(
                        "missing 1/N",
                        "autodiff/Reduce.java",
                        "site.outputGradient().getAsDouble(0) / divisor",
                        "site.outputGradient().getAsDouble(0)"),
                new Mutation("a factor", "autodiff/Unary.java", "return 2 * x;", "return x;"),
                new Mutation(
                        "sign",
                        kernels,
                        "y[yo + row + j] * (dy[dyo + row + j] - dot)",
                        "y[yo + row + j] * (dy[dyo + row + j] + dot)"),
                new Mutation(
                        "the target forgotten", kernels, "labels[lo + i] ? p - 1 : p", "0 ? p : p"),
                new Mutation(
                        "a logarithm taken for a probability",
                        kernels,
                        "StrictMath.exp(y[yo + row + j]) * sum",
                        "y[yo + row + j] * sum"),
                new Mutation(
                        "sign",
                        nonlinearity,
                        "normalDistribution(x) + x * normalDensity(x)",
                        "normalDistribution(x) - x * normalDensity(x)"),
                new Mutation(
                        "a factor",
                        nonlinearity,
                        "yield s + x * s * (1 - s);",
                        "yield s + s * (1 - s);"),
                new Mutation(
                        "a power",
                        nonlinearity,
                        "yield t + x * sigmoid(x) * (1 - t * t);",
                        "yield t + x * sigmoid(x) * (1 - t);"),
                new Mutation(
                        "minus 1 forgotten, which no derivative sees",
                        nonlinearity,
                        "b * a * StrictMath.expm1(x)",
                        "b * a * StrictMath.exp(x)"),
                new Mutation(
                        "epsilon outside of the root",
                        rows,
                        "1 / Math.sqrt(squares / length + layout.epsilon())",
                        "1 / (Math.sqrt(squares / length) + layout.epsilon())"),
                new Mutation("missing 1/N", rows, "slope /= length;", ""),
                new Mutation(
                        "the mean's own gradient forgotten",
                        rows,
                        "level = layout.centered() ? level / length : 0;",
                        "level = 0;"),
                new Mutation(
                        "a power",
                        channels,
                        "-scale * factor * factor * product / count()",
                        "-scale * factor * product / count()"),
                new Mutation("sign", channels, "-scale * sum / count()", "scale * sum / count()"),
                new Mutation(
                        "the biased variance",
                        channels,
                        "variances[c] * correction",
                        "variances[c]"),
                new Mutation(
                        "momentum the other way round",
                        channels,
                        "mean + momentum * (means[c] - mean)",
                        "means[c] + momentum * (mean - means[c])"),
                new Mutation("a power", cells, "dc * i * (1 - g * g)", "dc * i * (1 - g)"),
                new Mutation(
                        "sign",
                        cells,
                        "dh * (before[bo + at] - n) * z * (1 - z)",
                        "dh * (n - before[bo + at]) * z * (1 - z)"),
                new Mutation(
                        "a step too early",
                        "autodiff/Sequences.java",
                        "dRecurrent.rows(samples, rows() - samples)",
                        "dRecurrent.rows(0, rows() - samples)"),
                new Mutation(
                        "transposed",
                        attention,
                        "engine.product(Product.ATB, scores, query, value);",
                        "engine.product(Product.AB, scores, query, value);"),
                new Mutation(
                        "a root forgotten, which no derivative sees",
                        attention,
                        "scale = 1 / Math.sqrt(width);",
                        "scale = 1.0 / width;"),
                new Mutation(
                        "the wrong side of 0",
                        "tensor/kernel/PreluRows.java",
                        "Math.fma(dy[dyo + j], Math.min(x[xo + j], 0), sum)",
                        "Math.fma(dy[dyo + j], Math.max(x[xo + j], 0), sum)"),
                new Mutation(
                        "the first step for the last, which no derivative sees",
                        "autodiff/LastStep.java",
                        "int last = (steps - 1) * width;",
                        "int last = 0;"));
    }

    @TempDir Path folder;

    @ParameterizedTest
    @MethodSource("mutations")
    void everyMistakeIsCaught(Mutation mutation) throws Exception {
        compile(mutation);

        Optional<String> catcher = firstFailure(new Mutated(folder.resolve("classes")));

        assertThat(catcher).as("what catches: %s", mutation).isPresent();
    }

    private void compile(Mutation mutation) throws IOException {
        String source = Files.readString(SOURCES.resolve(mutation.file()));
        assertThat(source.split(Pattern.quote(mutation.right()), -1))
                .as("'%s' stands once in %s", mutation.right(), mutation.file())
                .hasSize(2);
        Path changed = folder.resolve("source").resolve(mutation.file());
        Files.createDirectories(changed.getParent());
        Files.writeString(changed, source.replace(mutation.right(), mutation.wrong()));
        Path classes = Files.createDirectories(folder.resolve("classes"));
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
            List<String> options =
                    List.of(
                            "-proc:none",
                            "--add-modules=jdk.incubator.vector",
                            "-d",
                            classes.toString(),
                            "-cp",
                            System.getProperty("java.class.path"));
            boolean compiled =
                    compiler.getTask(
                                    null,
                                    files,
                                    null,
                                    options,
                                    null,
                                    files.getJavaFileObjects(changed))
                            .call();
            assertThat(compiled).as("%s compiles", mutation).isTrue();
        }
    }

    private static Optional<String> firstFailure(ClassLoader loader) throws Exception {
        for (List<String> check : CHECKS) {
            Class<?> tests = loader.loadClass(check.get(0));
            Method cases = tests.getDeclaredMethod(check.get(1));
            cases.setAccessible(true);
            Constructor<?> constructor = tests.getDeclaredConstructor();
            constructor.setAccessible(true);
            Object instance = constructor.newInstance();
            for (Object one : list(cases.invoke(null))) {
                Method test = tests.getDeclaredMethod(check.get(2), one.getClass());
                test.setAccessible(true);
                try {
                    test.invoke(instance, one);
                } catch (InvocationTargetException e) {
                    return Optional.of(check.get(0) + ": " + one + ": " + e.getCause());
                }
            }
        }
        return Optional.empty();
    }

    private static Collection<?> list(Object cases) {
        return cases instanceof Stream<?> stream ? stream.toList() : (Collection<?>) cases;
    }

    /// Loads Manabi's own classes anew, the changed ones from a folder.
    private static final class Mutated extends ClassLoader {

        private final Path changed;

        Mutated(Path changed) {
            super(MutationTests.class.getClassLoader());
            this.changed = changed;
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            synchronized (getClassLoadingLock(name)) {
                Class<?> known = findLoadedClass(name);
                if (known != null || !name.startsWith("org.manabi.")) {
                    return known != null ? known : super.loadClass(name, resolve);
                }
                byte[] bytes = bytes(name.replace('.', '/') + ".class", name);
                return defineClass(name, bytes, 0, bytes.length);
            }
        }

        private byte[] bytes(String file, String name) throws ClassNotFoundException {
            Path own = changed.resolve(file);
            try (InputStream in =
                    Files.exists(own)
                            ? Files.newInputStream(own)
                            : getParent().getResourceAsStream(file)) {
                if (in == null) {
                    throw new ClassNotFoundException(name);
                }
                return in.readAllBytes();
            } catch (IOException e) {
                throw new ClassNotFoundException(name, e);
            }
        }
    }
}
