package org.manabi.formats.source;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.manabi.formats.Durably;
import org.manabi.formats.WriteException;
import org.manabi.formats.model.ModelCard;
import org.manabi.formats.model.SavedModel;
import org.manabi.layers.Network;
import org.manabi.tensor.Checks;
import org.manabi.tensor.DType;
import org.manabi.tensor.ShapeException;
import org.manabi.train.OutputKind;

/// Writes a model as the source of one Java class that needs nothing but the JDK: the weights as
/// texts, the layers as plain loops, a static method that predicts. Its numbers are those of the
/// model here, to the last bit: sums are added in the same order, and exponentials are the same
/// polynomials.
public final class JavaSource {

    /// More weights are no longer source: compilers take minutes for them.
    static final int MAX_WEIGHTS = 8 << 20;

    private static final Set<String> RESERVED =
            Set.of(
                    ("abstract assert boolean break byte case catch char"
                                    + " class const continue default do double else enum"
                                    + " extends false final finally float for goto if"
                                    + " implements import instanceof int interface long native"
                                    + " new null package private protected public record"
                                    + " return sealed short static strictfp super switch"
                                    + " synchronized this throw throws transient true try var"
                                    + " void volatile while yield")
                            .split(" ", -1));

    private JavaSource() {}

    /// The source of a class of this name.
    ///
    /// @throws ShapeException naming the layer that cannot be written, or if no class can have the
    ///     name
    public static String of(SavedModel saved, String className) {
        Network network = saved.model().network();
        requireName(className);
        Checks.require(
                network.dtype() == DType.FLOAT32,
                "only networks in float32 are written as Java, this one is in %s",
                network.dtype());
        Checks.require(
                network.parameters().count() <= MAX_WEIGHTS,
                "the model has %s weights; up to %s are written as Java, export it as .onnx",
                network.parameters().count(),
                MAX_WEIGHTS);
        LayerText layers = new LayerText(network);
        ModelCard card = saved.card();
        float divisor = (float) card.divisor();
        String first = divisor == 1 ? "x" : layers.call("divide", "x", number(divisor));
        String last = layers.write(first);
        boolean scores = saved.model().kind() == OutputKind.LOGITS;
        String probabilities =
                switch (saved.model().kind()) {
                    case LOGITS -> layers.call("softmax", "predict(x)", "OUTPUTS");
                    case LOG_PROBABILITIES -> layers.call("exps", "predict(x)");
                    case PROBABILITIES -> "predict(x)";
                    case OUTPUTS -> "";
                };
        StringBuilder text = new StringBuilder();
        text.append(head(className, network, card, scores));
        text.append(
                """

                    /// What the model gives for one sample.
                    ///
                    /// @param x %s numbers%s
                    public static float[] predict(float... x) {
                        if (x.length != INPUTS) {
                            throw new IllegalArgumentException(
                                    "the model takes " + INPUTS + " numbers, got " + x.length);
                        }
                """
                        .formatted(
                                network.sampleShape().size(),
                                divisor == 1 ? "" : ", as they are in the data"));
        text.append(layers.statements());
        text.append("        return ").append(last).append(";\n    }\n");
        if (!probabilities.isEmpty()) {
            text.append(classifier(probabilities, card));
        }
        text.append(MAIN);
        text.append(layers.kernels());
        text.append(layers.weights());
        return text.append("}\n").toString();
    }

    /// Writes the source durably, see [Durably]; the class is called as the file.
    ///
    /// @throws ShapeException naming the layer that cannot be written
    /// @throws WriteException if the file cannot be written; it is then as it was
    public static void write(Path file, SavedModel saved) {
        String name = String.valueOf(file.getFileName());
        String className = name.replaceFirst("\\.java$", "");
        Durably.write(file, of(saved, className).getBytes(StandardCharsets.UTF_8));
    }

    private static void requireName(String name) {
        boolean fits =
                !name.isEmpty()
                        && Character.isJavaIdentifierStart(name.charAt(0))
                        && name.chars().allMatch(Character::isJavaIdentifierPart)
                        && !RESERVED.contains(name);
        Checks.require(fits, "%s cannot be the name of a Java class; call the file Net.java", name);
    }

    /// A float as a literal.
    static String number(double value) {
        float rounded = (float) value;
        return Float.isFinite(rounded)
                ? rounded + "f"
                : "Float.intBitsToFloat(" + Float.floatToRawIntBits(rounded) + ")";
    }

    private static String head(
            String className, Network network, ModelCard card, boolean scoresOnly) {
        String names =
                card.classNames().stream()
                        .map(JavaSource::quoted)
                        .collect(Collectors.joining(", "));
        return """
               /// A network that was trained with Manabi, written as plain Java: %s.
               /// It gives %s, with the same bits on every machine.
               public final class %s {

                   /// How many numbers go in: a sample %s, the last axis together.
                   public static final int INPUTS = %s;

                   /// How many numbers come out.
                   public static final int OUTPUTS = %s;

                   /// The names of the classes, in the order of the outputs; empty without classes.
                   private static final String[] CLASSES = {%s};

                   private %s() {}
               """
                .formatted(
                        String.format(Locale.ROOT, "%s weights", network.parameters().count()),
                        scoresOnly
                                ? "scores, of which the softmax is the probabilities"
                                : "outputs",
                        className,
                        network.sampleShape(),
                        network.sampleShape().size(),
                        network.outputShape().size(),
                        names,
                        className);
    }

    private static String quoted(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                quoted.append('\\').append(c);
            } else if (c >= ' ' && c < 127) {
                quoted.append(c);
            } else {
                // A line break written by its code would break the line all the same.
                quoted.append(String.format(Locale.ROOT, c < ' ' ? "\\%03o" : "\\u%04x", (int) c));
            }
        }
        return quoted.append('"').toString();
    }

    private static String classifier(String probabilities, ModelCard card) {
        List<String> names = card.classNames();
        return """

                   /// The probability of each class for one sample.
                   public static float[] probabilities(float... x) {
                       return %s;
                   }

                   /// The number of the most probable class, the first of equal ones.
                   public static int classify(float... x) {
                       float[] p = probabilities(x);
                       int best = 0;
                       for (int i = 1; i < p.length; i++) {
                           best = p[i] > p[best] ? i : best;
                       }
                       return best;
                   }
               %s"""
                .formatted(
                        probabilities,
                        names.isEmpty()
                                ? ""
                                : """

                                      /// The name of the most probable class.
                                      public static String nameOf(float... x) {
                                          return CLASSES[classify(x)];
                                      }
                                  """);
    }

    private static final String MAIN =
            """

                /// Prints what the model gives for samples, each an argument: numbers and commas.
                public static void main(String[] args) {
                    for (String sample : args) {
                        String[] cells = sample.split(",");
                        float[] x = new float[cells.length];
                        for (int i = 0; i < x.length; i++) {
                            x[i] = Float.parseFloat(cells[i].strip());
                        }
                        System.out.println(java.util.Arrays.toString(predict(x)));
                    }
                }
            """;
}
