package org.manabi.layers;

import org.manabi.tensor.RandomStream;
import org.manabi.tensor.Tensor;

/// Keeps the variance of activations alike from layer to layer, for linear and SELU units.
///
///     uniform: U(±√(3 / in))      normal: N(0, 1 / in)
///
/// Source: LeCun et al., *Efficient BackProp* (1998), section 4.6.
public enum LeCun implements Initializer {
    /// `U(±√(3 / in))`.
    UNIFORM {
        @Override
        public void fill(Tensor tensor, Fans fans, RandomStream random) {
            new Uniform(Math.sqrt(3.0 / fans.in())).fill(tensor, fans, random);
        }
    },
    /// `N(0, 1 / in)`, not truncated.
    NORMAL {
        @Override
        public void fill(Tensor tensor, Fans fans, RandomStream random) {
            new Normal(Math.sqrt(1.0 / fans.in())).fill(tensor, fans, random);
        }
    },
    /// [TruncatedNormal] with the variance `1 / in`: Keras's `lecun_normal`.
    TRUNCATED {
        @Override
        public void fill(Tensor tensor, Fans fans, RandomStream random) {
            new TruncatedNormal(Math.sqrt(1.0 / fans.in())).fill(tensor, fans, random);
        }
    }
}
