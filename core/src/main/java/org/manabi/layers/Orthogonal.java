package org.manabi.layers;

import org.manabi.tensor.Checks;
import org.manabi.tensor.RandomStream;
import org.manabi.tensor.Tensor;

/// Rows, or columns if there are fewer, that are orthogonal to each other and have the length `gain`:
/// lengths are kept through a deep linear network. Drawn evenly from all such matrices.
///
/// Weights of more than two axes are taken as `[first, all others]`. Computed in double by Gram–Schmidt
/// twice over, which is QR with a positive diagonal of R.
///
/// Source: Saxe, McClelland, Ganguli, *Exact solutions to the nonlinear dynamics of learning in deep linear
/// neural networks* (ICLR 2014); `torch.nn.init.orthogonal_`.
///
/// @param gain greater than 0
public record Orthogonal(double gain) implements Initializer {

    public Orthogonal {
        Checks.require(gain > 0 && Double.isFinite(gain), "a gain is greater than 0, got %s", gain);
    }

    /// Of length 1.
    public Orthogonal() {
        this(1);
    }

    @Override
    public void fill(Tensor tensor, Fans fans, RandomStream random) {
        Checks.require(
                tensor.shape().rank() >= 2,
                "Orthogonal is for weights of two axes or more, got %s",
                tensor.shape());
        int rows = tensor.shape().dim(0);
        int columns = rows == 0 ? 0 : tensor.size() / rows;
        double[][] vectors = new double[Math.min(rows, columns)][Math.max(rows, columns)];
        for (int v = 0; v < vectors.length; v++) {
            for (int i = 0; i < vectors[v].length; i++) {
                vectors[v][i] = random.nextGaussian();
            }
            makeOrthogonal(vectors, v);
            makeOrthogonal(vectors, v);
        }
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
                double value = rows <= columns ? vectors[row][column] : vectors[column][row];
                tensor.setFromDouble(row * columns + column, gain * value);
            }
        }
    }

    /// Takes from vector `v` what it has of those before it, and gives it the length 1.
    private static void makeOrthogonal(double[][] vectors, int v) {
        for (int before = 0; before < v; before++) {
            double part = dot(vectors[before], vectors[v]);
            for (int i = 0; i < vectors[v].length; i++) {
                vectors[v][i] -= part * vectors[before][i];
            }
        }
        double length = Math.sqrt(dot(vectors[v], vectors[v]));
        for (int i = 0; i < vectors[v].length; i++) {
            vectors[v][i] /= length;
        }
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }
}
