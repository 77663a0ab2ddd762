package org.manabi.formats.png;

import java.util.OptionalDouble;

/// One axis of a chart.
///
/// @param label what is measured, with its unit
/// @param scale how values are spaced
/// @param low where it begins; if empty, a round number at or below the data
/// @param high where it ends; if empty, a round number at or above the data
public record Axis(String label, Scale scale, OptionalDouble low, OptionalDouble high) {

    /// How values are spaced along an axis.
    public enum Scale {
        /// Equal differences are equally long.
        LINEAR,
        /// Equal ratios are equally long; values of 0 and below are not drawn.
        LOGARITHMIC
    }

    /// An axis whose ends fit the data.
    public static Axis of(String label) {
        return new Axis(label, Scale.LINEAR, OptionalDouble.empty(), OptionalDouble.empty());
    }

    /// The same axis beginning and ending at the given values.
    public Axis between(double low, double high) {
        if (!(low < high)) {
            throw new IllegalArgumentException(
                    "axis %s: the low end %s is not below the high end %s"
                            .formatted(label, low, high));
        }
        return new Axis(label, scale, OptionalDouble.of(low), OptionalDouble.of(high));
    }

    /// The same axis beginning at the given value.
    public Axis from(double low) {
        return new Axis(label, scale, OptionalDouble.of(low), high);
    }

    /// The same axis with equal ratios equally long.
    public Axis logarithmic() {
        return new Axis(label, Scale.LOGARITHMIC, low, high);
    }
}
