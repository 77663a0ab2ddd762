package org.manabi.loss;

import org.manabi.autodiff.Result;
import org.manabi.autodiff.Variable;
import org.manabi.tensor.Checks;

/// What is alike should be nearer than what is not, by a margin. It compares three outputs of a network
/// with each other, so there are no targets and it is no [Loss].
///
///     ℓₙ = max(0, d(aₙ, pₙ) − d(aₙ, nₙ) + m),   d(x, y) = |x − y + 1e-6|
///
/// **Shapes:** anchor a, positive p and negative n `[N, K]` or one sample `[K]`. The mean divides by N.
///
/// Source: `torch.nn.TripletMarginLoss`; Balntas et al., *Learning shallow convolutional feature
/// descriptors with triplet losses* (BMVC 2016).
///
/// @param margin m, greater than 0
/// @param reduction over the samples of a batch
public record TripletMargin(double margin, Reduction reduction) {

    public TripletMargin {
        Checks.require(margin > 0, "margin %s is not greater than 0", margin);
    }

    /// m = 1, the mean over the samples.
    public TripletMargin() {
        this(1, Reduction.MEAN);
    }

    /// The loss of each sample, `[N]`.
    ///
    /// @throws org.manabi.tensor.ShapeException if the three shapes are not equal
    public Variable perSample(Outputs anchor, Outputs positive, Outputs negative) {
        Variable a = anchor.variable();
        Batches.requireAlike("TripletMargin", a, positive.variable());
        Batches.requireAlike("TripletMargin", a, negative.variable());
        return Result.of(
                new RowLosses(new TripletRows(margin)),
                a,
                positive.variable(),
                negative.variable());
    }

    /// The loss of the batch.
    public Variable of(Outputs anchor, Outputs positive, Outputs negative) {
        return reduction.of(perSample(anchor, positive, negative));
    }
}
