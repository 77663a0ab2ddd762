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

    static void requirePositive(String name, double value) {
        Checks.require(
                value > 0 && Double.isFinite(value),
                "%s %s is not a number greater than 0",
                name,
                value);
    }

    static void requireNotNegative(String name, double value) {
        Checks.require(
                value >= 0 && Double.isFinite(value),
                "%s %s is not a number of at least 0",
                name,
                value);
    }

    /// `1 − βᵗ`, what a running mean that began at 0 has gathered of its weight.
    static double gathered(double beta, long step) {
        return 1 - StrictMath.pow(beta, (double) step);
    }
}
