package org.manabi.loss;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import org.manabi.tensor.Checks;

/// How much each class counts, how sure targets are, and which label means "no answer": what losses of
/// classes have in common.
///
/// A label t of K classes becomes the row
///
///     q_c = w_c · ((1 − ε)·1{c = t} + ε/K)
///
/// and zeros if it is the ignored label. With [Reduction#MEAN] the mean divides by Σ w_t over the
/// labels that are not ignored, with [Reduction#MEAN_PER_SAMPLE] by their number; if all are ignored
/// it is 0 (PyTorch gives NaN).
///
/// Source: `torch.nn.CrossEntropyLoss` (`weight`, `label_smoothing`, `ignore_index`); Szegedy et al.,
/// *Rethinking the Inception Architecture* (CVPR 2016), section 7.
///
/// @param smoothing ε, in [0, 1): the part of each target that is spread evenly over all K classes
/// @param weights w, one for each class, at least 0 and not all 0; empty for 1 each
/// @param ignored a label whose samples cost nothing, teach nothing, and are not counted
public record ClassOptions(double smoothing, List<Double> weights, OptionalInt ignored) {

    /// No smoothing, no weights, no label ignored.
    public static final ClassOptions PLAIN = new ClassOptions(0, List.of(), OptionalInt.empty());

    public ClassOptions {
        weights = List.copyOf(weights);
        Checks.require(
                smoothing >= 0 && smoothing < 1, "label smoothing %s is outside [0, 1)", smoothing);
        double sum = 0;
        for (double weight : weights) {
            Checks.require(
                    weight >= 0 && Double.isFinite(weight),
                    "class weight %s is not a number of at least 0",
                    weight);
            sum += weight;
        }
        Checks.require(
                weights.isEmpty() || sum > 0, "all class weights are 0; nothing would be learned");
    }

    public ClassOptions withSmoothing(double other) {
        return new ClassOptions(other, weights, ignored);
    }

    public ClassOptions withWeights(double... other) {
        return new ClassOptions(smoothing, Arrays.stream(other).boxed().toList(), ignored);
    }

    public ClassOptions ignoring(int label) {
        return new ClassOptions(smoothing, weights, OptionalInt.of(label));
    }

    boolean isPlain() {
        return smoothing == 0 && weights.isEmpty() && ignored.isEmpty();
    }

    /// The weight of a class.
    double weight(int label) {
        return weights.isEmpty() ? 1 : weights.get(label);
    }

    boolean ignores(int label) {
        return ignored.isPresent() && ignored.getAsInt() == label;
    }

    /// Checks that there is a weight for each class.
    void requireFit(String loss, int classes) {
        Checks.require(
                weights.isEmpty() || weights.size() == classes,
                "%s has %d class weights, but there are %d classes",
                loss,
                weights.size(),
                classes);
    }
}
