package org.manabi.layers;

import org.manabi.tensor.Shape;

/// How many numbers flow into and out of one unit of a weight: what initializers scale by.
///
/// @param in the fan-in: `in` of a dense weight `[in, out]`, channels × kernel area of `[out, in, …]`
/// @param out the fan-out: `out` of a dense weight, output channels × kernel area otherwise
public record Fans(int in, int out) {

    static Fans of(Shape weight) {
        return switch (weight.rank()) {
            case 0 -> new Fans(1, 1);
            case 1 -> new Fans(weight.dim(0), weight.dim(0));
            case 2 -> new Fans(weight.dim(0), weight.dim(1));
            default -> {
                int area = weight.size() / Math.max(1, weight.dim(0) * weight.dim(1));
                yield new Fans(weight.dim(1) * area, weight.dim(0) * area);
            }
        };
    }
}
