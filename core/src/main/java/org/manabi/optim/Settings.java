package org.manabi.optim;

import org.manabi.tensor.Checks;

/// Checks of the numbers that a rule is set up with.
final class Settings {

    private Settings() {}

    static void requireLearningRate(double value) {
        Checks.require(
                value > 0 && Double.isFinite(value),
                "learning rate %s is not a number greater than 0; try 0.1 for SGD, 0.001 for Adam",
                value);
    }

    static void requireFraction(String name, double value) {
        Checks.require(value >= 0 && value < 1, "%s %s is outside [0, 1)", name, value);
    }
}
