package org.manabi.tensor.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/// Copies parts of a product's operands into the order in which its tiles read them.
final class VectorPacking {

    private static final VectorSpecies<Float> SPECIES = VectorWidth.SPECIES;
    private static final int LANES = SPECIES.length();
    private static final int WIDTH = VectorTile.WIDTH;
    private static final int HEIGHT = VectorTile.HEIGHT;

    /// Transposing works on squares of 8 × 8, at every width of 256 bits or more, and of 4 × 4.
    private static final VectorSpecies<Float> EIGHT = FloatVector.SPECIES_256;

    private static final VectorSpecies<Float> FOUR = FloatVector.SPECIES_128;

    /// A row of a strip.
    static final VectorSpecies<Float> STRIP = HEIGHT == 8 ? EIGHT : FOUR;

    private static final VectorShuffle<Float> SWAP_FOURS = swap(EIGHT, 4);
    private static final VectorShuffle<Float> SWAP_TWOS = swap(EIGHT, 2);
    private static final VectorShuffle<Float> SWAP_ONES = swap(EIGHT, 1);
    private static final VectorShuffle<Float> SWAP_TWOS_OF_FOUR = swap(FOUR, 2);
    private static final VectorShuffle<Float> SWAP_ONES_OF_FOUR = swap(FOUR, 1);
    private static final VectorMask<Float> HIGH_FOUR = VectorMask.fromLong(EIGHT, 0xF0);
    private static final VectorMask<Float> HIGH_TWOS = VectorMask.fromLong(EIGHT, 0xCC);
    private static final VectorMask<Float> HIGH_ONES = VectorMask.fromLong(EIGHT, 0xAA);
    private static final VectorMask<Float> HIGH_TWO = VectorMask.fromLong(FOUR, 0xC);
    private static final VectorMask<Float> ODD_OF_FOUR = VectorMask.fromLong(FOUR, 0xA);

    private VectorPacking() {}

    private static VectorShuffle<Float> swap(VectorSpecies<Float> species, int distance) {
        return VectorShuffle.fromOp(species, lane -> lane ^ distance);
    }

    /// Copies `rows` rows of `columns` floats into panels: row k of panel j at `j·panel + k·WIDTH`.
    /// The last panel is filled up with whatever follows in memory, or with zeros where nothing does:
    /// nobody looks at columns that do not exist.
    static void copyPanels(
            int rows,
            int columns,
            float[] from,
            int fo,
            int fromRow,
            float[] to,
            int offset,
            int panel) {
        int full = columns / WIDTH;
        int panels = (columns + WIDTH - 1) / WIDTH;
        int reach = from.length - fo - panels * WIDTH;
        int wholeRows = reach < 0 ? 0 : Math.min(rows, reach / fromRow + 1);
        for (int k = 0; k < rows; k++) {
            int at = fo + k * fromRow;
            int target = offset + k * WIDTH;
            int count = k < wholeRows ? panels : full;
            for (int j = 0; j < count; j++) {
                FloatVector.fromArray(SPECIES, from, at).intoArray(to, target);
                FloatVector.fromArray(SPECIES, from, at + LANES).intoArray(to, target + LANES);
                at += WIDTH;
                target += panel;
            }
        }
        if (full < panels) {
            int source = fo + wholeRows * fromRow + full * WIDTH;
            int target = offset + full * panel + wholeRows * WIDTH;
            int width = columns - full * WIDTH;
            copyNarrow(rows - wholeRows, width, WIDTH, from, source, fromRow, to, target);
        }
    }

    /// Copies `rows` rows of `columns` floats into strips: the [VectorTile#HEIGHT] floats of row k
    /// of strip i at `i·strip + k·HEIGHT`. Zeros fill the last strip.
    static void copyStrips(
            int rows,
            int columns,
            float[] from,
            int fo,
            int fromRow,
            float[] to,
            int offset,
            int strip) {
        int full = columns / HEIGHT;
        for (int k = 0; k < rows; k++) {
            int at = fo + k * fromRow;
            int target = offset + k * HEIGHT;
            for (int i = 0; i < full; i++) {
                FloatVector.fromArray(STRIP, from, at).intoArray(to, target);
                at += HEIGHT;
                target += strip;
            }
        }
        if (full * HEIGHT < columns) {
            int height = columns - full * HEIGHT;
            int source = fo + full * HEIGHT;
            copyNarrow(rows, height, HEIGHT, from, source, fromRow, to, offset + full * strip);
        }
    }

