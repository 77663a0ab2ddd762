package org.manabi.tensor.kernel;

import org.jspecify.annotations.Nullable;
import org.manabi.tensor.Activation;
import org.manabi.tensor.Window;

/// A convolution whose output is max-pooled sample by sample, while it is in the cache, with the
/// same bits as [FloatConvolution] and then [FloatPooling].
///
/// Only to be loaded where the module `jdk.incubator.vector` is present.
public final class PooledVectorConvolution {

    private final ConvolutionShape shape;
    private final PooledImages pooled;
    private final CorrelationPass forward;
    private @Nullable CorrelationPass backward;
    private @Nullable WeightGradientPass weights;

    /// @param window that slides over the convolution's output
    public PooledVectorConvolution(ConvolutionShape shape, Window window) {
        this.shape = shape;
        pooled = new PooledImages(window, shape.outHeight(), shape.outWidth());
        forward = CorrelationPass.forward(shape, pooled);
    }

    /// Writes the pooled y, for f [Activation#IDENTITY] or [Activation#RELU], and, if asked for, the
    /// winners, as [FloatPooling#maximum] does.
    public void forward(
            Workers workers,
            float[] x,
            int xo,
            float[] w,
            int wo,
            float @Nullable [] bias,
            int bo,
            Activation activation,
            float[] y,
            int yo,
            int @Nullable [] winners,
            int winner) {
        float floor = activation == Activation.RELU ? 0 : Float.NEGATIVE_INFINITY;
        forward.run(workers, x, xo, null, 0, w, wo, bias, bo, floor, y, yo, winners, winner);
    }

    /// Writes ∂L/∂x, from the gradient `dy` of the pooled output before the activation.
    public void inputGradient(
            Workers workers,
            float[] dy,
            int dyo,
            int[] winners,
            int winner,
            float[] w,
            int wo,
            float[] dx,
            int dxo) {
        if (backward == null) {
            backward = CorrelationPass.backward(shape, pooled);
        }
        float floor = Float.NEGATIVE_INFINITY;
        backward.run(workers, dy, dyo, null, 0, w, wo, null, 0, floor, dx, dxo, winners, winner);
    }

    /// Writes ∂L/∂w to `dw` and ∂L/∂b to `db`, if given; `dy` as in [#inputGradient].
    public void weightGradient(
            Workers workers,
            float[] x,
            int xo,
            float[] dy,
            int dyo,
            int[] winners,
            int winner,
            float @Nullable [] dw,
            int dwo,
            float @Nullable [] db,
            int dbo) {
        if (weights == null) {
            weights = new WeightGradientPass(shape, pooled);
        }
        weights.run(workers, x, xo, dy, dyo, null, 0, winners, winner, dw, dwo, db, dbo);
    }
}
