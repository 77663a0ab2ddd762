package org.manabi.tensor;

import org.jspecify.annotations.Nullable;
import org.manabi.tensor.kernel.ConvolutionShape;
import org.manabi.tensor.kernel.FloatKernels;
import org.manabi.tensor.kernel.PooledVectorConvolution;
import org.manabi.tensor.kernel.Workers;

/// A [Convolution] and then [MaxPooling] of its output, with the same bits, but where vectors serve
/// without a pass over memory in between. From [Engine#pooledConvolution].
///
/// **Shapes:** x `[N, C, H, W]`, w `[M, C/groups, kH, kW]`, b `[M]`, y and the winners
/// `[N, M, pH, pW]`.
///
/// It keeps buffers from call to call and serves one caller at a time.
public final class PooledConvolution {

    private final Engine engine;
    private final Workers workers;
    private final Convolution convolution;
    private final MaxPooling pooling;
    private final ConvolutionShape shape;
    private final Window pool;
    private final Shape between;

    private @Nullable PooledVectorConvolution vectors;

    /// The convolution's output and its gradient, where both steps are done one after the other.
    private @Nullable Tensor images;

    private @Nullable Tensor imageGradient;

    PooledConvolution(
            Engine engine,
            Workers workers,
            Window window,
            int groups,
            Window pool,
            Shape x,
            Shape weight) {
        this.engine = engine;
        this.workers = workers;
        this.pool = pool;
        convolution = engine.convolution(window, groups, x, weight);
        between = Convolution.outputShape(window, groups, x, weight);
        pooling = engine.maxPooling(pool, between);
        shape = Convolution.shape(window, groups, x, weight);
    }

    /// Writes y, and who won, if the gradients will be needed.
    ///
    /// @param activation the convolution's: [Activation#IDENTITY] or [Activation#RELU]
    public void forward(
            Tensor x,
            Tensor weight,
            @Nullable Tensor bias,
            Activation activation,
            Tensor y,
            @Nullable IntTensor winners) {
        if (areVectors(y)) {
            vectors()
                    .forward(
                            workers,
                            Engine.floats(x),
                            x.offset(),
                            Engine.floats(weight),
                            weight.offset(),
                            bias == null ? null : Engine.floats(bias),
                            bias == null ? 0 : bias.offset(),
                            activation,
                            Engine.floats(y),
                            y.offset(),
                            winners == null ? null : winners.array(),
                            winners == null ? 0 : winners.offset());
        } else {
            Tensor images = images(y.dtype());
            convolution.forward(x, weight, bias, activation, images);
            pooling.forward(images, y, winners);
        }
    }

    /// Writes the gradients that are asked for. `dy` may be overwritten.
    ///
    /// @param y what [#forward] wrote with the same activation, and the winners
    /// @param dy the gradient of y
    /// @param dx where that of x goes, if anywhere; likewise the others
    public void gradients(
            Tensor x,
            Tensor weight,
            Tensor y,
            IntTensor winners,
            Tensor dy,
            Activation activation,
            @Nullable Tensor dx,
            @Nullable Tensor dw,
            @Nullable Tensor db) {
        if (!areVectors(y)) {
            Tensor gradient = imageGradient(y.dtype());
            pooling.gradient(winners, dy, gradient);
            convolution.gradients(x, weight, images(y.dtype()), gradient, activation, dx, dw, db);
            return;
        }
        if (activation != Activation.IDENTITY) {
            // An element's f′ is that of y where it won, and counts nowhere else.
            engine.activationGradient(activation, y, dy, dy);
        }
        if (dx != null) {
            vectors()
                    .inputGradient(
                            workers,
                            Engine.floats(dy),
                            dy.offset(),
                            winners.array(),
                            winners.offset(),
                            Engine.floats(weight),
                            weight.offset(),
                            Engine.floats(dx),
                            dx.offset());
        }
        if (dw != null || db != null) {
            vectors()
                    .weightGradient(
                            workers,
                            Engine.floats(x),
                            x.offset(),
                            Engine.floats(dy),
                            dy.offset(),
                            winners.array(),
                            winners.offset(),
                            dw == null ? null : Engine.floats(dw),
                            dw == null ? 0 : dw.offset(),
                            db == null ? null : Engine.floats(db),
                            db == null ? 0 : db.offset());
        }
    }

    private static boolean areVectors(Tensor y) {
        return y instanceof FloatTensor && FloatKernels.best().vectorBits() > 0;
    }

    private PooledVectorConvolution vectors() {
        PooledVectorConvolution kernels = vectors;
        if (kernels == null) {
            kernels = new PooledVectorConvolution(shape, pool);
            vectors = kernels;
        }
        return kernels;
    }

    private Tensor images(DType dtype) {
        Tensor tensor = images;
        if (tensor == null) {
            tensor = Tensor.zeros(dtype, between);
            images = tensor;
        }
        return tensor;
    }

    private Tensor imageGradient(DType dtype) {
        Tensor tensor = imageGradient;
        if (tensor == null) {
            tensor = Tensor.zeros(dtype, between);
            imageGradient = tensor;
        }
        return tensor;
    }
}
