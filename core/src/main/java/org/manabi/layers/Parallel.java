package org.manabi.layers;

import java.util.ArrayList;
import java.util.List;
import org.manabi.autodiff.Concatenate;
import org.manabi.autodiff.Variable;
import org.manabi.tensor.Checks;

/// Layers side by side on the same input; the path of each is its number, from 0.
///
/// **Shapes:** input any; outputs `[N, Cᵢ, …]` that are alike but for their channels become
/// `[N, Σ Cᵢ, …]`, or, added, outputs of one shape that shape.
///
/// Source: Szegedy et al., *Going Deeper with Convolutions* (CVPR 2015).
///
/// @param branches at least one
/// @param merge what becomes of their outputs
public record Parallel(List<Layer> branches, Merge merge) implements Layer {

    /// What becomes of the outputs.
    public enum Merge {
        /// Their channels, or features, are put behind each other.
        CONCATENATE,
        /// They are added.
        SUM
    }

    public Parallel {
        branches = List.copyOf(branches);
        Checks.require(!branches.isEmpty(), "Parallel needs at least one branch");
    }

    /// With the outputs put behind each other.
    public static Parallel concatenated(Layer... branches) {
        return new Parallel(List.of(branches), Merge.CONCATENATE);
    }

    /// With the outputs added.
    public static Parallel summed(Layer... branches) {
        return new Parallel(List.of(branches), Merge.SUM);
    }

    @Override
    public Variable apply(Scope scope, Variable input) {
        List<Variable> outputs = new ArrayList<>();
        for (int i = 0; i < branches.size(); i++) {
            outputs.add(scope.apply(Integer.toString(i), branches.get(i), input));
        }
        return switch (merge) {
            case CONCATENATE -> Concatenate.of(outputs);
            case SUM -> sum(outputs);
        };
    }

    private static Variable sum(List<Variable> outputs) {
        Variable sum = outputs.getFirst();
        for (Variable output : outputs.subList(1, outputs.size())) {
            Checks.require(
                    output.shape().equals(sum.shape()),
                    "branches give %s and %s, which cannot be added",
                    sum.shape(),
                    output.shape());
            sum = sum.plus(output);
        }
        return sum;
    }
}
