package org.manabi.cli.data;

import java.util.ArrayList;
import java.util.List;
import org.manabi.cli.console.Console;

/// Draws pictures of grey pixels with the upper and lower halves of characters: each character is
/// two pixels, one above the other.
public final class HalfBlocks {

    private static final char UPPER = '▀';
    private static final char LOWER = '▄';
    private static final char FULL = '█';
    private static final int DARK = 96;
    private static final String RESET = "\u001b[0m";

    private final Ink ink;

    /// What pixels are drawn with.
    public enum Ink {
        /// The 24 greys of terminals with 256 colors.
        GREYS,
        /// Characters alone: a pixel is on or off.
        CHARACTERS
    }

    public HalfBlocks(Ink ink) {
        this.ink = ink;
    }

    /// With greys if results on this console may be colored.
    public static HalfBlocks on(Console console) {
        return new HalfBlocks(console.outHasColors() ? Ink.GREYS : Ink.CHARACTERS);
    }

    /// The lines of one picture of bytes 0 … 255, row by row.
    public List<String> draw(byte[] pixels, int offset, int width, int height) {
        List<String> lines = new ArrayList<>();
        for (int y = 0; y < height; y += 2) {
            StringBuilder line = new StringBuilder();
            for (int x = 0; x < width; x++) {
                int upper = pixels[offset + y * width + x] & 0xFF;
                int lower = y + 1 < height ? pixels[offset + (y + 1) * width + x] & 0xFF : 0;
                line.append(ink == Ink.GREYS ? grey(upper, lower) : outline(upper, lower));
            }
            lines.add(ink == Ink.GREYS ? line + RESET : line.toString());
        }
        return lines;
    }

    private static String grey(int upper, int lower) {
        return "\u001b[38;5;" + shade(upper) + ";48;5;" + shade(lower) + "m" + UPPER;
    }

    /// The 24 greys of the 256 colors.
    private static int shade(int value) {
        return 232 + value * 23 / 255;
    }

    private static String outline(int upper, int lower) {
        if (upper >= DARK) {
            return String.valueOf(lower >= DARK ? FULL : UPPER);
        }
        return String.valueOf(lower >= DARK ? LOWER : ' ');
    }

    /// Pictures side by side.
    public static List<String> beside(List<List<String>> pictures) {
        List<String> lines = new ArrayList<>();
        for (int row = 0; row < pictures.getFirst().size(); row++) {
            StringBuilder line = new StringBuilder();
            for (List<String> picture : pictures) {
                line.append(line.isEmpty() ? "" : " ").append(picture.get(row));
            }
            lines.add(line.toString());
        }
        return lines;
    }
}
