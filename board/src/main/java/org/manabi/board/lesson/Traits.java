package org.manabi.board.lesson;

import java.util.Comparator;
import java.util.List;

/// What a person sees in a digit. Lengths are shares of the width or height of the digit's box.
///
/// A *gap* is how far one comes from a side of the box before one meets ink: an opening such as
/// that at the right of a C. Upper gaps are looked for from a fifth to a half of the height, lower
/// gaps from a half to four fifths.
///
/// @param tallness height divided by width
/// @param holes how many there are
/// @param holeShare the share of the box that the largest hole fills, 0 without one
/// @param holeHeight the height of its centre, 0 at the top and 1 at the bottom
/// @param upperLeft gap from the left
/// @param upperRight gap from the right
/// @param lowerLeft gap from the left
/// @param lowerRight gap from the right
/// @param above gap from the top, in the middle of the width
/// @param topWidth how wide the ink of the uppermost fifth is
/// @param bottomWidth how wide the ink of the lowest fifth is
/// @param upperStrokes how many strokes a row crosses, on average, in the upper part
/// @param middleStrokes the same in the middle
/// @param lowerStrokes the same in the lower part
public record Traits(
        double tallness,
        int holes,
        double holeShare,
        double holeHeight,
        double upperLeft,
        double upperRight,
        double lowerLeft,
        double lowerRight,
        double above,
        double topWidth,
        double bottomWidth,
        double upperStrokes,
        double middleStrokes,
        double lowerStrokes) {

    static Traits of(GrayImage image) {
        return of(Glyph.of(image));
    }

    private static Traits of(Glyph glyph) {
        List<Hole> holes = Hole.in(glyph);
        Hole largest =
                holes.stream().max(Comparator.comparingDouble(Hole::share)).orElse(new Hole(0, 0));
        Rows upper = Rows.of(glyph, 0.2, 0.5);
        Rows lower = Rows.of(glyph, 0.5, 0.8);
        return new Traits(
                (double) glyph.height() / glyph.width(),
                holes.size(),
                largest.share(),
                largest.height(),
                upper.gapLeft(),
                upper.gapRight(),
                lower.gapLeft(),
                lower.gapRight(),
                gapAbove(glyph),
                Rows.of(glyph, 0, 0.2).width(),
                Rows.of(glyph, 0.8, 1).width(),
                Rows.of(glyph, 0.1, 0.4).strokes(),
                Rows.of(glyph, 0.4, 0.6).strokes(),
                Rows.of(glyph, 0.6, 0.9).strokes());
    }

    private static double gapAbove(Glyph glyph) {
        int deepest = 0;
        for (int x = (int) (0.3 * glyph.width()); x <= (int) (0.7 * glyph.width()); x++) {
            int y = 0;
            while (y < glyph.height() && !glyph.black(x, y)) {
                y++;
            }
            deepest = Math.max(deepest, y);
        }
        return deepest / (double) glyph.height();
    }
}
