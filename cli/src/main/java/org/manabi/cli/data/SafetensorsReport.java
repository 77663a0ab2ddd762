package org.manabi.cli.data;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.manabi.cli.console.Console;
import org.manabi.cli.console.Numbers;
import org.manabi.formats.json.JsonObject;
import org.manabi.formats.json.JsonValue;
import org.manabi.formats.model.ModelFile;
import org.manabi.formats.safetensors.Safetensors;
import org.manabi.formats.safetensors.SafetensorsHeader;
import org.manabi.formats.safetensors.StoredTensor;

/// What there is to say of a safetensors file: its tensors, and whether it is a model.
final class SafetensorsReport {

    private SafetensorsReport() {}

    static Inspected of(Path path, Console console) {
        SafetensorsHeader header = Safetensors.header(path);
        List<String> lines = new ArrayList<>();
        List<JsonValue> tensors = new ArrayList<>();
        long numbers = 0;
        for (StoredTensor tensor : header.tensors().values()) {
            numbers += tensor.size();
            lines.add("  " + tensor);
            tensors.add(
                    JsonObject.EMPTY
                            .with("name", tensor.name())
                            .with("type", tensor.type().name())
                            .with("shape", tensor.shape()));
        }
        lines.addFirst(
                console.text(
                        "inspect.safetensors",
                        header.tensors().size(),
                        Numbers.count(numbers),
                        Numbers.count(header.dataBytes())));
        if (header.metadata().containsKey(SafetensorsHeader.DIGEST)) {
            Safetensors.readInto(path, same -> Map.of());
        }
        boolean model = header.metadata().containsKey(ModelFile.CARD);
        if (model) {
            lines.add(console.text("inspect.model", ModelFile.load(path).model()));
        }
        JsonObject report =
                JsonObject.EMPTY
                        .with("format", "safetensors")
                        .with("numbers", numbers)
                        .with("bytes", header.dataBytes())
                        .with("model", model)
                        .with("tensors", new JsonValue.Array(tensors));
        return new Inspected(path, lines, report, null);
    }
}
