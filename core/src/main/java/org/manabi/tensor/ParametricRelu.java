package org.manabi.tensor;

import org.manabi.tensor.kernel.PreluRows;

/// The rectifier with learned slopes, over inputs of one shape, in float and in double.
///
///     y = x where x > 0, else a·x
///
/// **Shapes:** x and y `[N, C, …]`, a `[1]` for all or `[C]` for each channel.
public final class ParametricRelu {

    private final int rows;
    private final int columns;
    private final int slopes;

    /// For inputs and slopes of these shapes.
    public ParametricRelu(Shape x, Shape slope) {
        slopes = slope.size();
        rows = slopes == 1 ? 1 : x.dim(0) * slopes;
        columns = x.size() / Math.max(1, rows);
    }

    public void forward(Tensor x, Tensor a, Tensor y) {
        if (y instanceof FloatTensor to) {
            PreluRows.apply(
                    rows,
                    columns,
                    slopes,
                    Engine.floats(x),
                    x.offset(),
                    Engine.floats(a),
                    a.offset(),
                    to.array(),
                    to.offset());
        } else {
            PreluRows.apply(
                    rows,
                    columns,
                    slopes,
                    Engine.doubles(x),
                    x.offset(),
                    Engine.doubles(a),
                    a.offset(),
                    Engine.doubles(y),
                    y.offset());
        }
    }

    /// Writes the gradient of x.
    public void inputGradient(Tensor x, Tensor a, Tensor dy, Tensor dx) {
        if (dx instanceof FloatTensor to) {
            PreluRows.inputGradient(
                    rows,
                    columns,
                    slopes,
                    Engine.floats(x),
                    x.offset(),
                    Engine.floats(a),
                    a.offset(),
                    Engine.floats(dy),
                    dy.offset(),
                    to.array(),
                    to.offset());
        } else {
            PreluRows.inputGradient(
                    rows,
                    columns,
                    slopes,
                    Engine.doubles(x),
                    x.offset(),
                    Engine.doubles(a),
                    a.offset(),
                    Engine.doubles(dy),
                    dy.offset(),
                    Engine.doubles(dx),
                    dx.offset());
        }
    }

    /// Writes the gradient of a.
    public void slopeGradient(Tensor x, Tensor dy, Tensor da) {
        if (da instanceof FloatTensor to) {
            PreluRows.slopeGradient(
                    rows,
                    columns,
                    slopes,
                    Engine.floats(x),
                    x.offset(),
                    Engine.floats(dy),
                    dy.offset(),
                    to.array(),
                    to.offset());
        } else {
            PreluRows.slopeGradient(
                    rows,
                    columns,
                    slopes,
                    Engine.doubles(x),
                    x.offset(),
                    Engine.doubles(dy),
                    dy.offset(),
                    Engine.doubles(da),
                    da.offset());
        }
    }
}
