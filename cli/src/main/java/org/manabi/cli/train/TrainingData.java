package org.manabi.cli.train;

import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import org.manabi.cli.data.DataSource;
import org.manabi.data.Dataset;
import org.manabi.data.Split;
import org.manabi.data.augment.Augmentation;
import org.manabi.formats.table.TableSchema;
import org.manabi.layers.Layer;
import org.manabi.tensor.Seed;

/// What a run learns from, what it looks at on the way, and what it is tested on at the end.
///
/// @param validation held back from the training data; `null` if nothing is
/// @param test never learned from and never looked at before the end
/// @param preparation what a model for the data does with its input first
/// @param table how the rows of a table became numbers; `null` if they came from elsewhere
record TrainingData(
        Dataset train,
        @Nullable Dataset validation,
        Dataset test,
        Optional<Layer> preparation,
        @Nullable TableSchema table) {

    /// @param augmentation how the images to learn from are changed at random, if they are
    static TrainingData load(
            DataSource source,
            OptionalDouble heldBack,
            Optional<Augmentation> augmentation,
            long seed) {
        Split split = source.load();
        Optional<Split> held = held(split.train(), heldBack, seed);
        Dataset rest = held.map(Split::train).orElse(split.train());
        Dataset train = augmentation.map(rest::augmented).orElse(rest);
        return new TrainingData(
                train,
                held.map(Split::test).orElse(null),
                split.test(),
                source.preparation(train),
                source.schema().orElse(null));
    }

    /// What remains of the training data, and what is held back for validation, if anything is.
    static Optional<Split> held(Dataset train, OptionalDouble heldBack, long seed) {
        return heldBack.isPresent()
                ? Optional.of(
                        train.split(heldBack.getAsDouble(), Seed.of(seed).child("validation")))
                : Optional.empty();
    }
}
