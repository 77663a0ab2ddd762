package org.manabi.layers;

import org.manabi.tensor.Shape;
import org.manabi.tensor.Tensor;

/// Where the parameters of a network come from when they are not drawn afresh: a file, say.
@FunctionalInterface
public interface ParameterSource {

    /// The numbers of one parameter. The tensor becomes the parameter itself, without a copy.
    ///
    /// @param name the parameter's path, such as `0.weight`
    /// @param shape the shape that its layer asks for; nothing of that size exists yet
    /// @return a tensor of that shape and of the network's type
    Tensor parameter(String name, Shape shape);
}
