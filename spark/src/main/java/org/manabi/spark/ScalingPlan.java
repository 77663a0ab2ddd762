package org.manabi.spark;

import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// The application behind `spark/bin/plan`: what a cluster would give, by the [CostModel].
@Command(
        name = "spark/bin/plan",
        mixinStandardHelpOptions = true,
        showDefaultValues = true,
        description = {
            "Tells how long a mini-batch would take on so many executors, and where more of them do not",
            "help. The defaults are W5 on executors of eight cores with 10 Gbit/s."
        })
public final class ScalingPlan implements Callable<Integer> {

    private static final double GIGA = 1e9;

    @Option(
            names = "--executors",
            split = ",",
            defaultValue = "1,2,8,64,512",
            description = "one replica on each")
    private List<Integer> executors = List.of();

    @Option(names = "--weights", defaultValue = "33607690", description = "of the model")
    private double weights;

    @Option(names = "--tensors", defaultValue = "3", description = "large ones")
    private int tensors;

    @Option(
            names = "--mflop",
            defaultValue = "168",
            description = "of one sample, forward and backward, in millions")
    private double megaFlops;

    @Option(names = "--batch", defaultValue = "256", description = "samples of a mini-batch")
    private int batch;

    @Option(
            names = "--batch-each",
            description = "instead of --batch: samples for each executor, so that batches grow")
    private int batchEach;

    @Option(names = "--gflops", defaultValue = "560", description = "of one executor")
    private double gigaFlops;

    @Option(names = "--gigabits", defaultValue = "10", description = "network, each way")
    private double gigabits;

    @Option(names = "--latency", defaultValue = "50", description = "of a message, microseconds")
    private double microseconds;

    @Option(names = "--memory", defaultValue = "30", description = "GB/s of one executor")
    private double memory;

    @Option(names = "--passes", defaultValue = "8", description = "over memory in the update")
    private int passes;

    @Option(
            names = "--overlap",
            defaultValue = "0.3",
            description = "part of computing beside which sums are sent")
    private double overlap;

    @Option(names = "--fixed", defaultValue = "0.5", description = "milliseconds of each round")
    private double fixed;

    private ScalingPlan() {}

    /// Runs the application.
    public static void main(String[] arguments) {
        System.exit(new CommandLine(new ScalingPlan()).execute(arguments));
    }

    @Override
    public Integer call() {
        CostModel model =
                new CostModel(
                        megaFlops * 1e6,
                        weights,
                        tensors,
                        gigaFlops * GIGA,
                        gigabits / Byte.SIZE * GIGA,
                        microseconds * 1e-6,
                        memory * GIGA,
                        overlap,
                        passes,
                        fixed * 1e-3);
        print("executors   batch  compute  waiting  update   round (ms)  samples/s  efficiency");
        double alone = 0;
        for (int count : executors) {
            int samples = batchEach > 0 ? batchEach * count : batch;
            if (samples < count) {
                print(
                        String.format(
                                Locale.ROOT,
                                "%9d %7d  a batch of fewer samples than executors",
                                count,
                                samples));
                continue;
            }
            CostModel.Round round = model.round(count, samples);
            double speed = samples / round.seconds();
            if (alone == 0) {
                alone = speed / count;
            }
            print(
                    String.format(
                            Locale.ROOT,
                            "%9d %7d %8.2f %8.2f %7.2f %12.2f %10.0f %10.0f%%",
                            count,
                            samples,
                            1e3 * round.compute(),
                            1e3 * round.waiting(),
                            1e3 * round.update(),
                            1e3 * round.seconds(),
                            speed,
                            100 * speed / count / alone));
        }
        return 0;
    }

    private static void print(String line) {
        System.out.println(line);
    }
}
