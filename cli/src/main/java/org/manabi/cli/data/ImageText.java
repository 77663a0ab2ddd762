package org.manabi.cli.data;

import java.nio.file.Path;
import java.util.Arrays;
import org.manabi.cli.console.Console;
import org.manabi.cli.console.JsonOption;
import org.manabi.cli.console.Numbers;
import org.manabi.data.Dataset;
import org.manabi.data.Split;
import org.manabi.data.TargetKind;
import org.manabi.formats.Durably;
import org.manabi.formats.json.JsonObject;
import org.manabi.formats.png.ContactSheet;
import org.manabi.tensor.ByteTensor;

/// Shows data that is images of one size `[C, H, W]`: how many of each class, and what their pixels
/// are.
final class ImageText {

    private static final int SHEET = 200;
    private static final int RED = 299;
    private static final int GREEN = 587;
    private static final int BLUE = 114;

    private final Console console;

    ImageText(Console console) {
        this.console = console;
    }

    /// Whether the samples are such images.
    static boolean fits(Dataset data) {
        return data.inputs() instanceof ByteTensor && data.sampleShape().rank() == 3;
    }

    void show(DataSource source, Split split, JsonOption json) {
        if (json.chosen()) {
            console.printJson(
                    JsonObject.EMPTY
                            .with("command", "data show")
                            .with("data", source.name())
                            .with("classes", split.train().classNames())
                            .with("train", report(split.train()))
                            .with("test", report(split.test()))
                            .with("sha256", source.sha256()));
            return;
        }
        console.print(
                console.text(
                        "data.show.title",
                        source.name(),
                        split.train().size(),
                        split.test().size()));
        console.print("");
        describe(console.text("data.show.train"), split.train());
        describe(console.text("data.show.test"), split.test());
        console.print("sha256 " + source.sha256());
    }

    private static JsonObject report(Dataset part) {
        Pixels pixels = Pixels.of(part);
        return JsonObject.EMPTY
                .with("images", part.inputs().shape().toArray())
                .with("targets", TargetKind.of(part.targets()).toString())
                .with("classCounts", part.classCounts())
                .with("min", pixels.min())
                .with("max", pixels.max())
                .with("mean", pixels.mean());
    }

    private void describe(String title, Dataset part) {
        console.print(title);
        Pixels pixels = Pixels.of(part);
        console.print(
                console.text(
                        "data.show.images",
                        part.sampleShape().dim(2),
                        part.sampleShape().dim(1),
                        part.sampleShape().dim(0) == 1 ? "gray" : "RGB",
                        pixels.min(),
                        pixels.max(),
                        Numbers.fixed(pixels.mean(), 1)));
        console.print(console.text("data.show.targets", TargetKind.of(part.targets())));
        int[] counts = part.classCounts();
        int widest = part.classNames().stream().mapToInt(String::length).max().orElse(0);
        for (int k = 0; k < counts.length; k++) {
            String name = part.classNames().get(k);
            console.print(
                    "  "
                            + name
                            + " ".repeat(widest - name.length() + 2)
                            + Numbers.count(counts[k]));
        }
        console.print("");
    }

    /// What the pixels of a part are.
    private record Pixels(int min, int max, double mean) {

        static Pixels of(Dataset part) {
            ByteTensor bytes = (ByteTensor) part.inputs();
            int min = 255;
            int max = 0;
            long sum = 0;
            for (int i = 0; i < bytes.size(); i++) {
                int pixel = bytes.array()[bytes.offset() + i] & 0xFF;
                min = Math.min(min, pixel);
                max = Math.max(max, pixel);
                sum += pixel;
            }
            return new Pixels(min, max, (double) sum / bytes.size());
        }
    }

    /// Saves images from all over the data as one sheet, in gray.
    void save(Dataset part, Path file) {
        int height = part.sampleShape().dim(1);
        int width = part.sampleShape().dim(2);
        int columns = Math.clamp(1200 / (4 * width), 1, 20);
        ContactSheet sheet =
                ContactSheet.of(height, width).withColumns(columns).withTitle(part.name());
        int count = Math.min(SHEET, part.size());
        for (int i = 0; i < count; i++) {
            int row = (int) ((long) i * part.size() / count);
            String caption = part.classNames().get(part.label(row));
            sheet = sheet.with(negative(part, row), caption, ContactSheet.Mark.NONE);
        }
        Durably.write(file, sheet.draw().png());
        console.say(console.text("data.show.saved", file));
    }

    /// A sheet draws ink, of which photographs have the opposite.
    private static byte[] negative(Dataset part, int row) {
        ByteTensor bytes = (ByteTensor) part.inputs();
        int plane = part.sampleShape().dim(1) * part.sampleShape().dim(2);
        int from = bytes.offset() + row * part.sampleShape().size();
        byte[] all = bytes.array();
        if (part.sampleShape().dim(0) != 3) {
            byte[] gray = Arrays.copyOfRange(all, from, from + plane);
            for (int i = 0; i < plane; i++) {
                gray[i] = (byte) (255 - (gray[i] & 0xFF));
            }
            return gray;
        }
        byte[] gray = new byte[plane];
        for (int i = 0; i < plane; i++) {
            int light =
                    RED * (all[from + i] & 0xFF)
                            + GREEN * (all[from + plane + i] & 0xFF)
                            + BLUE * (all[from + 2 * plane + i] & 0xFF);
            gray[i] = (byte) (255 - light / 1000);
        }
        return gray;
    }
}
