import java.nio.file.Path;
import java.util.List;
import org.manabi.formats.json.JsonObject;
import org.manabi.formats.json.JsonValue;
import org.manabi.formats.png.Axis;
import org.manabi.formats.png.Chart;
import org.manabi.formats.run.RunDirectory;

/// Draws the learning curves of a run with validation data, as README.md shows them:
///
///     ./manabi train mnist --epochs 15 --validation 0.1 --seed 1 --out runs/curves
///     java -cp "cli/target/dist/manabi.jar:cli/target/dist/lib/*" docs/pictures/MnistCurves.java \
///         runs/curves docs/pictures/mnist-curves.png
void main(String[] arguments) throws Exception {
    List<JsonObject> epochs =
            RunDirectory.open(Path.of(arguments[0])).metrics().stream()
                    .filter(event -> event.get("validation").isPresent())
                    .toList();
    double[] x = epochs.stream().mapToDouble(epoch -> number(epoch, "epoch")).toArray();
    double[] held = values(epochs, "validation", "loss");
    int best = 0;
    for (int i = 0; i < held.length; i++) {
        best = held[i] < held[best] ? i : best;
    }
    Chart loss =
            Chart.titled("Loss")
                    .withSubtitle("cross-entropy, nats")
                    .withX(Axis.of("epoch"))
                    .withLine("training", x, values(epochs, "train", "loss"))
                    .withLine("validation", x, held)
                    .withMarker(x[best], "overfitting begins");
    Chart accuracy =
            Chart.titled("Accuracy")
                    .withX(Axis.of("epoch"))
                    .withY(Axis.of("share of right answers").between(0.9, 1))
                    .withLine("training", x, values(epochs, "train", "accuracy"))
                    .withLine("validation", x, values(epochs, "validation", "accuracy"));
    Chart.stacked(List.of(loss, accuracy)).save(Path.of(arguments[1]));
}

double[] values(List<JsonObject> epochs, String data, String metric) {
    return epochs.stream()
            .map(epoch -> (JsonObject) epoch.get(data).orElseThrow())
            .mapToDouble(scores -> number(scores, metric))
            .toArray();
}

double number(JsonObject object, String name) {
    return object.get(name).map(JsonValue::asDouble).orElseThrow().orElseThrow();
}
