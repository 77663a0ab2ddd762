package org.manabi.cli.model;

import org.manabi.tensor.Engine;
import org.manabi.tensor.Tensor;
import org.manabi.train.OutputKind;

/// Turns what a classifier gives into probabilities.
final class ClassProbabilities {

    private final Engine engine;
    private final OutputKind kind;

    ClassProbabilities(Engine engine, OutputKind kind) {
        this.engine = engine;
        this.kind = kind;
    }

    /// The probabilities of the classes for each row of scores.
    Tensor of(Tensor scores) {
        if (!kind.needsSoftmax()) {
            return scores;
        }
        Tensor probabilities = scores.copy();
        engine.softmax(scores, probabilities);
        return probabilities;
    }
}
