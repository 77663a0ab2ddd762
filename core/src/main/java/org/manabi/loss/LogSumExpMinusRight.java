package org.manabi.loss;

import java.util.List;
import org.manabi.autodiff.Bound;
import org.manabi.autodiff.Op;
import org.manabi.autodiff.Site;
import org.manabi.autodiff.Variable;
import org.manabi.tensor.Engine;
import org.manabi.tensor.IntTensor;
import org.manabi.tensor.Shape;
import org.manabi.tensor.Tensor;

/// `log Σ exp zₙ − zₙ[tₙ]` for each row; the softmax is kept for the backward pass.
record LogSumExpMinusRight() implements Op {

    @Override
    public Shape shape(List<Variable> inputs) {
        return inputs.get(1).shape();
    }

    @Override
    public Bound bind(Site site) {
        Engine engine = site.engine();
        Tensor logits = site.input(0);
        IntTensor labels = (IntTensor) site.input(1);
        Tensor losses = site.output();
        Tensor probabilities = site.keep(logits.dtype(), logits.shape());
        int classes = logits.shape().dim(1);
        return new Bound() {
            @Override
            public void forward() {
                for (int row = 0; row < labels.size(); row++) {
                    Labels.requireInRange(labels.array()[labels.offset() + row], row, classes);
                }
                engine.softmaxCrossEntropy(logits, labels, losses, probabilities);
            }

            @Override
            public void backward() {
                engine.softmaxCrossEntropyGradient(
                        probabilities, labels, site.outputGradient(), site.inputGradient(0));
            }
        };
    }
}
