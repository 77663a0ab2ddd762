package org.manabi.data;

import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.manabi.tensor.Checks;

/// What is known of the samples of a dataset beside inputs and targets.
final class RowNotes {

    static final RowNotes NONE = new RowNotes(null, null, false);

    private final int @Nullable [] groups;
    private final double @Nullable [] weights;
    private final boolean ordered;

    private RowNotes(int @Nullable [] groups, double @Nullable [] weights, boolean ordered) {
        this.groups = groups;
        this.weights = weights;
        this.ordered = ordered;
    }

    Optional<int[]> groups() {
        return Optional.ofNullable(groups);
    }

    Optional<double[]> weights() {
        return Optional.ofNullable(weights);
    }

    /// Whether the samples stand in the order of time.
    boolean ordered() {
        return ordered;
    }

    RowNotes withGroups(int... other) {
        return new RowNotes(other.clone(), weights, ordered);
    }

    RowNotes withOrder() {
        return new RowNotes(groups, weights, true);
    }

    /// @param name of the dataset, for messages
    RowNotes withWeights(String name, double... other) {
        double sum = 0;
        for (int row = 0; row < other.length; row++) {
            Checks.require(
                    other[row] >= 0 && Double.isFinite(other[row]),
                    "dataset %s: the weight %s of row %d is not a number of at least 0",
                    name,
                    other[row],
                    row);
            sum += other[row];
        }
        Checks.require(
                sum > 0 && Double.isFinite(sum),
                "dataset %s: the sum of all weights is %s, not a number greater than 0",
                name,
                sum);
        return new RowNotes(groups, other.clone(), ordered);
    }

    RowNotes select(int[] rows) {
        if (groups == null && weights == null) {
            return this;
        }
        int[] someGroups = groups == null ? null : new int[rows.length];
        double[] someWeights = weights == null ? null : new double[rows.length];
        for (int i = 0; i < rows.length; i++) {
            if (someGroups != null && groups != null) {
                someGroups[i] = groups[rows[i]];
            }
            if (someWeights != null && weights != null) {
                someWeights[i] = weights[rows[i]];
            }
        }
        return new RowNotes(someGroups, someWeights, ordered);
    }

    RowNotes first(int count) {
        return new RowNotes(
                groups == null ? null : Arrays.copyOf(groups, count),
                weights == null ? null : Arrays.copyOf(weights, count),
                ordered);
    }
}
