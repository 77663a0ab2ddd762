package org.manabi.tensor;

import org.jspecify.annotations.Nullable;
import org.manabi.tensor.kernel.ConvolutionShape;
import org.manabi.tensor.kernel.DoubleConvolution;
import org.manabi.tensor.kernel.FloatConvolution;
import org.manabi.tensor.kernel.Workers;

/// The convolution of inputs of one shape, from [Engine#convolution]: strictly a cross-correlation,
/// as everywhere in deep learning.
///
///     y[n, m, oh, ow] = f(Σ w[m, c, kh, kw] · x[n, c, ih, iw] + b[m])
///     ih = oh·stride + kh·dilation − before,   iw likewise,   x = 0 outside
///
/// where the sum is over the channels c of the group of filter m.
///
/// **Shapes:** x `[N, C, H, W]`, w `[M, C/groups, kH, kW]`, b `[M]`, y `[N, M, oH, oW]`. Tensors of
/// one call have one type.
///
/// It keeps buffers from call to call and serves one caller at a time.
public final class Convolution {

    private final Engine engine;
    private final Workers workers;
    private final ConvolutionShape shape;
    private @Nullable FloatConvolution floats;
    private @Nullable DoubleConvolution doubles;

    Convolution(Engine engine, Workers workers, Window window, int groups, Shape x, Shape weight) {
        this.engine = engine;
        this.workers = workers;
        shape = shape(window, groups, x, weight);
    }

    /// The sizes that kernels are laid out for.
    static ConvolutionShape shape(Window window, int groups, Shape x, Shape weight) {
        outputShape(window, groups, x, weight);
        return new ConvolutionShape(
                x.dim(0),
                groups,
                weight.dim(1),
                x.dim(2),
                x.dim(3),
                weight.dim(0) / groups,
                window);
    }

    /// The shape of y.
    ///
    /// @throws ShapeException if x, the weights and the window do not fit together
    public static Shape outputShape(Window window, int groups, Shape x, Shape weight) {
        int height = window.vertical().size();
        int width = window.horizontal().size();
        Checks.require(groups >= 1, "a convolution has at least 1 group, got %d", groups);
        Checks.require(
                weight.rank() == 4
                        && weight.dim(2) == height
                        && weight.dim(3) == width
                        && weight.dim(0) > 0
                        && weight.dim(0) % groups == 0,
                "expected weight [M, C, %d, %d] with M a multiple of the %d groups, got %s",
                height,
                width,
                groups,
                weight);
        Checks.require(
                x.rank() == 4 && x.dim(1) == weight.dim(1) * groups && x.dim(1) > 0,
                "expected input [N, %d, H, W], got %s",
                weight.dim(1) * groups,
                x);
        return Shape.of(
                x.dim(0),
                weight.dim(0),
                window.vertical().positions(x.dim(2)),
                window.horizontal().positions(x.dim(3)));
    }

    /// Writes y.
    public void forward(
            Tensor x, Tensor weight, @Nullable Tensor bias, Activation activation, Tensor y) {
        Activation fused = isFused(activation) ? activation : Activation.IDENTITY;
        int bo = bias == null ? 0 : bias.offset();
        if (y instanceof FloatTensor to) {
            floats().forward(
                            workers,
                            Engine.floats(x),
                            x.offset(),
                            Engine.floats(weight),
                            weight.offset(),
                            bias == null ? null : Engine.floats(bias),
                            bo,
                            fused,
                            to.array(),
                            to.offset());
        } else {
            doubles()
                    .forward(
                            workers,
                            Engine.doubles(x),
                            x.offset(),
                            Engine.doubles(weight),
                            weight.offset(),
                            bias == null ? null : Engine.doubles(bias),
                            bo,
                            fused,
                            Engine.doubles(y),
                            y.offset());
        }
        if (fused != activation) {
            engine.activate(activation, y, y);
        }
    }

    /// Writes the gradients that are asked for. `dy` may be overwritten.
    ///
    /// @param y what [#forward] wrote with the same activation
    /// @param dy the gradient of y
    /// @param dx where that of x goes, if anywhere; likewise the others
    public void gradients(
            Tensor x,
            Tensor weight,
            Tensor y,
            Tensor dy,
            Activation activation,
            @Nullable Tensor dx,
            @Nullable Tensor dw,
            @Nullable Tensor db) {
        if (!isFused(activation)) {
            engine.activationGradient(activation, y, dy, dy);
        }
        Tensor rectifier = activation == Activation.RELU ? y : null;
        if (dx != null) {
            inputGradient(weight, rectifier, dy, dx);
        }
        if (dw != null || db != null) {
            weightGradient(x, rectifier, dy, dw, db);
        }
    }

    private void inputGradient(Tensor weight, @Nullable Tensor y, Tensor dy, Tensor dx) {
        int yo = y == null ? 0 : y.offset();
        if (dx instanceof FloatTensor to) {
            floats().inputGradient(
                            workers,
                            Engine.floats(dy),
                            dy.offset(),
                            y == null ? null : Engine.floats(y),
                            yo,
                            Engine.floats(weight),
                            weight.offset(),
                            to.array(),
                            to.offset());
        } else {
            doubles()
                    .inputGradient(
                            workers,
                            Engine.doubles(dy),
                            dy.offset(),
                            y == null ? null : Engine.doubles(y),
                            yo,
                            Engine.doubles(weight),
                            weight.offset(),
                            Engine.doubles(dx),
                            dx.offset());
        }
    }

    private void weightGradient(
            Tensor x, @Nullable Tensor y, Tensor dy, @Nullable Tensor dw, @Nullable Tensor db) {
        int yo = y == null ? 0 : y.offset();
        int dwo = dw == null ? 0 : dw.offset();
        int dbo = db == null ? 0 : db.offset();
        if (dy instanceof FloatTensor from) {
            floats().weightGradient(
                            workers,
                            Engine.floats(x),
                            x.offset(),
                            from.array(),
                            from.offset(),
                            y == null ? null : Engine.floats(y),
                            yo,
                            dw == null ? null : Engine.floats(dw),
                            dwo,
                            db == null ? null : Engine.floats(db),
                            dbo);
        } else {
            doubles()
                    .weightGradient(
                            workers,
                            Engine.doubles(x),
                            x.offset(),
                            Engine.doubles(dy),
                            dy.offset(),
                            y == null ? null : Engine.doubles(y),
                            yo,
                            dw == null ? null : Engine.doubles(dw),
                            dwo,
                            db == null ? null : Engine.doubles(db),
                            dbo);
        }
    }

    private static boolean isFused(Activation activation) {
        return activation == Activation.IDENTITY || activation == Activation.RELU;
    }

    private FloatConvolution floats() {
        FloatConvolution kernels = floats;
        if (kernels == null) {
            kernels = FloatConvolution.of(shape);
            floats = kernels;
        }
        return kernels;
    }

    private DoubleConvolution doubles() {
        DoubleConvolution kernels = doubles;
        if (kernels == null) {
            kernels = new DoubleConvolution(shape);
            doubles = kernels;
        }
        return kernels;
    }
}
