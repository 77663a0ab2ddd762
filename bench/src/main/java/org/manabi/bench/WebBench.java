package org.manabi.bench;

import java.util.OptionalDouble;

/// Measures what is answered over HTTP: the board under load ([BoardLoad]), then the prediction
/// service ([ServeLoad]). Prints a line for each measurement.
///
/// Usage: `[SECONDS]`, how long each measurement of the prediction service lasts.
public final class WebBench {

    private static final double SECONDS = 4;
    private static final int USAGE = 2;

    private WebBench() {}

    /// Measures everything; ends with exit code 2 and a sentence if the request is wrong.
    public static void main(String[] arguments) throws Exception {
        OptionalDouble seconds = seconds(arguments);
        if (seconds.isEmpty()) {
            System.err.println("usage: bench/web [SECONDS], a number greater than 0");
            System.exit(USAGE);
        }
        BoardLoad.run();
        ServeLoad.run(seconds.getAsDouble());
    }

    private static OptionalDouble seconds(String... arguments) {
        if (arguments.length == 0) {
            return OptionalDouble.of(SECONDS);
        }
        try {
            double seconds = Double.parseDouble(arguments[0]);
            return arguments.length == 1 && seconds > 0 && Double.isFinite(seconds)
                    ? OptionalDouble.of(seconds)
                    : OptionalDouble.empty();
        } catch (NumberFormatException e) {
            return OptionalDouble.empty();
        }
    }
}
