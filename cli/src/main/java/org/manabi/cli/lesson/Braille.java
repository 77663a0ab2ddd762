package org.manabi.cli.lesson;

import java.util.ArrayList;
import java.util.List;

/// A drawing of dots, eight to a letter, in the patterns of Braille (U+2800 and on), which take one
/// column in every terminal.
final class Braille {

    /// The bit of the dot at column x and row y of a letter, at index `2y + x`.
    private static final int[] BITS = {0x01, 0x08, 0x02, 0x10, 0x04, 0x20, 0x40, 0x80};

    private static final String[] COLORS = {"\u001b[36m", "\u001b[33m", "\u001b[35m"};
    private static final String RESET = "\u001b[0m";

    private final int[][] letters;
    private final int[][] inks;
    private final int width;
    private final int height;

    /// A white drawing.
    ///
    /// @param width in dots
    /// @param height in dots
    Braille(int width, int height) {
        this.width = width;
        this.height = height;
        letters = new int[(height + 3) / 4][(width + 1) / 2];
        inks = new int[letters.length][letters[0].length];
    }

    int width() {
        return width;
    }

    int height() {
        return height;
    }

    /// Sets a dot; those outside are left out.
    ///
    /// @param ink one of a few colors, from 0; the last one wins where dots share a letter
    void dot(int x, int y, int ink) {
        if (x >= 0 && y >= 0 && x < width && y < height) {
            letters[y / 4][x / 2] |= BITS[y % 4 * 2 + x % 2];
            inks[y / 4][x / 2] = ink;
        }
    }

    /// The lines of the drawing.
    ///
    /// @param colors whether the terminal can show them
    List<String> lines(boolean colors) {
        List<String> lines = new ArrayList<>();
        for (int row = 0; row < letters.length; row++) {
            StringBuilder line = new StringBuilder();
            for (int column = 0; column < letters[row].length; column++) {
                int bits = letters[row][column];
                boolean colored = colors && bits != 0;
                line.append(colored ? COLORS[inks[row][column] % COLORS.length] : "")
                        .append(bits == 0 ? ' ' : (char) (0x2800 + bits))
                        .append(colored ? RESET : "");
            }
            lines.add(line.toString());
        }
        return lines;
    }

    /// A name in the color of its ink.
    static String named(String name, int ink, boolean colors) {
        return colors ? COLORS[ink % COLORS.length] + name + RESET : name;
    }
}
