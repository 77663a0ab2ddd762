package org.manabi.formats.png;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// Letters as outlines, so that pictures look alike on every machine, with or without fonts.
///
/// The outlines are Roboto's (© Google, Apache-2.0), for ASCII and some mathematical letters; see
/// the README beside the resources. Other characters are drawn as an empty box.
final class Font {

    static final Font REGULAR = read("roboto-regular.txt");
    static final Font MEDIUM = read("roboto-medium.txt");

    private static final double UNITS_PER_EM = 2048;

    /// @param path `M x y`, `L x y` and `Q x y x y`, with y upwards from the base line
    private record Glyph(double advance, List<String> path) {}

    private static final Glyph BOX =
            new Glyph(
                    1200,
                    List.of(
                            ("M 150 0 L 1050 0 L 1050 1456 L 150 1456"
                                            + " M 250 100 L 250 1356 L 950 1356 L 950 100")
                                    .split(" ")));

    private final Map<Integer, Glyph> glyphs;

    private Font(Map<Integer, Glyph> glyphs) {
        this.glyphs = glyphs;
    }

    /// Each line of the resource: the character in hexadecimal, its advance, its path.
    private static Font read(String resource) {
        try (InputStream in =
                Objects.requireNonNull(Font.class.getResourceAsStream(resource), resource)) {
            String lines = new String(in.readAllBytes(), StandardCharsets.US_ASCII);
            Map<Integer, Glyph> glyphs = new HashMap<>();
            for (String line : lines.lines().toList()) {
                List<String> words = List.of(line.split(" "));
                Glyph glyph =
                        new Glyph(Double.parseDouble(words.get(1)), words.subList(2, words.size()));
                glyphs.put(Integer.parseInt(words.get(0), 16), glyph);
            }
            return new Font(glyphs);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Glyph glyph(int character) {
        return glyphs.getOrDefault(character, BOX);
    }

    /// The width of a text in the unit of `size`, the height of an em.
    double width(String text, double size) {
        double advance = text.codePoints().mapToDouble(c -> glyph(c).advance()).sum();
        return advance * size / UNITS_PER_EM;
    }

    /// The outline of a text that begins at `x` on the base line `y`, which points downwards.
    Outline outline(String text, double x, double y, double size) {
        Outline outline = new Outline();
        double scale = size / UNITS_PER_EM;
        double pen = x;
        for (int character : text.codePoints().toArray()) {
            Glyph glyph = glyph(character);
            trace(glyph.path(), outline, pen, y, scale);
            pen += glyph.advance() * scale;
        }
        return outline;
    }

    private static void trace(
            List<String> path, Outline outline, double x, double y, double scale) {
        for (int i = 0; i < path.size(); ) {
            String command = path.get(i);
            double x1 = x + scale * Integer.parseInt(path.get(i + 1));
            double y1 = y - scale * Integer.parseInt(path.get(i + 2));
            switch (command) {
                case "M" -> outline.moveTo(x1, y1);
                case "L" -> outline.lineTo(x1, y1);
                default -> {
                    double x2 = x + scale * Integer.parseInt(path.get(i + 3));
                    double y2 = y - scale * Integer.parseInt(path.get(i + 4));
                    outline.curveTo(x1, y1, x2, y2);
                }
            }
            i += command.equals("Q") ? 5 : 3;
        }
    }
}
