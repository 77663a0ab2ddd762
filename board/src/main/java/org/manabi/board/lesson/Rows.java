package org.manabi.board.lesson;

/// Some neighboring rows of a digit.
///
/// @param glyph the digit
/// @param first the first row
/// @param last the last row, at least `first`
record Rows(Glyph glyph, int first, int last) {

    /// The rows between two shares of the digit's height.
    static Rows of(Glyph glyph, double from, double to) {
        int first = Math.min(glyph.height() - 1, (int) (from * glyph.height()));
        int last = Math.min(glyph.height() - 1, (int) (Math.nextDown(to) * glyph.height()));
        return new Rows(glyph, first, last);
    }

    /// The deepest way from the left side to ink, as a share of the width.
    double gapLeft() {
        int deepest = 0;
        for (int y = first; y <= last; y++) {
            int x = 0;
            while (x < glyph.width() && !glyph.black(x, y)) {
                x++;
            }
            deepest = Math.max(deepest, x);
        }
        return share(deepest);
    }

    /// The deepest way from the right side to ink, as a share of the width.
    double gapRight() {
        int deepest = 0;
        for (int y = first; y <= last; y++) {
            int x = 0;
            while (x < glyph.width() && !glyph.black(glyph.width() - 1 - x, y)) {
                x++;
            }
            deepest = Math.max(deepest, x);
        }
        return share(deepest);
    }

    /// The widest row from its first ink to its last, as a share of the width.
    double width() {
        int widest = 0;
        for (int y = first; y <= last; y++) {
            int from = glyph.width();
            int to = -1;
            for (int x = 0; x < glyph.width(); x++) {
                if (glyph.black(x, y)) {
                    from = Math.min(from, x);
                    to = x;
                }
            }
            widest = Math.max(widest, to - from + 1);
        }
        return share(widest);
    }

    /// How many strokes a row crosses, on average.
    double strokes() {
        int strokes = 0;
        for (int y = first; y <= last; y++) {
            for (int x = 0; x < glyph.width(); x++) {
                if (glyph.black(x, y) && !glyph.black(x - 1, y)) {
                    strokes++;
                }
            }
        }
        return strokes / (double) (last - first + 1);
    }

    private double share(int pixels) {
        return pixels / (double) glyph.width();
    }
}
