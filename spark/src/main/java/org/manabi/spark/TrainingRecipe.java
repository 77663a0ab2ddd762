package org.manabi.spark;

import java.io.Serializable;
import org.manabi.formats.model.ModelCard;
import org.manabi.loss.Loss;
import org.manabi.loss.Prediction;
import org.manabi.loss.Targets;
import org.manabi.optim.Updates;
import org.manabi.train.Model;
import org.manabi.train.TrainingConfig;

/// What is trained and how, as it travels to the executors: not the model itself but how it comes to
/// be. Each executor makes its own replica, so no weights pass through the driver. Every call gives
/// the same: the weights that a model begins with are drawn from a fixed seed, or read from a file that
/// all executors see.
///
/// @param <P> what the model gives
/// @param <T> what it should have given
public interface TrainingRecipe<P extends Prediction, T extends Targets> extends Serializable {

    /// A replica with its first weights.
    Model<? extends P> model();

    /// What makes it learn.
    Loss<P, T> loss();

    /// The rule of the updates and all that is around it.
    Updates updates();

    /// How long, in which batches and in how many virtual shards. Threads are each executor's.
    TrainingConfig config();

    /// What is saved with the model.
    default ModelCard card() {
        return ModelCard.EMPTY;
    }
}
