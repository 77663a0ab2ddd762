package org.manabi.formats.png;

import java.util.List;

/// Colors of charts. The series' colors differ in lightness as well as in hue, so that they can be
/// told apart by color-blind eyes and in grey print.
///
/// @param red 0 … 255
/// @param green 0 … 255
/// @param blue 0 … 255
record Ink(int red, int green, int blue) {

    static final Ink WHITE = of(0xFFFFFF);
    static final Ink TEXT = of(0x1F2933);
    static final Ink FAINT_TEXT = of(0x66727F);
    static final Ink AXIS = of(0x9AA5B1);
    static final Ink GRID = of(0xE6EAEE);
    static final Ink WRONG = of(0xD0342C);

    static final List<Ink> SERIES =
            List.of(
                    of(0x1B66C9),
                    of(0xE4691B),
                    of(0x12876F),
                    of(0x8E44AD),
                    of(0xC9A227),
                    of(0x5B6770));

    static Ink of(int rgb) {
        return new Ink(rgb >> 16 & 0xFF, rgb >> 8 & 0xFF, rgb & 0xFF);
    }

    static Ink ofSeries(int index) {
        return SERIES.get(index % SERIES.size());
    }
}
