package org.manabi.tensor.kernel;

import org.manabi.tensor.Activation;

/// One step of LSTM and GRU cells for all samples of a batch, in float and in double. Rows of gates
/// hold the blocks of each gate behind each other.
public final class RecurrentCells {

    private RecurrentCells() {}

    /// Gates i, f, g, o: their sums become their values; `c = f·before + i·g`, `h = o·tanh c`. Without
    /// anything before, `first` is true.
    public static void lstm(
            FloatKernels kernels,
            int samples,
            int units,
            boolean first,
            float[] gates,
            int go,
            float[] before,
            int bo,
            float[] cell,
            int co,
            float[] tanh,
            int to,
            float[] hidden,
            int ho) {
        for (int n = 0; n < samples; n++) {
            int row = go + 4 * n * units;
            kernels.activate(Activation.SIGMOID, 2 * units, gates, row, gates, row);
            int g = row + 2 * units;
            kernels.activate(Activation.TANH, units, gates, g, gates, g);
            int o = row + 3 * units;
            kernels.activate(Activation.SIGMOID, units, gates, o, gates, o);
            for (int j = 0; j < units; j++) {
                float kept = first ? 0 : gates[row + units + j] * before[bo + n * units + j];
                cell[co + n * units + j] = Math.fma(gates[row + j], gates[g + j], kept);
            }
        }
        kernels.activate(Activation.TANH, samples * units, cell, co, tanh, to);
        for (int n = 0; n < samples; n++) {
            int o = go + (4 * n + 3) * units;
            for (int j = 0; j < units; j++) {
                hidden[ho + n * units + j] = gates[o + j] * tanh[to + n * units + j];
            }
        }
    }

    /// From the gradients of h and of the cell those of the sums of the gates, and of the cell before,
    /// which replaces that of the cell.
    public static void lstmGradient(
            int samples,
            int units,
            boolean first,
            float[] gates,
            int go,
            float[] before,
            int bo,
            float[] tanh,
            int to,
            float[] dHidden,
            int dho,
            float[] dCell,
            int dco,
            float[] dGates,
            int dgo) {
        for (int n = 0; n < samples; n++) {
            int row = 4 * n * units;
            for (int j = 0; j < units; j++) {
                int at = n * units + j;
                float i = gates[go + row + j];
                float f = gates[go + row + units + j];
                float g = gates[go + row + 2 * units + j];
                float o = gates[go + row + 3 * units + j];
                float t = tanh[to + at];
                float dh = dHidden[dho + at];
                float dc = Math.fma(dh * o, Math.fma(-t, t, 1), dCell[dco + at]);
                dGates[dgo + row + j] = dc * g * (i * (1 - i));
                dGates[dgo + row + units + j] = first ? 0 : dc * before[bo + at] * (f * (1 - f));
                dGates[dgo + row + 2 * units + j] = dc * i * Math.fma(-g, g, 1);
                dGates[dgo + row + 3 * units + j] = dh * t * (o * (1 - o));
                dCell[dco + at] = dc * f;
            }
        }
    }

    /// Gates r, z, n from the sums of the input, which become their values, and of the hidden state
    /// before: `r = σ(a + b)`, `z = σ(a + b)`, `n = tanh(a + r·b)`, `h = (1 − z)·n + z·before`.
    public static void gru(
            FloatKernels kernels,
            int samples,
            int units,
            float[] inputs,
            int io,
            float[] recurrent,
            int ro,
            float[] before,
            int bo,
            float[] hidden,
            int ho) {
        for (int s = 0; s < samples; s++) {
            int a = io + 3 * s * units;
            int b = ro + 3 * s * units;
            for (int j = 0; j < 2 * units; j++) {
                inputs[a + j] += recurrent[b + j];
            }
            kernels.activate(Activation.SIGMOID, 2 * units, inputs, a, inputs, a);
            int n = a + 2 * units;
            for (int j = 0; j < units; j++) {
                inputs[n + j] =
                        Math.fma(inputs[a + j], recurrent[b + 2 * units + j], inputs[n + j]);
            }
            kernels.activate(Activation.TANH, units, inputs, n, inputs, n);
            for (int j = 0; j < units; j++) {
                float z = inputs[a + units + j];
                float kept = z * before[bo + s * units + j];
                hidden[ho + s * units + j] = Math.fma(1 - z, inputs[n + j], kept);
            }
        }
    }

    /// From the gradient of h those of the sums of the input and of the hidden state before, and the
    /// part `dh·z` of the gradient of the hidden state before.
    public static void gruGradient(
            int samples,
            int units,
            float[] gates,
            int go,
            float[] recurrent,
            int ro,
            float[] before,
            int bo,
            float[] dHidden,
            int dho,
            float[] dInputs,
            int dio,
            float[] dRecurrent,
            int dro,
            float[] dBefore,
            int dbo) {
        for (int s = 0; s < samples; s++) {
            int row = 3 * s * units;
            for (int j = 0; j < units; j++) {
                int at = s * units + j;
                float r = gates[go + row + j];
                float z = gates[go + row + units + j];
                float n = gates[go + row + 2 * units + j];
                float dh = dHidden[dho + at];
                float dn = dh * (1 - z) * Math.fma(-n, n, 1);
                float dr = dn * recurrent[ro + row + 2 * units + j] * (r * (1 - r));
                float dz = dh * (before[bo + at] - n) * (z * (1 - z));
                dInputs[dio + row + j] = dr;
                dInputs[dio + row + units + j] = dz;
                dInputs[dio + row + 2 * units + j] = dn;
                dRecurrent[dro + row + j] = dr;
                dRecurrent[dro + row + units + j] = dz;
                dRecurrent[dro + row + 2 * units + j] = dn * r;
                dBefore[dbo + at] = dh * z;
            }
        }
    }

