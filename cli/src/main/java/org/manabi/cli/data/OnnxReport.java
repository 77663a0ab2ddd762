package org.manabi.cli.data;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.manabi.cli.console.Console;
import org.manabi.cli.console.Numbers;
import org.manabi.formats.Printable;
import org.manabi.formats.json.JsonObject;
import org.manabi.formats.json.JsonValue;
import org.manabi.formats.onnx.Onnx;
import org.manabi.formats.onnx.OnnxGraph;
import org.manabi.formats.onnx.OnnxModel;
import org.manabi.formats.onnx.OnnxText;
import org.manabi.formats.onnx.OnnxValue;

/// What there is to say of an ONNX model: its graph, drawn as text.
final class OnnxReport {

    private OnnxReport() {}

    static Inspected of(Path path, Console console) {
        OnnxModel model = Onnx.read(path);
        OnnxGraph graph = model.graph();
        List<String> lines = new ArrayList<>(OnnxText.lines(graph));
        lines.addFirst(
                console.text(
                        "inspect.onnx",
                        model.irVersion(),
                        model.opset(),
                        Printable.line(model.producer()),
                        graph.nodes().size(),
                        Numbers.count(graph.weightCount())));
        JsonObject report =
                JsonObject.EMPTY
                        .with("format", "onnx")
                        .with("irVersion", model.irVersion())
                        .with("opset", model.opset())
                        .with("producer", model.producer())
                        .with("nodes", graph.nodes().size())
                        .with("weights", graph.weightCount())
                        .with("inputs", values(graph.required()))
                        .with("outputs", values(graph.outputs()));
        return new Inspected(path, lines, report, null);
    }

    private static JsonValue values(List<OnnxValue> values) {
        List<JsonValue> reports = new ArrayList<>();
        for (OnnxValue value : values) {
            JsonObject report = JsonObject.EMPTY.with("name", value.name());
            if (value.type() != null) {
                report = report.with("type", value.type().name());
            }
            List<OnnxValue.Dim> dims = value.shape().orElse(null);
            if (dims != null) {
                report = report.with("shape", dims.stream().map(OnnxValue.Dim::toString).toList());
            }
            reports.add(report);
        }
        return new JsonValue.Array(reports);
    }
}
