package org.manabi.cli.train;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.manabi.autodiff.Input;
import org.manabi.autodiff.Parameter;
import org.manabi.autodiff.Plan;
import org.manabi.data.Dataset;
import org.manabi.formats.json.JsonObject;
import org.manabi.formats.json.JsonValue;
import org.manabi.formats.run.RunDirectory;
import org.manabi.formats.tensorboard.HistogramCounts;
import org.manabi.layers.LayerOutput;
import org.manabi.layers.Mode;
import org.manabi.layers.Network;
import org.manabi.tensor.DType;
import org.manabi.tensor.Engine;
import org.manabi.tensor.Tensor;
import org.manabi.train.TrainEvent;
import org.manabi.train.TrainListener;

/// Writes down now and then how the weights are spread, and what the layers give for some training
/// samples: a line in the run's `metrics.jsonl`, and a histogram for TensorBoard. It only looks, so
/// the training goes the same way with it and without.
final class HistogramRecorder implements TrainListener {

    /// Of so many looks at the layers each one is written down.
    private static final int EVERY = 4;

    private static final int BUCKETS = 40;
    private static final int SAMPLES = 64;

    /// More numbers than these are not looked at one by one, but at equal distances.
    private static final int MOST = 50_000;

    private final RunDirectory run;
    private final TrainingClock clock;
    private final EventRecorder curves;
    private final Network network;
    private final Plan plan;
    private final List<LayerOutput> outputs;
    private final long stride;

    /// @param probeEvery at which distance of steps the layers are looked at
    HistogramRecorder(
            RunDirectory run,
            TrainingClock clock,
            EventRecorder curves,
            Network network,
            Dataset samples,
            long probeEvery) {
        this.run = run;
        this.clock = clock;
        this.curves = curves;
        this.network = network;
        this.stride = EVERY * probeEvery;
        int count = Math.min(SAMPLES, samples.size());
        Input inputs = Input.of("inputs", network.dtype(), network.sampleShape().prepend(count));
        outputs = network.layerOutputs(inputs, Mode.EVALUATE);
        plan =
                Plan.forInference(
                        Engine.serial(), outputs.stream().map(LayerOutput::output).toList());
        Tensor targets =
                Tensor.zeros(
                        samples.hasClasses() ? DType.INT32 : network.dtype(),
                        samples.targets().shape().tail().prepend(count));
        int[] rows = IntStream.range(0, count).toArray();
        samples.gather(rows, 0, count, plan.value(inputs), targets);
    }

    @Override
    public void on(TrainEvent event) {
        if (event instanceof TrainEvent.LayersProbed probed && probed.step() % stride == 0) {
            record(probed.step(), probed.epoch());
        }
    }

    private void record(long step, long epoch) {
        plan.forward();
        List<JsonValue> weights = new ArrayList<>();
        for (Parameter parameter : network.parameters().all()) {
            weights.add(line("weights/", parameter.name(), step, parameter.tensor()));
        }
        List<JsonValue> activations = new ArrayList<>();
        for (LayerOutput output : outputs) {
            activations.add(line("outputs/", output.toString(), step, plan.value(output.output())));
        }
        run.append(
                JsonObject.EMPTY
                        .with("event", "histograms")
                        .with("seconds", clock.seconds())
                        .with("step", step)
                        .with("epoch", epoch)
                        .with("weights", new JsonValue.Array(weights))
                        .with("activations", new JsonValue.Array(activations)));
    }

    private JsonObject line(String group, String name, long step, Tensor numbers) {
        HistogramCounts counts = HistogramCounts.of(BUCKETS, some(numbers));
        curves.histogram(group + name, step, counts);
        return JsonObject.EMPTY
                .with("of", name)
                .with("low", counts.min())
                .with("high", counts.max())
                .with(
                        "counts",
                        Arrays.stream(counts.counts()).mapToInt(count -> (int) count).toArray());
    }

    private static double[] some(Tensor numbers) {
        int distance = Math.ceilDiv(numbers.size(), MOST);
        return IntStream.iterate(0, at -> at < numbers.size(), at -> at + distance)
                .mapToDouble(numbers::getAsDouble)
                .toArray();
    }
}
