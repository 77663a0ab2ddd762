package org.manabi.cli.model;

import java.nio.file.Path;
import java.util.Optional;
import org.manabi.cli.console.Console;
import org.manabi.cli.loss.LossName;
import org.manabi.data.Dataset;
import org.manabi.formats.model.ModelFile;
import org.manabi.formats.model.SavedModel;
import org.manabi.formats.run.ModelLocation;

/// A model that was saved, found by the path of its run or of its file.
///
/// @param file where it lies
public record ModelPath(Path file, SavedModel saved) {

    /// Loads the model of a run or of a file.
    ///
    /// @throws org.manabi.formats.FormatException if there is no model, or it is damaged
    public static ModelPath load(Path path) {
        Path file = ModelLocation.resolve(path);
        return new ModelPath(file, ModelFile.load(file));
    }

    /// The model with the loss that it learned by; where that is unknown, with the usual one for what
    /// it gives.
    public Learner<?, ?> learner(Console console) {
        LossName usual =
                switch (saved.model().kind()) {
                    case LOGITS -> LossName.SOFTMAX_CROSS_ENTROPY;
                    case PROBABILITIES -> LossName.CROSS_ENTROPY;
                    case LOG_PROBABILITIES -> LossName.NEGATIVE_LOG_LIKELIHOOD;
                    case OUTPUTS -> LossName.MEAN_SQUARED_ERROR;
                };
        LossName name =
                Optional.ofNullable(saved.card().loss()).flatMap(LossName::named).orElse(usual);
        return Learner.of(saved.model(), name, console);
    }

    /// The data brought to the numbers that the model is used to.
    public Dataset fit(Dataset data) {
        double divisor = saved.card().divisor();
        Dataset scaled =
                data.divisor() == divisor ? data : data.dividedBy(divisor / data.divisor());
        boolean sameSize =
                saved.model().network().sampleShape().size() == data.sampleShape().size();
        return sameSize ? scaled.reshaped(saved.model().network().sampleShape()) : scaled;
    }
}
