package org.manabi.cli.lesson;

import java.util.ArrayList;
import java.util.List;
import org.manabi.data.Dataset;
import org.manabi.formats.png.ContactSheet;

/// Pictures of a dataset with a caption each, for the terminal and for a PNG file.
final class DigitPictures {

    private static final int BLACK = 96;
    private static final int PER_ROW = 5;
    private static final String GAP = "  ";

    private final Dataset data;
    private final int side;
    private final List<Integer> rows = new ArrayList<>();
    private final List<String> captions = new ArrayList<>();

    /// @param data square pictures, flat or not
    DigitPictures(Dataset data) {
        this.data = data;
        side = (int) Math.sqrt(data.sampleShape().size());
    }

    /// Adds the picture of a row.
    DigitPictures with(int row, String caption) {
        rows.add(row);
        captions.add(caption);
        return this;
    }

    /// The pictures in Braille dots, five side by side, their captions beneath.
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        for (int from = 0; from < rows.size(); from += PER_ROW) {
            int to = Math.min(rows.size(), from + PER_ROW);
            List<List<String>> pictures =
                    rows.subList(from, to).stream().map(this::drawing).toList();
            for (int line = 0; line < pictures.getFirst().size(); line++) {
                List<String> parts = new ArrayList<>();
                for (List<String> picture : pictures) {
                    parts.add(picture.get(line));
                }
                lines.add(String.join(GAP, parts).stripTrailing());
            }
            List<String> centered =
                    captions.subList(from, to).stream().map(this::centered).toList();
            lines.add(String.join(GAP, centered).stripTrailing());
        }
        return lines;
    }

    private List<String> drawing(int row) {
        Braille dots = new Braille(side, side);
        byte[] pixels = pixels(row);
        for (int i = 0; i < pixels.length; i++) {
            if ((pixels[i] & 0xFF) >= BLACK) {
                dots.dot(i % side, i / side, 0);
            }
        }
        return dots.lines(false);
    }

    private String centered(String caption) {
        int width = (side + 1) / 2;
        int before = Math.max(0, (width - DisplayWidth.of(caption)) / 2);
        return DisplayWidth.left(" ".repeat(before) + caption, width);
    }

    private byte[] pixels(int row) {
        byte[] pixels = new byte[side * side];
        for (int i = 0; i < pixels.length; i++) {
            double ink = data.inputs().getAsDouble(row * pixels.length + i) / data.divisor();
            pixels[i] = (byte) Math.round(255 * ink);
        }
        return pixels;
    }

    /// The pictures as a sheet under a title.
    ContactSheet sheet(String title, ContactSheet.Mark mark) {
        ContactSheet sheet = ContactSheet.of(side, side).withTitle(title);
        for (int i = 0; i < rows.size(); i++) {
            sheet = sheet.with(pixels(rows.get(i)), captions.get(i), mark);
        }
        return sheet;
    }
}
