package org.manabi.bench;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import org.manabi.layers.Network;
import org.manabi.loss.Logits;
import org.manabi.loss.SoftmaxCrossEntropy;
import org.manabi.tensor.DType;
import org.manabi.tensor.Seed;
import org.manabi.train.Budget;
import org.manabi.train.Model;
import org.manabi.train.Trainer;
import org.manabi.train.TrainingConfig;

/// Measures one workload and prints one line:
///
///     manabi W2 2 samples_per_s=… latency_us=… flops_per_s=… roofline=… heap_mb=…
///         alloc_bytes_per_step=… loss=first->last mode=steady peak_flops_per_s=… …
///
/// Usage: `WORKLOAD THREADS [steady|cold|flat|sha]`.
///
/// - *steady* warms up, then takes the median of several windows of time ([Steady]).
/// - *cold* trains one epoch of MNIST, for a clock outside the process ([Cold]).
/// - *flat* trains 10 000 steps and tells how the heap that is in use changes ([Flat]).
/// - *sha* trains 200 steps and prints the digest of the weights.
public final class Bench {

    private static final List<String> MODES = List.of("steady", "cold", "flat", "sha");
    private static final int SHA_STEPS = 200;
    private static final int USAGE = 2;

    private Bench() {}

    /// Runs one measurement; ends with exit code 2 and a sentence if the request is wrong.
    public static void main(String[] arguments) {
        if (arguments.length < 2 || arguments.length > 3) {
            refuse("usage: bench/run WORKLOAD THREADS [steady|cold|flat|sha]");
        }
        Workload workload = workload(arguments[0]);
        int threads = threads(arguments[1]);
        String mode = arguments.length > 2 ? arguments[2] : "steady";
        if (!MODES.contains(mode)) {
            refuse("the mode is one of " + MODES + ", not " + mode);
        }
        if (workload.isInference() && !mode.equals("steady")) {
            refuse(workload.title() + " only predicts and has no mode " + mode + "; use steady");
        }
        if (mode.equals("cold") && !workload.fitsMnist()) {
            refuse(workload.title() + " does not fit MNIST, which the mode cold trains on");
        }
        String measured =
                switch (mode) {
                    case "cold" -> Cold.run(workload, threads);
                    case "flat" -> Flat.run(workload, threads);
                    case "sha" -> "weights_sha256=" + digest(workload, threads) + " mode=sha";
                    default -> Steady.run(workload, threads);
                };
        System.out.println("manabi " + workload.title() + " " + threads + " " + measured);
    }

    private static Workload workload(String name) {
        return Arrays.stream(Workload.values())
                .filter(workload -> workload.name().equals(name.toUpperCase(Locale.ROOT)))
                .findFirst()
                .orElseGet(
                        () -> {
                            refuse(
                                    "the workload is one of %s, not %s"
                                            .formatted(Arrays.toString(Workload.values()), name));
                            return Workload.W1;
                        });
    }

    private static int threads(String text) {
        OptionalInt threads = parse(text);
        if (threads.isEmpty() || threads.getAsInt() < 1) {
            refuse("the number of threads is a whole number from 1, not " + text);
        }
        return threads.orElse(1);
    }

    private static OptionalInt parse(String text) {
        try {
            return OptionalInt.of(Integer.parseInt(text));
        } catch (NumberFormatException e) {
            return OptionalInt.empty();
        }
    }

    private static void refuse(String sentence) {
        System.err.println("bench: " + sentence);
        System.exit(USAGE);
    }

    private static String digest(Workload workload, int threads) {
        Model<Logits> model = model(workload);
        trainer(workload, threads, model, new Budget.Steps(SHA_STEPS))
                .train(SyntheticData.of(workload), null, event -> {});
        return model.network().parameters().sha256();
    }

    static Model<Logits> model(Workload workload) {
        return Model.ofLogits(
                new Network(workload.layers(), workload.sample, DType.FLOAT32, Seed.of(1)));
    }

    static Trainer<?, ?> trainer(
            Workload workload, int threads, Model<Logits> model, Budget budget) {
        TrainingConfig config =
                TrainingConfig.DEFAULTS
                        .withBudget(budget)
                        .withBatchSize(workload.batchSize)
                        .withThreads(threads);
        return new Trainer<>(model, SoftmaxCrossEntropy.MEAN, workload.optimizer(), config);
    }
}
