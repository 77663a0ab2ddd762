package org.manabi.train;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.manabi.autodiff.Gradients;
import org.manabi.autodiff.Parameter;
import org.manabi.tensor.Tensor;

/// Measures the gradients and updates of a step at a cost that does not grow with the model: of a
/// large parameter it looks at evenly spaced elements and scales their sum of squares up.
final class LayerProbe {

    private static final int MOST = 1 << 12;

    private final List<Look> looks = new ArrayList<>();

    /// Looks at the parameters and their gradients before the update.
    LayerProbe(Collection<Parameter> parameters, Gradients gradients) {
        for (Parameter parameter : parameters) {
            looks.add(new Look(parameter, gradients.of(parameter)));
        }
    }

    /// Looks again after the update.
    List<LayerFigures> figures() {
        return looks.stream().map(Look::figures).toList();
    }

    /// Some elements of one parameter before its update.
    private static final class Look {

        private final Parameter parameter;
        private final int stride;
        private final double scale;
        private final double[] before;
        private final double gradient;

        Look(Parameter parameter, Tensor gradient) {
            this.parameter = parameter;
            int size = parameter.tensor().size();
            this.stride = Math.max(1, Math.ceilDiv(size, MOST));
            this.before = new double[Math.ceilDiv(size, stride)];
            this.scale = (double) size / Math.max(1, before.length);
            double squares = 0;
            for (int i = 0; i < before.length; i++) {
                before[i] = parameter.tensor().getAsDouble(i * stride);
                double slope = gradient.getAsDouble(i * stride);
                squares += slope * slope;
            }
            this.gradient = Math.sqrt(scale * squares);
        }

        LayerFigures figures() {
            double weights = 0;
            double changes = 0;
            for (int i = 0; i < before.length; i++) {
                double change = parameter.tensor().getAsDouble(i * stride) - before[i];
                weights += before[i] * before[i];
                changes += change * change;
            }
            return new LayerFigures(
                    parameter.name(),
                    gradient,
                    Math.sqrt(scale * weights),
                    Math.sqrt(scale * changes));
        }
    }
}
