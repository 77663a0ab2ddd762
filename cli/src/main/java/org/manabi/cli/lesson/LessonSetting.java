package org.manabi.cli.lesson;

import org.jspecify.annotations.Nullable;
import org.manabi.data.Split;
import org.manabi.datasets.Mnist;

/// What a lesson is given: data, which are loaded when they are first asked for, and a seed.
final class LessonSetting {

    private static final int TRAIN_PER_TEST = 6;

    private final long seed;
    private final int threads;
    private final @Nullable Integer samples;
    private @Nullable Split data;

    /// @param samples how many of the training pictures are used; all if `null`
    LessonSetting(long seed, int threads, @Nullable Integer samples) {
        this.seed = seed;
        this.threads = threads;
        this.samples = samples;
    }

    long seed() {
        return seed;
    }

    int threads() {
        return threads;
    }

    /// MNIST, or its first pictures: six to learn from for each to test on.
    Split data() {
        if (data == null) {
            Split all = Mnist.load();
            data =
                    samples == null
                            ? all
                            : new Split(
                                    all.train().first(Math.min(samples, all.train().size())),
                                    all.test()
                                            .first(
                                                    Math.clamp(
                                                            samples / TRAIN_PER_TEST,
                                                            1,
                                                            all.test().size())));
        }
        return data;
    }
}
