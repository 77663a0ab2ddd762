package org.manabi.loss;

import org.manabi.autodiff.Variable;

/// The right class of each sample, as a label or as a one-hot row; losses give the same bits for both.
public sealed interface HardTargets extends ClassTargets permits Labels, OneHot {

    /// The right class of each sample as int32 `[N]`.
    Variable labels();
}
