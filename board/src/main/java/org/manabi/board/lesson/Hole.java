package org.manabi.board.lesson;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/// White that is closed in by ink, found by flood fill.
///
/// @param share of the digit's box that it fills
/// @param height of its centre, from 0 at the top of the box to 1 at its bottom
record Hole(double share, double height) {

    /// Less white than this is a slip of the pen.
    private static final int SMALLEST = 3;

    private record Place(int x, int y) {}

    /// All holes of a digit, from its top down.
    static List<Hole> in(Glyph glyph) {
        // A margin of one pixel around the box joins all white that is not closed in.
        boolean[][] seen = new boolean[glyph.height() + 2][glyph.width() + 2];
        flood(glyph, seen, new Place(-1, -1));
        List<Hole> holes = new ArrayList<>();
        for (int y = 0; y < glyph.height(); y++) {
            for (int x = 0; x < glyph.width(); x++) {
                if (!glyph.black(x, y) && !seen[y + 1][x + 1]) {
                    List<Place> white = flood(glyph, seen, new Place(x, y));
                    if (white.size() >= SMALLEST) {
                        holes.add(of(glyph, white));
                    }
                }
            }
        }
        return holes;
    }

    private static Hole of(Glyph glyph, List<Place> white) {
        double middle = white.stream().mapToDouble(place -> place.y() + 0.5).average().orElse(0);
        return new Hole(
                white.size() / ((double) glyph.width() * glyph.height()), middle / glyph.height());
    }

    private static List<Place> flood(Glyph glyph, boolean[][] seen, Place start) {
        List<Place> filled = new ArrayList<>();
        Deque<Place> open = new ArrayDeque<>();
        open.add(start);
        while (!open.isEmpty()) {
            Place place = open.remove();
            int x = place.x();
            int y = place.y();
            boolean outside = x < -1 || y < -1 || x > glyph.width() || y > glyph.height();
            if (outside || seen[y + 1][x + 1] || glyph.black(x, y)) {
                continue;
            }
            seen[y + 1][x + 1] = true;
            filled.add(place);
            open.add(new Place(x + 1, y));
            open.add(new Place(x - 1, y));
            open.add(new Place(x, y + 1));
            open.add(new Place(x, y - 1));
        }
        return filled;
    }
}
