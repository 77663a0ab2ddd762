package org.manabi.train;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.manabi.autodiff.Gradients;
import org.manabi.autodiff.Parameter;
import org.manabi.autodiff.Variable;
import org.manabi.optim.Clipping;
import org.manabi.optim.ParameterGroup;
import org.manabi.optim.Updates;
import org.manabi.tensor.Checks;
import org.manabi.tensor.Shape;
import org.manabi.tensor.Tensor;

/// The part of every parameter that one replica updates, and whose optimizer state it keeps. Of a
/// parameter of n numbers, part r of R is `⌊r·n/R⌋ … ⌊(r+1)·n/R⌋ − 1`; a small one belongs to every
/// part as a whole.
///
/// Source: Rajbhandari et al., *ZeRO: Memory Optimizations Toward Training Trillion Parameter Models*
/// (SC 2020), stage 1.
///
/// @param part from 0
/// @param parts how many there are, at least 1
public record UpdateShare(int part, int parts) {

    /// Everything.
    public static final UpdateShare WHOLE = new UpdateShare(0, 1);

    /// The most numbers of a tensor that is not cut, such as a layer's bias.
    public static final int SMALL = 1 << 10;

    public UpdateShare {
        Checks.require(0 <= part && part < parts, "there is no part %d of %d, from 0", part, parts);
    }

    /// Whether some of the parameters belong to others.
    public boolean isPart() {
        return parts > 1;
    }

    /// The first number of this part, of a tensor of so many.
    public int from(int size) {
        return size <= SMALL ? 0 : (int) ((long) size * part / parts);
    }

    /// The first number after [#from] that is not of this part.
    public int end(int size) {
        return size <= SMALL ? size : (int) ((long) size * (part + 1) / parts);
    }

    /// Parameters on this part of the numbers, under the same names; where nothing is cut, the
    /// parameters themselves.
    List<Parameter> of(Collection<Parameter> parameters) {
        List<Parameter> own = new ArrayList<>();
        for (Parameter parameter : parameters) {
            Tensor whole = parameter.tensor();
            Tensor slice = of(whole);
            own.add(
                    slice.size() == whole.size()
                            ? parameter
                            : Parameter.of(parameter.name(), slice));
        }
        return own;
    }

    private Tensor of(Tensor whole) {
        int from = from(whole.size());
        return whole.reshape(Shape.of(whole.size())).rows(from, end(whole.size()) - from);
    }

    /// The gradients of [#of] such parameters.
    ///
    /// @param sums the gradient of each parameter, flat, of which this part is right
    Gradients gradients(List<Parameter> own, List<Tensor> sums) {
        Map<Variable, Tensor> gradients = new LinkedHashMap<>();
        for (int i = 0; i < own.size(); i++) {
            gradients.put(own.get(i), of(sums.get(i)).reshape(own.get(i).shape()));
        }
        return Gradients.of(gradients);
    }

    /// Refuses what looks at more than one number of a parameter at a time.
    void requirePossible(Updates updates, TrainingConfig config) {
        if (!isPart()) {
            return;
        }
        boolean elementwise = updates.optimizer().isElementwise();
        for (ParameterGroup group : updates.groups()) {
            elementwise &= group.optimizer().isElementwise();
        }
        Checks.require(
                elementwise,
                "%s looks at a whole parameter, so its state cannot be shared among replicas; leave"
                        + " the optimizer unsharded",
                updates.optimizer());
        Checks.require(
                updates.clipping() instanceof Clipping.None
                        || updates.clipping() instanceof Clipping.ByValue,
                "clipping by norm needs the whole gradient, of which a replica with sharded optimizer"
                        + " state has a part; clip by value, or leave the optimizer unsharded");
        Checks.require(
                config.probeEvery() == 0,
                "a replica with sharded optimizer state has not the whole gradient, so layers cannot"
                        + " be looked at; set probeEvery to 0");
    }
}
