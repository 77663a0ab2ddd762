package org.manabi.layers;

import org.manabi.tensor.RandomStream;
import org.manabi.tensor.Tensor;

/// How other frameworks begin the weights of dense and convolutional layers when nothing is said.
public enum FrameworkDefault implements Initializer {
    /// `U(±1/√in)`, that is `kaiming_uniform_(a=√5)`. PyTorch draws biases from the same range; give the
    /// layer `new Uniform(1 / Math.sqrt(in))` for them.
    PYTORCH {
        @Override
        public void fill(Tensor tensor, Fans fans, RandomStream random) {
            new Uniform(1 / Math.sqrt(fans.in())).fill(tensor, fans, random);
        }
    },
    /// [Xavier#UNIFORM]; biases are zero.
    KERAS {
        @Override
        public void fill(Tensor tensor, Fans fans, RandomStream random) {
            Xavier.UNIFORM.fill(tensor, fans, random);
        }
    }
}
