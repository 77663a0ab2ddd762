package org.manabi.cli.data;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.manabi.cli.console.Console;
import org.manabi.cli.console.Numbers;
import org.manabi.formats.json.JsonObject;
import org.manabi.formats.json.JsonValue;
import org.manabi.formats.npy.ArrayDescription;
import org.manabi.formats.npy.Npy;
import org.manabi.formats.npy.Npz;

/// What there is to say of NumPy's files.
final class NumpyReport {

    private NumpyReport() {}

    static Inspected ofArray(Path path) {
        ArrayDescription array = Npy.describe(path);
        JsonObject report = report(array).with("format", "npy");
        return new Inspected(path, List.of("npy, " + array), report, null);
    }

    static Inspected ofArchive(Path path, Console console) {
        List<ArrayDescription> arrays = Npz.describe(path);
        List<String> lines = new ArrayList<>();
        List<JsonValue> reports = new ArrayList<>();
        long numbers = 0;
        for (ArrayDescription array : arrays) {
            numbers += array.size();
            lines.add("  " + array.name() + " " + array);
            reports.add(report(array).with("name", array.name()));
        }
        lines.addFirst(console.text("inspect.npz", arrays.size(), Numbers.count(numbers)));
        JsonObject report =
                JsonObject.EMPTY
                        .with("format", "npz")
                        .with("numbers", numbers)
                        .with("arrays", new JsonValue.Array(reports));
        return new Inspected(path, lines, report, null);
    }

    private static JsonObject report(ArrayDescription array) {
        return JsonObject.EMPTY
                .with("type", array.type().name())
                .with("shape", array.dims().stream().mapToLong(Long::longValue).toArray())
                .with("fortranOrder", array.order() == org.manabi.formats.npy.Order.FORTRAN);
    }
}
