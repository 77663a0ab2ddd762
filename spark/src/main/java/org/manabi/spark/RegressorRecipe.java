package org.manabi.spark;

import java.io.Serial;
import org.manabi.formats.model.ModelCard;
import org.manabi.loss.Estimate;
import org.manabi.loss.Loss;
import org.manabi.loss.MeanSquaredError;
import org.manabi.loss.Outputs;
import org.manabi.loss.Targets;
import org.manabi.optim.Updates;
import org.manabi.train.Model;
import org.manabi.train.TrainingConfig;

/// A regressor of one number with the mean squared error.
record RegressorRecipe(NetworkSettings settings, int inputs)
        implements TrainingRecipe<Estimate, Targets> {

    @Serial private static final long serialVersionUID = 1;

    @Override
    public Model<Outputs> model() {
        return Model.ofOutputs(settings.network(inputs, 1));
    }

    @Override
    public Loss<Estimate, Targets> loss() {
        return new MeanSquaredError();
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
        return ModelCard.EMPTY.withLoss(MeanSquaredError.class.getSimpleName());
    }
}
