package org.manabi.cli.model;

import org.jspecify.annotations.Nullable;
import org.manabi.tensor.Engine;
import picocli.CommandLine.Option;

/// The option of commands that compute.
final class ThreadsOption {

    @Option(names = "--threads", paramLabel = "N", descriptionKey = "option.threads")
    private @Nullable Integer threads;

    /// @throws org.manabi.tensor.ShapeException if there is not at least one
    Engine engine() {
        return Engine.of(threads == null ? Runtime.getRuntime().availableProcessors() : threads);
    }
}
