package org.manabi.cli.data;

import java.nio.file.Path;
import java.util.List;
import org.manabi.cli.console.Console;
import org.manabi.formats.image.ImageFile;
import org.manabi.formats.json.JsonObject;

/// What there is to say of an image, all of which is decoded.
final class ImageReport {

    private ImageReport() {}

    static Inspected of(Path path, Console console) {
        ImageFile.Header image = ImageFile.verify(path);
        String line =
                console.text(
                        image.isGray() ? "inspect.image.gray" : "inspect.image.color",
                        image.format(),
                        image.width(),
                        image.height());
        JsonObject report =
                JsonObject.EMPTY
                        .with("format", "image")
                        .with("type", image.format())
                        .with("width", image.width())
                        .with("height", image.height())
                        .with("gray", image.isGray());
        return new Inspected(path, List.of(line), report, null);
    }
}
