package org.manabi.cli.data;

import java.nio.file.Path;
import java.util.List;
import org.manabi.cli.console.Console;
import org.manabi.cli.console.Numbers;
import org.manabi.data.Dataset;
import org.manabi.data.Split;
import org.manabi.formats.json.JsonObject;

/// What there is to say of samples in two parts: a directory of pictures, or an archive.
final class DataReport {

    private DataReport() {}

    static Inspected of(Path path, Split data, Console console) {
        Dataset train = data.train();
        String line =
                console.text(
                        "inspect.data",
                        Numbers.count(size(train)),
                        Numbers.count(size(data.test())),
                        train.sampleShape(),
                        train.classNames().size());
        JsonObject report =
                JsonObject.EMPTY
                        .with("format", "data")
                        .with("train", size(train))
                        .with("test", size(data.test()))
                        .with("shape", train.sampleShape().toArray())
                        .with("classes", train.classNames());
        return new Inspected(path, List.of(line), report, null);
    }

    private static long size(Dataset data) {
        return data.inputs().shape().dim(0);
    }
}
