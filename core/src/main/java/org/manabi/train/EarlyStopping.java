package org.manabi.train;

import org.manabi.tensor.Checks;

/// Ends the training when the validation loss no longer falls, and takes the weights of the epoch in
/// which it was lowest.
///
/// @param patience how many epochs may pass without a new lowest loss, at least 1
/// @param minimumImprovement how far below the lowest loss so far a loss must be to be counted as a new
///     one, at least 0, in the units of the loss
public record EarlyStopping(long patience, double minimumImprovement) {

    /// Never ends the training, but takes the best weights when it ends.
    public static final EarlyStopping BEST_WEIGHTS_ONLY = new EarlyStopping(Long.MAX_VALUE);

    public EarlyStopping {
        Checks.require(patience >= 1, "a patience of %d epochs is too little; try 5", patience);
        Checks.require(
                minimumImprovement >= 0 && Double.isFinite(minimumImprovement),
                "the least improvement that counts is 0 or more, got %s",
                minimumImprovement);
    }

    /// Any lower loss is a new lowest one.
    public EarlyStopping(long patience) {
        this(patience, 0);
    }
}
