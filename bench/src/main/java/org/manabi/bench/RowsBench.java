package org.manabi.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import org.manabi.data.Dataset;
import org.manabi.formats.table.Storage;
import org.manabi.formats.table.TableFile;
import org.manabi.formats.table.TableLoader;
import org.manabi.layers.Dense;
import org.manabi.layers.Network;
import org.manabi.layers.Relu;
import org.manabi.layers.Sequential;
import org.manabi.loss.SoftmaxCrossEntropy;
import org.manabi.optim.Adam;
import org.manabi.optim.Updates;
import org.manabi.tensor.DType;
import org.manabi.tensor.Seed;
import org.manabi.train.Budget;
import org.manabi.train.Model;
import org.manabi.train.Trainer;
import org.manabi.train.TrainingConfig;

/// Learns from the same table in memory and on the disk by turns, an epoch each, in one process, and
/// prints the throughputs, their ratio, and whether the weights are the same:
///
///     memory samples_per_s=… disk samples_per_s=… ratio=… same_weights=true
///
/// What `manabi train FILE --label y` trains: `mlp:256`, Adam, batches of 100. The first turn of each is
/// not counted: it compiles, and reads the file.
///
/// Usage: `FILE CACHE`.
public final class RowsBench {

    private static final int TURNS = 5;

    private RowsBench() {}

    /// Measures.
    ///
    /// @throws IOException if the disk fails
    public static void main(String[] arguments) throws IOException {
        Path file = Path.of(arguments[0]);
        long began = System.nanoTime();
        TableFile table =
                TableFile.read(
                        file,
                        "y",
                        new TableFile.Cache(Path.of(arguments[1]), "rows-" + Files.size(file)));
        System.out.printf(Locale.ROOT, "read %d rows in %.1f s%n", table.rows(), seconds(began));
        Dataset memory = load(table, Storage.MEMORY);
        Dataset disk = load(table, Storage.DISK);
        double[] memoryRates = new double[TURNS];
        double[] diskRates = new double[TURNS];
        String[] weights = new String[2];
        for (int turn = -1; turn < TURNS; turn++) {
            double one = epoch(memory, weights, 0);
            double two = epoch(disk, weights, 1);
            if (turn >= 0) {
                memoryRates[turn] = one;
                diskRates[turn] = two;
            }
        }
        Arrays.sort(memoryRates);
        Arrays.sort(diskRates);
        double inMemory = memoryRates[TURNS / 2];
        double onDisk = diskRates[TURNS / 2];
        System.out.printf(
                Locale.ROOT,
                "memory samples_per_s=%.0f disk samples_per_s=%.0f ratio=%.3f same_weights=%s%n",
                inMemory,
                onDisk,
                onDisk / inMemory,
                weights[0].equals(weights[1]));
    }

    private static Dataset load(TableFile table, Storage storage) {
        return new TableLoader(table, "y", false)
                .load("rows", Seed.of(0), train -> train, bytes -> storage)
                .split()
                .train();
    }

    /// Samples in a second.
    private static double epoch(Dataset data, String[] weights, int of) {
        Network network =
                new Network(
                        Sequential.of(new Dense(256), new Relu(), new Dense(2)),
                        data.sampleShape(),
                        DType.FLOAT32,
                        Seed.of(0));
        TrainingConfig config =
                TrainingConfig.DEFAULTS
                        .withBudget(new Budget.Epochs(1))
                        .withThreads(Runtime.getRuntime().availableProcessors());
        long began = System.nanoTime();
        new Trainer<>(
                        Model.ofLogits(network),
                        SoftmaxCrossEntropy.MEAN,
                        Updates.of(Adam.DEFAULTS),
                        config)
                .train(data, null, event -> {});
        double rate = data.size() / seconds(began);
        weights[of] = network.parameters().sha256();
        return rate;
    }

    private static double seconds(long began) {
        return (System.nanoTime() - began) / 1e9;
    }
}
