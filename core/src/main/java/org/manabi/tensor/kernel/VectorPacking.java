package org.manabi.tensor.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/// Copies parts of a product's operands into the order in which its tiles read them.
final class VectorPacking {

    private static final VectorSpecies<Float> SPECIES = VectorWidth.SPECIES;
    private static final int LANES = SPECIES.length();
    private static final int WIDTH = VectorTile.WIDTH;

    private VectorPacking() {}

    /// Copies `rows` pieces of `width` floats, at most a tile's width, one behind the other; zeros
    /// fill them up.
    static void copyPanel(
            int width, int rows, float[] from, int fo, int fromRow, float[] to, int offset) {
        if (width == WIDTH) {
            for (int i = 0; i < rows; i++) {
                int at = fo + i * fromRow;
                FloatVector.fromArray(SPECIES, from, at).intoArray(to, offset + i * WIDTH);
                FloatVector.fromArray(SPECIES, from, at + LANES)
                        .intoArray(to, offset + i * WIDTH + LANES);
            }
        } else {
            for (int i = 0; i < rows; i++) {
                for (int j = 0; j < width; j++) {
                    to[offset + i * WIDTH + j] = from[fo + i * fromRow + j];
                }
                for (int j = width; j < WIDTH; j++) {
                    to[offset + i * WIDTH + j] = 0;
                }
            }
        }
    }

    /// Zeroes what a transposed panel of less than a tile's width leaves open.
    static void zeroColumns(int width, int rows, float[] panel, int offset) {
        if (width < WIDTH) {
            for (int i = 0; i < rows; i++) {
                for (int j = width; j < WIDTH; j++) {
                    panel[offset + i * WIDTH + j] = 0;
                }
            }
        }
    }

    /// `to[j, i] = from[i, j]` for `rows` × `columns` of `from`.
    static void transpose(
            int rows,
            int columns,
            float[] from,
            int fo,
            int fromRow,
            float[] to,
            int offset,
            int toRow) {
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                to[offset + j * toRow + i] = from[fo + i * fromRow + j];
            }
        }
    }
}
