package org.manabi.spark;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// The application behind `spark/bin/scaling` and `spark/bin/memory`: trains on rows that the executors
/// generate and tells times, bytes and the driver's memory.
@Command(
        name = "spark/bin/scaling",
        mixinStandardHelpOptions = true,
        showDefaultValues = true,
        description = {
            "Trains on generated rows with several numbers of executors in turn, and prints the median",
            "time of a mini-batch, what it consists of, and the bytes that are exchanged. Without",
            "options this is the workload W5 of BENCHMARKS.md: 4096-4096-4096-10, momentum."
        })
public final class ClusterMeasurement implements Callable<Integer> {

    private static final int CLASSES = 10;
    private static final double MEBI = 1 << 20;

    @Option(names = "--replicas", split = ",", defaultValue = "1,2", description = "in turn")
    private List<Integer> replicas = List.of();

    @Option(names = "--rounds", defaultValue = "3", description = "how often each is measured")
    private int rounds;

    @Option(names = "--steps", defaultValue = "12", description = "mini-batches of a measurement")
    private int steps;

    @Option(names = "--inputs", defaultValue = "4096", description = "numbers of a row")
    private int inputs;

    @Option(
            names = "--hidden",
            split = ",",
            defaultValue = "4096,4096",
            description = "sizes of the hidden layers")
    private List<Integer> hidden = List.of();

    @Option(names = "--batch-size", defaultValue = "256", description = "a multiple of the shards")
    private int batchSize;

    @Option(names = "--shards", defaultValue = "2", description = "virtual shards")
    private int shards;

    @Option(names = "--optimizer", defaultValue = "momentum", description = "adam, momentum, sgd")
    private String optimizer = "";

    @Option(names = "--threads", defaultValue = "1", description = "of each replica")
    private int threads;

    @Option(
            names = "--whole-optimizer",
            description = "each replica keeps all of the optimizer's state")
    private boolean wholeOptimizer;

    private ClusterMeasurement() {}

    /// Runs the application.
    public static void main(String[] arguments) {
        System.exit(new CommandLine(new ClusterMeasurement()).execute(arguments));
    }

    @Override
    public Integer call() throws IOException {
        SparkConf conf = new SparkConf().setIfMissing("spark.app.name", "Manabi");
        int slots = replicas.stream().mapToInt(Integer::intValue).max().orElse(1);
        conf.setIfMissing("spark.master", "local[" + slots + "]");
        Map<Integer, List<SparkTraining>> measured = new HashMap<>();
        Set<String> weights = new HashSet<>();
        try (JavaSparkContext context = new JavaSparkContext(conf)) {
            print("replicas executors ms/round waiting MB/round  optimizer-MB  SHA-256");
            for (int round = 0; round < rounds; round++) {
                for (int count : replicas) {
                    SparkTraining training = train(context, count);
                    measured.computeIfAbsent(count, key -> new ArrayList<>()).add(training);
                    weights.add(training.sha256());
                    tell(count, training);
                }
            }
        }
        double first = milliseconds(measured, replicas.getFirst());
        for (int count : replicas) {
            double median = milliseconds(measured, count);
            print(
                    String.format(
                            Locale.ROOT,
                            "%d replicas: %.1f ms a round, %.0f samples/s, %.2f times as fast as %d",
                            count,
                            median,
                            1e3 * batchSize / median,
                            first / median,
                            replicas.getFirst()));
        }
        print(String.format(Locale.ROOT, "the driver's memory: %s", driverMemory()));
        if (weights.size() != 1) {
            print("FAILED: the weights differ.");
            return 1;
        }
        return 0;
    }

    private SparkTraining train(JavaSparkContext context, int count) {
        NetworkSettings settings =
                new NetworkSettings(
                        hidden, "relu", optimizer, 0.01, 1, batchSize, shards, threads, 0);
        SparkTrainer<?, ?> trainer =
                new SparkTrainer<>(context, new ClassifierRecipe(settings, inputs, CLASSES, 1))
                        .withReplicas(count)
                        .withTimeouts(Duration.ofMinutes(2), Duration.ofMinutes(1));
        if (!wholeOptimizer) {
            trainer = trainer.withShardedOptimizer();
        }
        return trainer.train(
                new GeneratedRows(Math.multiplyExact(steps, batchSize), inputs, CLASSES, 0));
    }

    private static void tell(int count, SparkTraining training) {
        print(
                String.format(
                        Locale.ROOT,
                        "%8d %9d %8.1f %7.1f %8.1f %13.1f  %s",
                        count,
                        training.executors(),
                        1e3 * training.medianSecondsPerRound(),
                        1e3 * training.exchangeSecondsPerRound(),
                        training.bytesPerRound() / 1e6,
                        training.optimizerBytes() / 1e6,
                        training.sha256()));
    }

    /// The median over the measurements of the median round.
    private static double milliseconds(Map<Integer, List<SparkTraining>> measured, int count) {
        List<Double> times =
                measured.getOrDefault(count, List.of()).stream()
                        .map(SparkTraining::medianSecondsPerRound)
                        .sorted()
                        .toList();
        return 1e3 * times.get(times.size() / 2);
    }

    /// The most that the heap held, and the most that the process had, as the kernel counts it.
    private static String driverMemory() throws IOException {
        long heap =
                ManagementFactory.getMemoryPoolMXBeans().stream()
                        .filter(pool -> pool.getType() == MemoryType.HEAP)
                        .map(MemoryPoolMXBean::getPeakUsage)
                        .mapToLong(usage -> usage == null ? 0 : usage.getUsed())
                        .sum();
        Path status = Path.of("/proc/self/status");
        String resident = "";
        if (Files.exists(status)) {
            for (String line : Files.readAllLines(status)) {
                if (line.startsWith("VmHWM:")) {
                    long kibi = Long.parseLong(line.replaceAll("\\D", ""));
                    resident = String.format(Locale.ROOT, ", %.0f MB resident", kibi / 1024.0);
                }
            }
        }
        return String.format(
                Locale.ROOT,
                "at most %.0f MB of heap (limit %.0f)%s",
                heap / MEBI,
                Runtime.getRuntime().maxMemory() / MEBI,
                resident);
    }

    private static void print(String line) {
        System.out.println(line);
    }
}
