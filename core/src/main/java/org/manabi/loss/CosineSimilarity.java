package org.manabi.loss;

import org.manabi.autodiff.Result;
import org.manabi.autodiff.Variable;

/// How far two directions are apart.
///
///     ℓₙ = 1 − cos(yₙ, tₙ), or −cos(yₙ, tₙ);   cos(y, t) = y·t / (|y||t|)
///
/// **Shapes:** prediction and targets `[N, K]` or one sample `[K]`; labels count as one-hot rows. A row
/// shorter than 1e-6 counts as that long. The mean divides by N.
///
/// Source: `torch.nn.CosineEmbeddingLoss` for pairs that belong together; Keras's `CosineSimilarity`.
///
/// @param form where the loss is 0
/// @param reduction over the samples of a batch
public record CosineSimilarity(Form form, Reduction reduction) implements Loss<Estimate, Targets> {

    /// Where the loss is 0.
    public enum Form {
        /// `1 − cos`, in 0 … 2: PyTorch's.
        ONE_MINUS,
        /// `−cos`, in −1 … 1: Keras's.
        NEGATIVE
    }

    /// `1 − cos`, the mean over the samples.
    public CosineSimilarity() {
        this(Form.ONE_MINUS, Reduction.MEAN);
    }

    @Override
    public Variable perSample(Estimate prediction, Targets targets) {
        Variable y = prediction.variable();
        Variable t = targets.dense(y);
        Batches.requireAlike("CosineSimilarity", y, t);
        return Result.of(new RowLosses(new CosineRows(form == Form.ONE_MINUS ? 1 : 0)), y, t);
    }

    @Override
    public Class<Estimate> predictionType() {
        return Estimate.class;
    }

    @Override
    public Class<Targets> targetsType() {
        return Targets.class;
    }
}
