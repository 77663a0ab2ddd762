package org.manabi.train;

import org.manabi.tensor.Engine;
import org.manabi.tensor.Tensor;

/// Turns what a classifier gives into probabilities.
public final class ClassProbabilities {

    private final Engine engine;
    private final OutputKind kind;

    /// @param kind what the classifier gives; of real numbers nothing is changed
    public ClassProbabilities(Engine engine, OutputKind kind) {
        this.engine = engine;
        this.kind = kind;
    }

    /// The probabilities of the classes for each row of scores: its softmax for logits, else the row
    /// itself. Scores are not changed; they are returned if they need no softmax.
    public Tensor of(Tensor scores) {
        if (!kind.needsSoftmax()) {
            return scores;
        }
        Tensor probabilities = scores.copy();
        engine.softmax(scores, probabilities);
        return probabilities;
    }
}
