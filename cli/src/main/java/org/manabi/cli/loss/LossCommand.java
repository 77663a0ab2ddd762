package org.manabi.cli.loss;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.manabi.autodiff.Parameter;
import org.manabi.autodiff.Variable;
import org.manabi.cli.console.Console;
import org.manabi.cli.console.ExitCode;
import org.manabi.cli.console.JsonOption;
import org.manabi.formats.json.JsonObject;
import org.manabi.formats.json.JsonValue;
import org.manabi.loss.Labels;
import org.manabi.loss.OneHot;
import org.manabi.loss.Targets;
import org.manabi.loss.Values;
import org.manabi.tensor.DoubleTensor;
import org.manabi.tensor.Tensor;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `manabi loss`: one loss and its gradient with respect to the prediction, in double. The loss
/// alone goes to stdout, so that a script can take it; the gradient is shown beside it.
@Command(name = "loss")
public final class LossCommand implements Callable<Integer> {

    private final Console console;

    @Mixin private JsonOption json = new JsonOption();

    @Parameters(paramLabel = "NAME", descriptionKey = "loss.name")
    private LossName name = LossName.SOFTMAX_CROSS_ENTROPY;

    @Option(
            names = "--predicted",
            paramLabel = "y,…",
            required = true,
            descriptionKey = "loss.predicted")
    private String predicted = "";

    @ArgGroup(multiplicity = "1")
    private Answer answer = new Answer();

    /// What should have been predicted: the numbers or the class.
    static final class Answer {

        @Option(
                names = "--target",
                paramLabel = "t,…",
                required = true,
                descriptionKey = "loss.target")
        private @Nullable String target;

        @Option(names = "--label", paramLabel = "k", required = true, descriptionKey = "loss.label")
        private @Nullable String label;
    }

    public LossCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        DoubleTensor y = new NumberRows(console, "--predicted").matrix(predicted);
        Parameter prediction = Parameter.of("predicted", y);
        Variable loss = name.of(y, prediction, targets(y.shape().dim(1)));
        double value = loss.value().item();
        Tensor gradient = loss.gradients(prediction).of(prediction);
        if (json.chosen()) {
            console.printJson(report(value, gradient));
        } else {
            console.print(Double.toString(value));
            console.say(console.text("loss.gradient", describe(gradient)));
        }
        return ExitCode.DONE;
    }

    private Targets targets(int classes) {
        if (answer.label != null) {
            return Labels.of(classes, new NumberRows(console, "--label").integers(answer.label));
        }
        DoubleTensor t = new NumberRows(console, "--target").matrix(String.valueOf(answer.target));
        return name.needsClasses() ? OneHot.of(t) : Values.of(t);
    }

    /// The gradient is flat for one sample, and a list of rows for several.
    private static JsonObject report(double value, Tensor gradient) {
        List<JsonValue> rows = rows(gradient).stream().map(JsonValue::of).toList();
        return JsonObject.EMPTY
                .with("loss", value)
                .with("gradient", rows.size() == 1 ? rows.getFirst() : new JsonValue.Array(rows));
    }

    private static String describe(Tensor gradient) {
        return rows(gradient).stream()
                .map(
                        row ->
                                Arrays.stream(row)
                                        .mapToObj(Double::toString)
                                        .collect(Collectors.joining(",")))
                .collect(Collectors.joining(";"));
    }

    private static List<double[]> rows(Tensor gradient) {
        List<double[]> rows = new ArrayList<>();
        for (int row = 0; row < gradient.shape().dim(0); row++) {
            rows.add(gradient.rows(row, 1).toDoubles());
        }
        return rows;
    }
}
