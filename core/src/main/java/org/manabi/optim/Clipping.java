package org.manabi.optim;

/// A bound on gradients, applied after accumulation and before the step.
///
/// Source: Pascanu, Mikolov, Bengio, *On the difficulty of training recurrent neural networks*
/// (ICML 2013), algorithm 1.
public sealed interface Clipping {

    /// No bound.
    Clipping NONE = new None();

    /// No bound.
    record None() implements Clipping {}

    /// Every number is brought into [−limit, limit].
    ///
    /// @param limit greater than 0
    record ByValue(double limit) implements Clipping {
        public ByValue {
            Settings.requirePositive("clipping limit", limit);
        }
    }

    /// Each parameter's gradient is shortened to a length: `g · min(1, c / (‖g‖ + 1e-6))`.
    ///
    /// @param limit c, greater than 0
    record ByNorm(double limit) implements Clipping {
        public ByNorm {
            Settings.requirePositive("clipping limit", limit);
        }
    }

    /// All gradients together are shortened to a length, so that their direction stays: the same with
    /// ‖g‖ over all parameters, as `torch.nn.utils.clip_grad_norm_`.
    ///
    /// @param limit c, greater than 0
    record ByGlobalNorm(double limit) implements Clipping {
        public ByGlobalNorm {
            Settings.requirePositive("clipping limit", limit);
        }
    }
}
