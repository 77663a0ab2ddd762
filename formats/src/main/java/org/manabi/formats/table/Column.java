package org.manabi.formats.table;

import java.util.List;

/// A column that a network learns from, and how its cells become numbers.
public sealed interface Column {

    String name();

    /// How many numbers a cell becomes.
    int width();

    /// Writes the numbers of a cell.
    ///
    /// @throws IllegalArgumentException if the cell is not of this column's kind
    void encode(String cell, float[] row, int at);

    /// Real numbers, of which the mean is taken and which are divided by their standard deviation,
    /// both of the training data; a missing one becomes 0, the mean.
    ///
    /// @param scale greater than 0
    record Numeric(String name, double mean, double scale) implements Column {

        public Numeric {
            if (!(scale > 0) || !Double.isFinite(scale) || !Double.isFinite(mean)) {
                throw new IllegalArgumentException(
                        "column %s: mean %s and scale %s".formatted(name, mean, scale));
            }
        }

        @Override
        public int width() {
            return 1;
        }

        @Override
        public void encode(String cell, float[] row, int at) {
            if (Cells.isMissing(cell)) {
                row[at] = 0;
                return;
            }
            double value = Cells.number(cell);
            if (Double.isNaN(value)) {
                throw new IllegalArgumentException(
                        "column %s: \"%s\" is no number".formatted(name, cell));
            }
            row[at] = scaled(value);
        }

        /// A value as the network is shown it.
        ///
        /// @throws IllegalArgumentException if it is too far from the mean for a float
        float scaled(double value) {
            float scaled = (float) ((value - mean) / scale);
            if (!Float.isFinite(scaled)) {
                throw new IllegalArgumentException(
                        "column %s: %s is too far from %s, the mean of the training data"
                                .formatted(name, value, mean));
            }
            return scaled;
        }

        /// A value as it was before it was [#scaled].
        public double original(double scaled) {
            return scaled * scale + mean;
        }
    }

    /// Words, each with a number of its own that is 1 where the word stands and 0 elsewhere; a word
    /// that the training data did not have, and a missing one, are all zeros.
    record Categorical(String name, List<String> levels) implements Column {

        public Categorical {
            levels = List.copyOf(levels);
        }

        @Override
        public int width() {
            return levels.size();
        }

        @Override
        public void encode(String cell, float[] row, int at) {
            for (int i = 0; i < levels.size(); i++) {
                row[at + i] = levels.get(i).equals(cell) ? 1 : 0;
            }
        }
    }
}
