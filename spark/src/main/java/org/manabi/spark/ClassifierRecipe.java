package org.manabi.spark;

import java.io.Serial;
import java.util.List;
import java.util.stream.IntStream;
import org.manabi.formats.model.ModelCard;
import org.manabi.loss.ClassTargets;
import org.manabi.loss.Logits;
import org.manabi.loss.Loss;
import org.manabi.loss.SoftmaxCrossEntropy;
import org.manabi.optim.Updates;
import org.manabi.train.Model;
import org.manabi.train.TrainingConfig;

/// A classifier with softmax cross-entropy.
///
/// @param divisor what the inputs as they are stored are divided by
record ClassifierRecipe(NetworkSettings settings, int inputs, int classes, double divisor)
        implements TrainingRecipe<Logits, ClassTargets> {

    @Serial private static final long serialVersionUID = 1;

    static List<String> classNames(int classes) {
        return IntStream.range(0, classes).mapToObj(Integer::toString).toList();
    }

    @Override
    public Model<Logits> model() {
        return Model.ofLogits(settings.network(inputs, classes));
    }

    @Override
    public Loss<Logits, ClassTargets> loss() {
        return SoftmaxCrossEntropy.MEAN;
    }

    @Override
    public Updates updates() {
        return Updates.of(settings.rule());
    }

    @Override
    public TrainingConfig config() {
        return settings.config();
    }

    @Override
    public ModelCard card() {
        return ModelCard.EMPTY
                .withDivisor(divisor)
                .withClassNames(classNames(classes))
                .withLoss(SoftmaxCrossEntropy.class.getSimpleName());
    }
}
