package org.manabi.formats.png;

/// Points of a chart that belong together.
public final class Series {

    /// How the points are drawn.
    public enum Style {
        /// Joined by straight lines; NaN breaks the line.
        LINE,
        /// Each value holds until the next point.
        STEPS,
        /// Dots.
        POINTS
    }

    private final String name;
    private final Style style;
    private final double[] xs;
    private final double[] ys;

    private Series(String name, Style style, double[] xs, double[] ys) {
        if (xs.length != ys.length || xs.length == 0) {
            throw new IllegalArgumentException(
                    "series %s: %s values of x and %s of y; equally many, at least 1, are needed"
                            .formatted(name, xs.length, ys.length));
        }
        for (int i = 0; i < xs.length; i++) {
            if (!Double.isFinite(xs[i])) {
                throw new IllegalArgumentException(
                        "series %s: x is %s at point %s; it must be finite"
                                .formatted(name, xs[i], i));
            }
        }
        this.name = name;
        this.style = style;
        this.xs = xs.clone();
        this.ys = ys.clone();
    }

    /// The points `(xs[i], ys[i])`; those whose y is NaN or infinite are left out.
    ///
    /// @param name stands beside the last point; empty for none
    /// @param xs finite, in ascending order
    /// @param ys as many
    public static Series of(String name, Style style, double[] xs, double[] ys) {
        return new Series(name, style, xs, ys);
    }

    public String name() {
        return name;
    }

    public Style style() {
        return style;
    }

    double[] xs() {
        return xs;
    }

    double[] ys() {
        return ys;
    }

    @Override
    public String toString() {
        return "%s %s[%s points]".formatted(style, name, xs.length);
    }
}