    /// Copies `rows` pieces of `width` floats to a distance of `step`, with zeros in between.
    private static void copyNarrow(
            int rows,
            int width,
            int step,
            float[] from,
            int fo,
            int fromRow,
            float[] to,
            int offset) {
        for (int k = 0; k < rows; k++) {
            int at = fo + k * fromRow;
            int target = offset + k * step;
            for (int j = 0; j < width; j++) {
                to[target + j] = from[at + j];
            }
            for (int j = width; j < step; j++) {
                to[target + j] = 0;
            }
        }
    }

    /// Copies `columns` columns of up to [VectorTile#WIDTH] rows into one panel. Zeros fill it.
    static void transposePanel(
            int rows, int columns, float[] from, int fo, int fromRow, float[] to, int offset) {
        transpose(rows, columns, from, fo, fromRow, to, offset, WIDTH);
    }

    /// Copies `columns` columns of up to [VectorTile#HEIGHT] rows into one strip. Zeros fill it.
    static void transposeStrip(
            int rows, int columns, float[] from, int fo, int fromRow, float[] to, int offset) {
        transpose(rows, columns, from, fo, fromRow, to, offset, HEIGHT);
    }

    private static void transpose(
            int rows,
            int columns,
            float[] from,
            int fo,
            int fromRow,
            float[] to,
            int offset,
            int step) {
        int i = 0;
        int square = 0;
        if (step >= 8 && LANES >= 8) {
            square = columns / 8 * 8;
            for (; i <= rows - 8; i += 8) {
                transposeEight(square, from, fo + i * fromRow, fromRow, to, offset + i, step);
            }
        } else {
            square = columns / 4 * 4;
            for (; i <= rows - 4; i += 4) {
                transposeFour(square, from, fo + i * fromRow, fromRow, to, offset + i, step);
            }
        }
        transposePlain(i, square, columns, from, fo, fromRow, to, offset, step);
        transposePlain(rows - i, 0, columns, from, fo + i * fromRow, fromRow, to, offset + i, step);
        if (rows < step) {
            for (int k = 0; k < columns; k++) {
                for (int j = rows; j < step; j++) {
                    to[offset + k * step + j] = 0;
                }
            }
        }
    }

    private static void transposePlain(
            int rows,
            int column,
            int columnEnd,
            float[] from,
            int fo,
            int fromRow,
            float[] to,
            int offset,
            int step) {
        for (int k = column; k < columnEnd; k++) {
            for (int i = 0; i < rows; i++) {
                to[offset + k * step + i] = from[fo + i * fromRow + k];
            }
        }
    }

    /// Four rows become four floats of each step: exchanges the off-diagonal 2 × 2, then single
    /// floats of each 4 × 4.
    private static void transposeFour(
            int columns, float[] from, int fo, int fromRow, float[] to, int offset, int step) {
        int a1 = fo + fromRow;
        int a2 = a1 + fromRow;
        int a3 = a2 + fromRow;
        for (int k = 0; k < columns; k += 4) {
            FloatVector r0 = FloatVector.fromArray(FOUR, from, fo + k);
            FloatVector r1 = FloatVector.fromArray(FOUR, from, a1 + k);
            FloatVector r2 = FloatVector.fromArray(FOUR, from, a2 + k);
            FloatVector r3 = FloatVector.fromArray(FOUR, from, a3 + k);
            FloatVector s0 = r0.blend(r2.rearrange(SWAP_TWOS_OF_FOUR), HIGH_TWO);
            FloatVector s2 = r0.rearrange(SWAP_TWOS_OF_FOUR).blend(r2, HIGH_TWO);
            FloatVector s1 = r1.blend(r3.rearrange(SWAP_TWOS_OF_FOUR), HIGH_TWO);
            FloatVector s3 = r1.rearrange(SWAP_TWOS_OF_FOUR).blend(r3, HIGH_TWO);
            int at = offset + k * step;
            s0.blend(s1.rearrange(SWAP_ONES_OF_FOUR), ODD_OF_FOUR).intoArray(to, at);
            s0.rearrange(SWAP_ONES_OF_FOUR).blend(s1, ODD_OF_FOUR).intoArray(to, at + step);
            s2.blend(s3.rearrange(SWAP_ONES_OF_FOUR), ODD_OF_FOUR).intoArray(to, at + 2 * step);
            s2.rearrange(SWAP_ONES_OF_FOUR).blend(s3, ODD_OF_FOUR).intoArray(to, at + 3 * step);
        }
    }

