package org.manabi.formats.png;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.manabi.formats.png.Axis.Scale;

/// The range of an axis and its ticks at round numbers.
///
/// @param low the value at the beginning
/// @param high the value at the end
/// @param ticks ascending, within the range
record Ruler(Scale scale, double low, double high, List<Tick> ticks) {

    /// A labeled place on an axis.
    record Tick(double value, String label) {}

    /// Where an axis begins and ends that says nothing about it.
    enum Ends {
        /// At the data's.
        TIGHT,
        /// At the round numbers around the data.
        ROUND
    }

    /// A ruler for data between `smallest` and `largest` with about `wanted` ticks.
    static Ruler of(Axis axis, double smallest, double largest, Ends ends, int wanted) {
        return switch (axis.scale()) {
            case LINEAR -> linear(axis, smallest, largest, ends, wanted);
            case LOGARITHMIC -> logarithmic(axis, smallest, largest);
        };
    }

    private static Ruler linear(Axis axis, double smallest, double largest, Ends ends, int wanted) {
        double from = axis.low().orElse(smallest);
        double to = axis.high().orElse(largest);
        if (!(to > from)) { // a single value: give it room
            double room = Math.max(Math.abs(from) / 10, 1e-3);
            from -= axis.low().isPresent() ? 0 : room;
            to = from + 2 * room;
        }
        double step = roundStep((to - from) / wanted);
        boolean tight = ends == Ends.TIGHT;
        double low = axis.low().orElse(tight ? from : Math.floor(from / step + 1e-9) * step);
        double high = axis.high().orElse(tight ? to : Math.ceil(to / step - 1e-9) * step);
        String format = format(Math.max(Math.abs(low), Math.abs(high)), decimals(step));
        List<Tick> ticks = new ArrayList<>();
        for (long i = (long) Math.ceil(low / step - 1e-6); i * step <= high + step * 1e-6; i++) {
            ticks.add(new Tick(i * step, label(i * step, format)));
        }
        return new Ruler(Scale.LINEAR, low, high, ticks);
    }

    /// The smallest of 1, 2 and 5 times a power of ten that is at least `step`.
    private static double roundStep(double step) {
        double power = Math.pow(10, Math.floor(Math.log10(step)));
        for (double factor : new double[] {1, 2, 5}) {
            if (factor * power >= step * (1 - 1e-9)) {
                return factor * power;
            }
        }
        return 10 * power;
    }

    private static int decimals(double step) {
        return (int) Math.max(0, -Math.floor(Math.log10(step) + 1e-9));
    }

    private static Ruler logarithmic(Axis axis, double smallest, double largest) {
        double from = axis.low().orElse(smallest);
        double to = axis.high().orElse(largest);
        int firstDecade = (int) Math.floor(Math.log10(from) + 1e-9);
        int lastDecade = (int) Math.ceil(Math.log10(to) - 1e-9);
        boolean few = lastDecade - firstDecade <= 2;
        int skip = Math.max(1, (lastDecade - firstDecade) / 6);
        double low = axis.low().orElse(few ? below(from) : Math.pow(10, firstDecade));
        double high = axis.high().orElse(few ? roundStep(to) : Math.pow(10, lastDecade));
        if (!(high > low)) {
            high = 10 * low;
        }
        List<Tick> ticks = new ArrayList<>();
        for (int decade = firstDecade; decade <= lastDecade; decade += skip) {
            for (int factor : few ? new int[] {1, 2, 5} : new int[] {1}) {
                double value = factor * Math.pow(10, decade);
                if (value >= low * (1 - 1e-9) && value <= high * (1 + 1e-9)) {
                    ticks.add(new Tick(value, decadeLabel(value, decade)));
                }
            }
        }
        return new Ruler(Scale.LOGARITHMIC, low, high, ticks);
    }

    private static double below(double value) {
        double power = Math.pow(10, Math.floor(Math.log10(value) + 1e-9));
        double factor = value / power;
        return power * (factor >= 5 ? 5 : factor >= 2 ? 2 : 1);
    }

    private static String decadeLabel(double value, int decade) {
        return decade < -4 || decade > 5
                ? String.format(Locale.ROOT, "%.0e", value).replace("e-0", "e-").replace("e+0", "e")
                : label(value, format(value, Math.max(0, -decade)));
    }

    /// Thousands are separated where one of the numbers has five digits.
    private static String format(double largest, int decimals) {
        return (largest >= 10_000 ? "%,." : "%.") + decimals + "f";
    }

    private static String label(double value, String format) {
        if (value == 0) {
            return "0";
        }
        String label = String.format(Locale.ROOT, format, value);
        return label.startsWith("-") ? "−" + label.substring(1) : label;
    }

    /// Where a value lies between the beginning, 0, and the end, 1.
    double place(double value) {
        return switch (scale) {
            case LINEAR -> (value - low) / (high - low);
            case LOGARITHMIC ->
                    value > 0 ? Math.log(value / low) / Math.log(high / low) : Double.NaN;
        };
    }
}
