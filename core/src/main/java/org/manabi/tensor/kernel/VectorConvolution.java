package org.manabi.tensor.kernel;

import org.jspecify.annotations.Nullable;
import org.manabi.tensor.Activation;

/// Convolution on vectors of the Vector API, with the same bits as the plain loops.
///
/// Only to be loaded where the module `jdk.incubator.vector` is present.
final class VectorConvolution implements FloatConvolution {

    private final ConvolutionShape shape;
    private final CorrelationPass forward;
    private @Nullable CorrelationPass backward;
    private @Nullable WeightGradientPass weights;

    VectorConvolution(ConvolutionShape shape) {
        this.shape = shape;
        this.forward = CorrelationPass.forward(shape, null);
    }

    @Override
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
            int yo) {
        float floor = activation == Activation.RELU ? 0 : Float.NEGATIVE_INFINITY;
        forward.run(workers, x, xo, null, 0, w, wo, bias, bo, floor, y, yo, null, 0);
    }

    @Override
    public void inputGradient(
            Workers workers,
            float[] dy,
            int dyo,
            float @Nullable [] y,
            int yo,
            float[] w,
            int wo,
            float[] dx,
            int dxo) {
        if (backward == null) {
            backward = CorrelationPass.backward(shape, null);
        }
        float floor = Float.NEGATIVE_INFINITY;
        backward.run(workers, dy, dyo, y, yo, w, wo, null, 0, floor, dx, dxo, null, 0);
    }

    @Override
    public void weightGradient(
            Workers workers,
            float[] x,
            int xo,
            float[] dy,
            int dyo,
            float @Nullable [] y,
            int yo,
            float @Nullable [] dw,
            int dwo,
            float @Nullable [] db,
            int dbo) {
        if (weights == null) {
            weights = new WeightGradientPass(shape, null);
        }
        weights.run(workers, x, xo, dy, dyo, y, yo, null, 0, dw, dwo, db, dbo);
    }
}