    /// Eight rows become eight floats of each panel row: exchanges the off-diagonal 4 × 4, then
    /// 2 × 2, then single floats of each 8 × 8.
    private static void transposeEight(
            int columns, float[] from, int fo, int fromRow, float[] to, int offset, int step) {
        int a1 = fo + fromRow;
        int a2 = a1 + fromRow;
        int a3 = a2 + fromRow;
        int a4 = a3 + fromRow;
        int a5 = a4 + fromRow;
        int a6 = a5 + fromRow;
        int a7 = a6 + fromRow;
        for (int k = 0; k < columns; k += 8) {
            FloatVector r0 = FloatVector.fromArray(EIGHT, from, fo + k);
            FloatVector r1 = FloatVector.fromArray(EIGHT, from, a1 + k);
            FloatVector r2 = FloatVector.fromArray(EIGHT, from, a2 + k);
            FloatVector r3 = FloatVector.fromArray(EIGHT, from, a3 + k);
            FloatVector r4 = FloatVector.fromArray(EIGHT, from, a4 + k);
            FloatVector r5 = FloatVector.fromArray(EIGHT, from, a5 + k);
            FloatVector r6 = FloatVector.fromArray(EIGHT, from, a6 + k);
            FloatVector r7 = FloatVector.fromArray(EIGHT, from, a7 + k);
            FloatVector s0 = r0.blend(r4.rearrange(SWAP_FOURS), HIGH_FOUR);
            FloatVector s4 = r0.rearrange(SWAP_FOURS).blend(r4, HIGH_FOUR);
            FloatVector s1 = r1.blend(r5.rearrange(SWAP_FOURS), HIGH_FOUR);
            FloatVector s5 = r1.rearrange(SWAP_FOURS).blend(r5, HIGH_FOUR);
            FloatVector s2 = r2.blend(r6.rearrange(SWAP_FOURS), HIGH_FOUR);
            FloatVector s6 = r2.rearrange(SWAP_FOURS).blend(r6, HIGH_FOUR);
            FloatVector s3 = r3.blend(r7.rearrange(SWAP_FOURS), HIGH_FOUR);
            FloatVector s7 = r3.rearrange(SWAP_FOURS).blend(r7, HIGH_FOUR);
            r0 = s0.blend(s2.rearrange(SWAP_TWOS), HIGH_TWOS);
            r2 = s0.rearrange(SWAP_TWOS).blend(s2, HIGH_TWOS);
            r1 = s1.blend(s3.rearrange(SWAP_TWOS), HIGH_TWOS);
            r3 = s1.rearrange(SWAP_TWOS).blend(s3, HIGH_TWOS);
            r4 = s4.blend(s6.rearrange(SWAP_TWOS), HIGH_TWOS);
            r6 = s4.rearrange(SWAP_TWOS).blend(s6, HIGH_TWOS);
            r5 = s5.blend(s7.rearrange(SWAP_TWOS), HIGH_TWOS);
            r7 = s5.rearrange(SWAP_TWOS).blend(s7, HIGH_TWOS);
            int at = offset + k * step;
            r0.blend(r1.rearrange(SWAP_ONES), HIGH_ONES).intoArray(to, at);
            r0.rearrange(SWAP_ONES).blend(r1, HIGH_ONES).intoArray(to, at + step);
            r2.blend(r3.rearrange(SWAP_ONES), HIGH_ONES).intoArray(to, at + 2 * step);
            r2.rearrange(SWAP_ONES).blend(r3, HIGH_ONES).intoArray(to, at + 3 * step);
            r4.blend(r5.rearrange(SWAP_ONES), HIGH_ONES).intoArray(to, at + 4 * step);
            r4.rearrange(SWAP_ONES).blend(r5, HIGH_ONES).intoArray(to, at + 5 * step);
            r6.blend(r7.rearrange(SWAP_ONES), HIGH_ONES).intoArray(to, at + 6 * step);
            r6.rearrange(SWAP_ONES).blend(r7, HIGH_ONES).intoArray(to, at + 7 * step);
        }
    }
}
