package org.manabi.layers;

import org.jspecify.annotations.Nullable;
import org.manabi.autodiff.Variable;
import org.manabi.tensor.Checks;

/// What a layer adds to its input: `y = body(x) + x`, or `body(x) + shortcut(x)` where the shapes differ.
///
/// **Shapes:** input any, output that of the body. Paths: `body` and `shortcut`.
///
/// Source: He et al., *Deep Residual Learning for Image Recognition* (CVPR 2016).
///
/// @param body usually a [Sequential]
/// @param shortcut what leads around it; `null` for nothing at all
public record Residual(Layer body, @Nullable Layer shortcut) implements Layer {

    /// With the input itself added.
    public Residual(Layer body) {
        this(body, null);
    }

    @Override
    public Variable apply(Scope scope, Variable input) {
        Variable added = scope.apply("body", body, input);
        Variable kept = shortcut == null ? input : scope.apply("shortcut", shortcut, input);
        Checks.require(
                added.shape().equals(kept.shape()),
                "the body gives %s, which cannot be added to %s%s",
                added.shape(),
                kept.shape(),
                shortcut == null ? "; is a shortcut missing that changes the shape too?" : "");
        return added.plus(kept);
    }
}
