package org.manabi.bench;

import java.util.Locale;
import org.manabi.data.Dataset;
import org.manabi.datasets.Mnist;
import org.manabi.loss.Logits;
import org.manabi.train.Budget;
import org.manabi.train.Model;
import org.manabi.train.Score;
import org.manabi.train.TrainEvent.EpochDone;

/// A process from its start to the end of one epoch of MNIST, as someone feels it who waits for it.
/// The time before `main` is for a clock outside.
final class Cold {

    private Cold() {}

    static String run(Workload workload, int threads) {
        long start = System.nanoTime();
        Dataset train = Mnist.load().train();
        double loaded = (System.nanoTime() - start) / 1e9;
        Model<Logits> model = Bench.model(workload);
        Score[] epoch = new Score[1];
        Bench.trainer(workload, threads, model, new Budget.Epochs(1))
                .train(
                        train,
                        null,
                        event -> {
                            if (event instanceof EpochDone done) {
                                epoch[0] = done.running();
                            }
                        });
        double seconds = (System.nanoTime() - start) / 1e9;
        return String.format(
                Locale.ROOT,
                "seconds_in_main=%.3f loading=%.3f samples_per_s=%.0f loss=%.4f",
                seconds,
                loaded,
                train.size() / (seconds - loaded),
                epoch[0].loss());
    }
}
