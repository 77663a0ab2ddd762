package org.manabi.spark;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.manabi.autodiff.Parameter;
import org.manabi.layers.Parameters;
import org.manabi.tensor.Shape;
import org.manabi.tensor.Tensor;
import org.manabi.train.TrainState;
import org.manabi.train.UpdateShare;

/// The optimizer's memory in parts, each in a file of its own beside the checkpoint: what one replica
/// keeps of the large tensors. Another number of replicas, also one, can go on from it.
///
/// @param parameters of the model
/// @param share what this replica updates
record OptimizerParts(Parameters parameters, UpdateShare share) {

    /// The numbers of the parameter that a tensor of the memory belongs to.
    private int numbers(String name) {
        return parameter(name).tensor().size();
    }

    private Parameter parameter(String name) {
        return parameters.get(name.substring(name.indexOf('/') + 1));
    }

    private boolean isCut(String name, Tensor tensor, UpdateShare of) {
        int slash = name.indexOf('/');
        if (slash < 0) {
            return false; // counters
        }
        int size = numbers(name);
        return size > UpdateShare.SMALL && tensor.size() == of.end(size) - of.from(size);
    }

    /// What only this replica has.
    Map<String, Tensor> own(TrainState state) {
        Map<String, Tensor> own = new LinkedHashMap<>();
        state.updater()
                .forEach(
                        (name, tensor) -> {
                            if (isCut(name, tensor, share)) {
                                own.put(name, tensor);
                            }
                        });
        return own;
    }

    /// The state without what [#own] has.
    TrainState common(TrainState state) {
        Map<String, Tensor> common = new LinkedHashMap<>(state.updater());
        common.keySet().removeAll(own(state).keySet());
        return withUpdater(state, common);
    }

    private static TrainState withUpdater(TrainState state, Map<String, Tensor> updater) {
        return new TrainState(
                state.step(),
                state.cursor(),
                updater,
                state.running(),
                state.epochs(),
                state.best(),
                state.bestWeights());
    }

    /// A saved state with this replica's part of the optimizer's memory.
    ///
    /// @param parts in how many it was saved, 0 if in one piece
    TrainState complete(TrainState saved, CheckpointStore store, int parts) throws IOException {
        Map<String, Tensor> updater = new LinkedHashMap<>();
        saved.updater()
                .forEach(
                        (name, tensor) -> {
                            updater.put(name, tensor);
                            if (share.isPart() && isCut(name, tensor, UpdateShare.WHOLE)) {
                                updater.put(name, zeros(name, tensor));
                                copy(name, tensor, UpdateShare.WHOLE, updater.get(name));
                            }
                        });
        for (int part = 0; part < parts; part++) {
            UpdateShare theirs = new UpdateShare(part, parts);
            store.loadPart(saved.step(), theirs)
                    .forEach(
                            (name, tensor) ->
                                    copy(
                                            name,
                                            tensor,
                                            theirs,
                                            updater.computeIfAbsent(
                                                    name, key -> zeros(key, tensor))));
        }
        return withUpdater(saved, updater);
    }

    /// Room for this replica's part of a tensor.
    private Tensor zeros(String name, Tensor like) {
        int size = numbers(name);
        return Tensor.zeros(
                like.dtype(),
                share.isPart()
                        ? Shape.of(share.end(size) - share.from(size))
                        : parameter(name).shape());
    }

    /// Copies what is in both a part and this replica's.
    private void copy(String name, Tensor part, UpdateShare of, Tensor target) {
        int size = numbers(name);
        int from = Math.max(of.from(size), share.from(size));
        int count = Math.min(of.end(size), share.end(size)) - from;
        if (count > 0) {
            flat(target)
                    .rows(from - share.from(size), count)
                    .copyFrom(flat(part).rows(from - of.from(size), count));
        }
    }

    private static Tensor flat(Tensor tensor) {
        return tensor.reshape(Shape.of(tensor.size()));
    }
}
