package org.manabi.loss;

import org.manabi.tensor.FloatTensor;
import org.manabi.tensor.Tensor;

/// Rows of tensors as doubles and back.
final class Rows {

    private Rows() {}

    /// Reads the row `row` of as many columns as `into` has.
    static void read(Tensor from, int row, double[] into) {
        int first = row * into.length;
        if (from instanceof FloatTensor floats) {
            float[] array = floats.array();
            int at = floats.offset() + first;
            for (int k = 0; k < into.length; k++) {
                into[k] = array[at + k];
            }
        } else {
            for (int k = 0; k < into.length; k++) {
                into[k] = from.getAsDouble(first + k);
            }
        }
    }

    /// Writes a row, rounded.
    static void write(double[] values, Tensor to, int row) {
        int first = row * values.length;
        if (to instanceof FloatTensor floats) {
            float[] array = floats.array();
            int at = floats.offset() + first;
            for (int k = 0; k < values.length; k++) {
                array[at + k] = (float) values[k];
            }
        } else {
            for (int k = 0; k < values.length; k++) {
                to.setFromDouble(first + k, values[k]);
            }
        }
    }

    static double sum(double[] values) {
        double sum = 0;
        for (double value : values) {
            sum += value;
        }
        return sum;
    }
}
