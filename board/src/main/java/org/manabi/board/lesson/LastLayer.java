package org.manabi.board.lesson;

import java.util.ArrayList;
import java.util.List;
import org.manabi.autodiff.Input;
import org.manabi.autodiff.Parameter;
import org.manabi.autodiff.Plan;
import org.manabi.autodiff.Variable;
import org.manabi.data.Dataset;
import org.manabi.layers.Mode;
import org.manabi.layers.Network;
import org.manabi.layers.Sequential;
import org.manabi.loss.Labels;
import org.manabi.loss.Logits;
import org.manabi.loss.SoftmaxCrossEntropy;
import org.manabi.metrics.Accuracy;
import org.manabi.tensor.Checks;
import org.manabi.tensor.DType;
import org.manabi.tensor.Engine;
import org.manabi.tensor.IntTensor;
import org.manabi.tensor.Shape;
import org.manabi.tensor.Tensor;

/// The last layer of a network, in front of some samples. What the layers before it give stays the
/// same while its weights are moved, so it is computed once; loss and accuracy are those of the
/// whole network.
final class LastLayer {

    private final Parameter weight;
    private final Parameter bias;
    private final Plan learning;
    private final Variable loss;
    private final Plan looking;
    private final Tensor scores;
    private final IntTensor labels;

    /// @param network in double, a [Sequential] that ends in a dense layer; its weights are shared
    /// @param data the samples
    LastLayer(Network network, Dataset data) {
        Checks.require(
                network.dtype() == DType.FLOAT64, "slopes are measured in double, not %s", network);
        int last = ((Sequential) network.layer()).layers().size() - 1;
        weight = network.parameters().get(last + ".weight");
        bias = network.parameters().get(last + ".bias");
        Tensor before = before(network, last, data);
        labels = (IntTensor) data.targets();
        Variable logits =
                Variable.of(before).matmul(weight).plus(bias); // [N, hidden] → [N, classes]
        loss =
                SoftmaxCrossEntropy.MEAN.of(
                        new Logits(logits),
                        new Labels(Variable.of(labels), data.classNames().size()));
        learning = Plan.forTraining(Engine.serial(), loss, List.of(weight, bias), List.of(logits));
        looking = Plan.forInference(Engine.serial(), List.of(logits));
        scores = looking.value(logits);
    }

    /// What the layers before the last give for the samples.
    private static Tensor before(Network network, int last, Dataset data) {
        Sequential all = (Sequential) network.layer();
        Network front =
                new Network(
                        new Sequential(new ArrayList<>(all.layers().subList(0, last))),
                        network.sampleShape(),
                        network.dtype(),
                        (name, shape) -> network.parameters().get(name).tensor());
        Input inputs =
                Input.of("inputs", network.dtype(), network.sampleShape().prepend(data.size()));
        Variable outputs = front.forward(inputs, Mode.EVALUATE);
        Plan plan = Plan.forInference(Engine.serial(), List.of(outputs));
        int[] rows = new int[data.size()];
        for (int row = 0; row < rows.length; row++) {
            rows[row] = row;
        }
        Tensor ignored = Tensor.zeros(DType.INT32, Shape.of(data.size()));
        data.gather(rows, 0, rows.length, plan.value(inputs), ignored);
        plan.forward();
        return plan.value(outputs).copy();
    }

    Tensor weight() {
        return weight.tensor();
    }

    Tensor bias() {
        return bias.tensor();
    }

    /// The mean loss of the samples now.
    double loss() {
        learning.forward();
        return learning.value(loss).item();
    }

    /// The share of samples whose highest score is at their label now.
    double accuracy() {
        looking.forward();
        return Accuracy.countCorrect(scores, labels) / (double) labels.size();
    }

    /// The slopes of the loss by back-propagation: for the weights, for the biases.
    List<Tensor> slopes() {
        learning.forward();
        learning.backward();
        return List.of(learning.gradients().of(weight), learning.gradients().of(bias));
    }
}
