package org.manabi.formats.png;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.manabi.formats.png.Canvas.Anchor;

/// Horizontal bars from zero, each with its name at the left and its value at the right:
///
///     BarChart.titled("Test accuracy")
///             .withBar("hand-written rule", 0.31, "31.0 %")
///             .withBar("network", 0.97, "97.0 %")
///             .save(Path.of("accuracies.png"));
///
/// @param subtitle one line below the title; empty for none
public record BarChart(String title, String subtitle, List<Bar> bars) {

    private static final double PADDING = 22;
    private static final double TITLE_SIZE = 17;
    private static final double TEXT_SIZE = 13;
    private static final double WIDTH = 760;
    private static final double ROW = 40;

    /// One bar.
    ///
    /// @param value its length, at least 0
    /// @param text how the value is written
    public record Bar(String name, double value, String text) {

        public Bar {
            if (!(value >= 0) || Double.isInfinite(value)) {
                throw new IllegalArgumentException(
                        "bar %s: the value %s is not a number of at least 0"
                                .formatted(name, value));
            }
        }
    }

    public BarChart {
        bars = List.copyOf(bars);
    }

    /// A chart without bars.
    public static BarChart titled(String title) {
        return new BarChart(title, "", List.of());
    }

    public BarChart withSubtitle(String subtitle) {
        return new BarChart(title, subtitle, bars);
    }

    /// The chart with one more bar, below the others.
    public BarChart withBar(String name, double value, String text) {
        List<Bar> more = new ArrayList<>(bars);
        more.add(new Bar(name, value, text));
        return new BarChart(title, subtitle, more);
    }

    /// The chart as a picture.
    public Picture draw() {
        double header = PADDING + TITLE_SIZE + (subtitle.isEmpty() ? 14 : 36);
        Canvas canvas = new Canvas(WIDTH, header + bars.size() * ROW + PADDING - 8);
        canvas.text(
                title,
                PADDING,
                PADDING + TITLE_SIZE - 2,
                Anchor.LEFT,
                Font.MEDIUM,
                TITLE_SIZE,
                Ink.TEXT);
        canvas.text(
                subtitle,
                PADDING,
                PADDING + TITLE_SIZE + 20,
                Anchor.LEFT,
                Font.REGULAR,
                TEXT_SIZE,
                Ink.FAINT_TEXT);
        double left = PADDING + 14 + widest(Font.REGULAR, bars.stream().map(Bar::name).toList());
        double room = WIDTH - PADDING - 12 - left;
        room -= widest(Font.MEDIUM, bars.stream().map(Bar::text).toList());
        double longest = bars.stream().mapToDouble(Bar::value).max().orElse(1);
        for (int i = 0; i < bars.size(); i++) {
            Bar bar = bars.get(i);
            double y = header + i * ROW;
            double length = longest == 0 ? 0 : bar.value() / longest * room;
            double base = y + ROW / 2 + 1;
            canvas.text(
                    bar.name(), left - 12, base, Anchor.RIGHT, Font.REGULAR, TEXT_SIZE, Ink.TEXT);
            canvas.rectangle(left, y + 4, length, ROW - 16, Ink.ofSeries(i));
            canvas.text(
                    bar.text(),
                    left + length + 10,
                    base,
                    Anchor.LEFT,
                    Font.MEDIUM,
                    TEXT_SIZE,
                    Ink.ofSeries(i));
        }
        canvas.line(left, header - 2, left, header + bars.size() * ROW - 6, 1, Ink.AXIS);
        return canvas.picture();
    }

    private static double widest(Font font, List<String> texts) {
        return texts.stream().mapToDouble(text -> font.width(text, TEXT_SIZE)).max().orElse(0);
    }

    /// Saves the chart as a PNG file.
    ///
    /// @throws IOException if the file cannot be written
    public void save(Path file) throws IOException {
        draw().save(file);
    }
}
