package org.manabi.autodiff;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.manabi.tensor.DType;
import org.manabi.tensor.IntTensor;
import org.manabi.tensor.MaxPooling;
import org.manabi.tensor.PooledConvolution;
import org.manabi.tensor.Shape;
import org.manabi.tensor.Tensor;
import org.manabi.tensor.Window;

/// A [Conv2d] and then a [MaxPool2d] of its output, which never leaves the cache.
///
/// **Shapes:** inputs as those of [Conv2d]; result as that of [MaxPool2d].
///
/// @param convolution with the identity or ReLU as its activation
/// @param pool the window that slides over the convolution's output
record PooledConv2d(Conv2d convolution, Window pool) implements Op {

    @Override
    public Shape shape(List<Variable> inputs) {
        return MaxPooling.outputShape(pool, convolution.shape(inputs));
    }

    @Override
    public Bound bind(Site site) {
        Tensor x = site.input(0);
        Tensor weight = site.input(1);
        boolean hasBias = site.inputCount() == 3;
        Tensor bias = hasBias ? site.input(2) : null;
        Tensor y = site.output();
        IntTensor winners =
                site.differentiates() ? (IntTensor) site.keep(DType.INT32, y.shape()) : null;
        PooledConvolution both =
                site.engine()
                        .pooledConvolution(
                                convolution.window(),
                                convolution.groups(),
                                pool,
                                x.shape(),
                                weight.shape());
        return new Bound() {
            @Override
            public void forward() {
                both.forward(x, weight, bias, convolution.activation(), y, winners);
            }

            @Override
            public void backward() {
                if (winners != null) {
                    both.gradients(
                            x,
                            weight,
                            y,
                            winners,
                            site.outputGradient(),
                            convolution.activation(),
                            wanted(site, 0),
                            wanted(site, 1),
                            hasBias ? wanted(site, 2) : null);
                }
            }
        };
    }

    private static @Nullable Tensor wanted(Site site, int input) {
        return site.wants(input) ? site.inputGradient(input) : null;
    }
}
