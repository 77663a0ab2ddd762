package org.manabi.tensor;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The one door through which faults of shape and value leave, so that they all read alike.
public final class Checks {

    private Checks() {}

    /// Throws a [ShapeException] with the formatted message unless `condition` holds. Numbers are
    /// printed alike in every locale.
    @SuppressWarnings("AnnotateFormatMethod") // the annotation would be a dependency of core
    public static void require(boolean condition, String message, @Nullable Object... arguments) {
        if (!condition) {
            throw new ShapeException(
                    arguments.length == 0
                            ? message
                            : String.format(Locale.ROOT, message, arguments));
        }
    }
}
