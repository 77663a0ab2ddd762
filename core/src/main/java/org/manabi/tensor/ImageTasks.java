package org.manabi.tensor;

import org.manabi.tensor.kernel.Workers;

/// Shares work on images among threads, where it is worth it.
final class ImageTasks {

    /// Elements that are worth a thread of their own.
    private static final int GRAIN = 1 << 14;

    private ImageTasks() {}

    /// Work on images `first` to `first + count` − 1.
    interface Work {
        void run(int first, int count);
    }

    static void share(Workers workers, int images, int elementsOfEach, Work work) {
        long parts = Math.min((long) images * elementsOfEach / GRAIN, 4L * workers.threads());
        int tasks = Math.clamp(parts, 1, Math.max(1, images));
        workers.run(
                tasks,
                (task, _) -> {
                    int first = (int) ((long) images * task / tasks);
                    work.run(first, (int) ((long) images * (task + 1) / tasks) - first);
                });
    }
}
