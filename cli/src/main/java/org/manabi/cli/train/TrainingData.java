package org.manabi.cli.train;

import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import org.manabi.cli.data.DataSource;
import org.manabi.data.Dataset;
import org.manabi.data.Split;
import org.manabi.tensor.Seed;

/// What a run learns from, what it looks at on the way, and what it is tested on at the end.
///
/// @param validation held back from the training data; `null` if nothing is
/// @param test never learned from and never looked at before the end
record TrainingData(Dataset train, @Nullable Dataset validation, Dataset test) {

    static TrainingData load(DataSource source, OptionalDouble heldBack, long seed) {
        Split split = source.load();
        if (heldBack.isEmpty()) {
            return new TrainingData(split.train(), null, split.test());
        }
        Split held = split.train().split(heldBack.getAsDouble(), Seed.of(seed).child("validation"));
        return new TrainingData(held.train(), held.test(), split.test());
    }
}
