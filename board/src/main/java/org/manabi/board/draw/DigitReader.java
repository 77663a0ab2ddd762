package org.manabi.board.draw;

import java.util.List;
import org.manabi.autodiff.Input;
import org.manabi.autodiff.Plan;
import org.manabi.autodiff.Variable;
import org.manabi.board.web.HttpFault;
import org.manabi.formats.model.SavedModel;
import org.manabi.layers.Mode;
import org.manabi.tensor.Engine;
import org.manabi.tensor.Shape;
import org.manabi.tensor.Tensor;
import org.manabi.train.ClassProbabilities;
import org.manabi.train.Model;
import org.manabi.train.OutputKind;
import org.manabi.train.Predictor;

/// Reads one picture with a model: the probabilities, and which pixels spoke for a class. May be used
/// by several threads.
final class DigitReader {

    private final double divisor;
    private final Predictor predictor;
    private final ClassProbabilities toProbabilities;
    private final Engine engine = Engine.serial();
    private final Input inputs;
    private final Input chosen;
    private final Plan slopes;

    DigitReader(SavedModel saved) {
        Model<?> model = saved.model();
        if (model.network().sampleShape().size() != Centering.SIDE * Centering.SIDE
                || model.kind() == OutputKind.OUTPUTS) {
            throw new HttpFault(422, "the model does not read pictures of 28 × 28");
        }
        divisor = saved.card().divisor();
        toProbabilities = new ClassProbabilities(engine, model.kind());
        predictor = new Predictor(engine, model, 1);
        inputs =
                Input.of(
                        "inputs",
                        model.network().dtype(),
                        model.network().sampleShape().prepend(1));
        Variable scores = model.predict(inputs, Mode.EVALUATE).variable();
        chosen = Input.of("chosen", model.network().dtype(), scores.shape());
        Variable score = scores.times(chosen).sum();
        slopes = Plan.forTraining(engine, score, List.of(inputs), List.of());
    }

    /// The probability of each class.
    ///
    /// @param picture 28 × 28 numbers 0 … 255
    synchronized double[] probabilities(double... picture) {
        fill(predictor.inputs(), picture);
        return toProbabilities.of(predictor.run()).toDoubles();
    }

    /// What each pixel adds to the score of a class: ∂score/∂pixel · pixel.
    synchronized double[] contributions(int label, double... picture) {
        Tensor pixels = slopes.value(inputs);
        fill(pixels, picture);
        Tensor one = slopes.value(chosen);
        requireClass(label, one.shape());
        for (int k = 0; k < one.size(); k++) {
            one.setFromDouble(k, k == label ? 1 : 0);
        }
        slopes.forward();
        slopes.backward();
        Tensor gradient = slopes.gradients().of(inputs);
        double[] contributions = new double[picture.length];
        for (int i = 0; i < contributions.length; i++) {
            contributions[i] = gradient.getAsDouble(i) * pixels.getAsDouble(i);
        }
        return contributions;
    }

    private static void requireClass(int label, Shape scores) {
        if (label < 0 || label >= scores.size()) {
            throw HttpFault.badRequest("class " + label + " is outside 0 … " + (scores.size() - 1));
        }
    }

    private void fill(Tensor batch, double... picture) {
        for (int i = 0; i < picture.length; i++) {
            batch.setFromDouble(i, picture[i] / divisor);
        }
    }
}