    /// The same as the float method of this name, by the formulas as they are written.
    public static void lstm(
            int samples,
            int units,
            boolean first,
            double[] gates,
            int go,
            double[] before,
            int bo,
            double[] cell,
            int co,
            double[] tanh,
            int to,
            double[] hidden,
            int ho) {
        for (int n = 0; n < samples; n++) {
            int row = go + 4 * n * units;
            for (int j = 0; j < units; j++) {
                int at = n * units + j;
                double i = sigmoid(gates[row + j]);
                double f = sigmoid(gates[row + units + j]);
                double g = StrictMath.tanh(gates[row + 2 * units + j]);
                double o = sigmoid(gates[row + 3 * units + j]);
                gates[row + j] = i;
                gates[row + units + j] = f;
                gates[row + 2 * units + j] = g;
                gates[row + 3 * units + j] = o;
                cell[co + at] = i * g + (first ? 0 : f * before[bo + at]);
                tanh[to + at] = StrictMath.tanh(cell[co + at]);
                hidden[ho + at] = o * tanh[to + at];
            }
        }
    }

    /// The same as the float method of this name.
    public static void lstmGradient(
            int samples,
            int units,
            boolean first,
            double[] gates,
            int go,
            double[] before,
            int bo,
            double[] tanh,
            int to,
            double[] dHidden,
            int dho,
            double[] dCell,
            int dco,
            double[] dGates,
            int dgo) {
        for (int n = 0; n < samples; n++) {
            int row = 4 * n * units;
            for (int j = 0; j < units; j++) {
                int at = n * units + j;
                double i = gates[go + row + j];
                double f = gates[go + row + units + j];
                double g = gates[go + row + 2 * units + j];
                double o = gates[go + row + 3 * units + j];
                double t = tanh[to + at];
                double dh = dHidden[dho + at];
                double dc = dCell[dco + at] + dh * o * (1 - t * t);
                dGates[dgo + row + j] = dc * g * i * (1 - i);
                dGates[dgo + row + units + j] = first ? 0 : dc * before[bo + at] * f * (1 - f);
                dGates[dgo + row + 2 * units + j] = dc * i * (1 - g * g);
                dGates[dgo + row + 3 * units + j] = dh * t * o * (1 - o);
                dCell[dco + at] = dc * f;
            }
        }
    }

    /// The same as the float method of this name, by the formulas as they are written.
    public static void gru(
            int samples,
            int units,
            double[] inputs,
            int io,
            double[] recurrent,
            int ro,
            double[] before,
            int bo,
            double[] hidden,
            int ho) {
        for (int s = 0; s < samples; s++) {
            int a = io + 3 * s * units;
            int b = ro + 3 * s * units;
            for (int j = 0; j < units; j++) {
                double r = sigmoid(inputs[a + j] + recurrent[b + j]);
                double z = sigmoid(inputs[a + units + j] + recurrent[b + units + j]);
                double n =
                        StrictMath.tanh(
                                inputs[a + 2 * units + j] + r * recurrent[b + 2 * units + j]);
                inputs[a + j] = r;
                inputs[a + units + j] = z;
                inputs[a + 2 * units + j] = n;
                hidden[ho + s * units + j] = (1 - z) * n + z * before[bo + s * units + j];
            }
        }
    }

    /// The same as the float method of this name.
    public static void gruGradient(
            int samples,
            int units,
            double[] gates,
            int go,
            double[] recurrent,
            int ro,
            double[] before,
            int bo,
            double[] dHidden,
            int dho,
            double[] dInputs,
            int dio,
            double[] dRecurrent,
            int dro,
            double[] dBefore,
            int dbo) {
        for (int s = 0; s < samples; s++) {
            int row = 3 * s * units;
            for (int j = 0; j < units; j++) {
                int at = s * units + j;
                double r = gates[go + row + j];
                double z = gates[go + row + units + j];
                double n = gates[go + row + 2 * units + j];
                double dh = dHidden[dho + at];
                double dn = dh * (1 - z) * (1 - n * n);
                double dr = dn * recurrent[ro + row + 2 * units + j] * r * (1 - r);
                double dz = dh * (before[bo + at] - n) * z * (1 - z);
                dInputs[dio + row + j] = dr;
                dInputs[dio + row + units + j] = dz;
                dInputs[dio + row + 2 * units + j] = dn;
                dRecurrent[dro + row + j] = dr;
                dRecurrent[dro + row + units + j] = dz;
                dRecurrent[dro + row + 2 * units + j] = dn * r;
                dBefore[dbo + at] = dh * z;
            }
        }
    }

    private static double sigmoid(double x) {
        return 1 / (1 + StrictMath.exp(-x));
    }
}
