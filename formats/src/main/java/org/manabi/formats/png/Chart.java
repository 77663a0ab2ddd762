package org.manabi.formats.png;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// A chart of lines, steps and points, drawn without the machine's fonts or window system:
///
///     Chart.titled("Learning curves")
///             .withX(Axis.of("epoch"))
///             .withY(Axis.of("loss, nats").from(0))
///             .withLine("training", epochs, trainingLosses)
///             .withLine("validation", epochs, validationLosses)
///             .withMarker(7, "overfitting begins")
///             .save(Path.of("curves.png"));
///
/// Each series is named beside its last point. Texts are ASCII and some mathematical letters.
///
/// @param subtitle one line below the title; empty for none
/// @param width in units of two pixels
/// @param height in units of two pixels
public record Chart(
        String title,
        String subtitle,
        Axis x,
        Axis y,
        List<Series> series,
        List<Marker> markers,
        int width,
        int height) {

    /// A place on the x axis that is worth a word.
    ///
    /// @param x where a dashed line is drawn from top to bottom
    /// @param label stands beside its top
    public record Marker(double x, String label) {}

    public Chart {
        series = List.copyOf(series);
        markers = List.copyOf(markers);
        if (width < 200 || height < 120) {
            throw new IllegalArgumentException(
                    "a chart of %s × %s has no room for its axes; at least 200 × 120"
                            .formatted(width, height));
        }
    }

    /// An empty chart of 760 × 440 units.
    public static Chart titled(String title) {
        return new Chart(title, "", Axis.of(""), Axis.of(""), List.of(), List.of(), 760, 440);
    }

    public Chart withSubtitle(String subtitle) {
        return new Chart(title, subtitle, x, y, series, markers, width, height);
    }

    public Chart withX(Axis x) {
        return new Chart(title, subtitle, x, y, series, markers, width, height);
    }

    public Chart withY(Axis y) {
        return new Chart(title, subtitle, x, y, series, markers, width, height);
    }

    public Chart withSize(int width, int height) {
        return new Chart(title, subtitle, x, y, series, markers, width, height);
    }

    public Chart with(Series added) {
        return new Chart(title, subtitle, x, y, plus(series, added), markers, width, height);
    }

    public Chart withLine(String name, double[] xs, double[] ys) {
        return with(Series.of(name, Series.Style.LINE, xs, ys));
    }

    public Chart withSteps(String name, double[] xs, double[] ys) {
        return with(Series.of(name, Series.Style.STEPS, xs, ys));
    }

    public Chart withPoints(String name, double[] xs, double[] ys) {
        return with(Series.of(name, Series.Style.POINTS, xs, ys));
    }

    public Chart withMarker(double at, String label) {
        List<Marker> more = plus(markers, new Marker(at, label));
        return new Chart(title, subtitle, x, y, series, more, width, height);
    }

    private static <T> List<T> plus(List<T> list, T last) {
        List<T> longer = new ArrayList<>(list);
        longer.add(last);
        return longer;
    }

    /// The chart as a picture.
    public Picture draw() {
        return stacked(List.of(this));
    }

    /// Several charts one below the other, their left and right ends aligned.
    public static Picture stacked(List<Chart> charts) {
        return ChartPainter.paint(charts);
    }

    /// Saves the chart as a PNG file.
    ///
    /// @throws IOException if the file cannot be written
    public void save(Path file) throws IOException {
        draw().save(file);
    }
}
