package org.manabi.formats.onnx.run;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.manabi.formats.onnx.OnnxNode;

/// All operators that are known.
final class Operators {

    private static final Map<String, Operator> ALL = new HashMap<>();

    static {
        List.of(
                        Activations.OPERATORS,
                        Constants.OPERATORS,
                        Elementwise.OPERATORS,
                        Indexing.OPERATORS,
                        Layouts.OPERATORS,
                        Losses.OPERATORS,
                        Normalizations.OPERATORS,
                        Products.OPERATORS,
                        Recurrent.OPERATORS,
                        Reductions.OPERATORS,
                        Windows.OPERATORS)
                .forEach(ALL::putAll);
    }

    private Operators() {}

    static Optional<Operator> of(OnnxNode node) {
        return node.domain().isEmpty()
                ? Optional.ofNullable(ALL.get(node.operator()))
                : Optional.empty();
    }

    static Set<String> names() {
        return new TreeSet<>(ALL.keySet());
    }
}
