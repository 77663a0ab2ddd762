package org.manabi.cli.model;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.manabi.cli.console.CommandException;
import org.manabi.cli.console.Console;
import org.manabi.cli.console.ExitCode;
import org.manabi.cli.console.JsonOption;
import org.manabi.cli.console.Numbers;
import org.manabi.cli.loss.LossName;
import org.manabi.data.Dataset;
import org.manabi.formats.json.JsonObject;
import org.manabi.formats.json.JsonValue;
import org.manabi.tensor.DType;
import org.manabi.tensor.DoubleTensor;
import org.manabi.tensor.IntTensor;
import org.manabi.tensor.RandomStream;
import org.manabi.tensor.Seed;
import org.manabi.tensor.Shape;
import org.manabi.train.GradientCheck;
import org.manabi.train.GradientCheck.Finding;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `manabi gradcheck`: proves back-propagation right by differences, on small random data.
@Command(name = "gradcheck")
public final class GradcheckCommand implements Callable<Integer> {

    private static final int SAMPLES = 3;
    private static final int PIXELS = 784;
    private static final int CLASSES = 10;
    private static final double TOLERANCE = 1e-7;

    private final Console console;

    @Mixin private JsonOption json = new JsonOption();

    @Parameters(
            paramLabel = "MODEL",
            defaultValue = "two-layer",
            descriptionKey = "gradcheck.model")
    private String model = "";

    @Option(
            names = "--loss",
            paramLabel = "LOSS",
            defaultValue = "softmax-cross-entropy",
            descriptionKey = "train.loss")
    private LossName loss = LossName.SOFTMAX_CROSS_ENTROPY;

    @Option(
            names = "--elements",
            paramLabel = "N",
            defaultValue = "500",
            descriptionKey = "gradcheck.elements")
    private int elements;

    @Option(names = "--seed", paramLabel = "N", defaultValue = "0", descriptionKey = "train.seed")
    private long seed;

    public GradcheckCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        if (elements < 1) {
            throw CommandException.wrongRequest(
                    console.text("train.error.at-least-one", "--elements", elements));
        }
        List<Finding> findings = check().run(elements, Seed.of(seed).child("elements"));
        boolean right = findings.stream().allMatch(finding -> finding.error() < TOLERANCE);
        if (json.chosen()) {
            console.printJson(report(findings, right));
        } else {
            describe(findings, right);
        }
        return right ? ExitCode.DONE : ExitCode.FAILED;
    }

    /// Of a network with fresh weights its loss is checked, of a saved one all its layers.
    private GradientCheck check() {
        boolean isList = model.endsWith(".yaml") || model.endsWith(".yml");
        if (!isList && Files.exists(Path.of(model))) {
            return GradientCheck.of(
                    ModelPath.load(Path.of(model)).saved().model().network(),
                    SAMPLES,
                    Seed.of(seed).child("data"));
        }
        Dataset data = data(Seed.of(seed).child("data"));
        return Learner.fresh(
                        ModelPreset.of(model, console),
                        loss,
                        data,
                        DType.FLOAT64,
                        Seed.of(seed).child("parameters"))
                .gradientCheck(data);
    }

    private static Dataset data(Seed seed) {
        RandomStream random = seed.stream();
        DoubleTensor inputs = DoubleTensor.zeros(Shape.of(SAMPLES, PIXELS));
        for (int i = 0; i < inputs.size(); i++) {
            inputs.setFromDouble(i, random.nextDouble());
        }
        int[] labels = IntStream.generate(() -> random.nextInt(CLASSES)).limit(SAMPLES).toArray();
        List<String> names = IntStream.range(0, CLASSES).mapToObj(Integer::toString).toList();
        return Dataset.ofClasses(
                "random data", inputs, IntTensor.of(Shape.of(SAMPLES), labels), names);
    }

    private JsonObject report(List<Finding> findings, boolean right) {
        List<JsonValue> parameters = new ArrayList<>();
        for (Finding finding : findings) {
            parameters.add(
                    JsonObject.EMPTY
                            .with("name", finding.parameter())
                            .with("size", finding.size())
                            .with("checked", finding.checked())
                            .with("relativeError", finding.error()));
        }
        return JsonObject.EMPTY
                .with("command", "gradcheck")
                .with("model", model)
                .with("loss", loss.toString())
                .with("tolerance", TOLERANCE)
                .with("right", right)
                .with("parameters", new JsonValue.Array(parameters));
    }

    private void describe(List<Finding> findings, boolean right) {
        console.print(console.text("gradcheck.head"));
        for (Finding finding : findings) {
            console.print(
                    String.format(
                            Locale.ROOT,
                            "  %-12s %10s %10s   %.2e",
                            finding.parameter(),
                            Numbers.count(finding.size()),
                            Numbers.count(finding.checked()),
                            finding.error()));
        }
        console.print(console.text(right ? "gradcheck.right" : "gradcheck.wrong", TOLERANCE));
    }
}
