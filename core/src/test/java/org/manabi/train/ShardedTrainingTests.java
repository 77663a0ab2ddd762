package org.manabi.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.manabi.data.Dataset;
import org.manabi.data.LastBatch;
import org.manabi.data.Sampling;
import org.manabi.layers.BatchNorm1d;
import org.manabi.layers.Dense;
import org.manabi.layers.Dropout;
import org.manabi.layers.Network;
import org.manabi.layers.Relu;
import org.manabi.layers.Sequential;
import org.manabi.loss.ClassTargets;
import org.manabi.loss.Logits;
import org.manabi.loss.Reduction;
import org.manabi.loss.SoftmaxCrossEntropy;
import org.manabi.optim.Adam;
import org.manabi.optim.Clipping;
import org.manabi.optim.Lamb;
import org.manabi.optim.Sgd;
import org.manabi.optim.Updates;
import org.manabi.tensor.DType;
import org.manabi.tensor.Seed;
import org.manabi.tensor.Shape;
import org.manabi.tensor.ShapeException;
import org.manabi.tensor.Tensor;
import org.manabi.train.TrainEvent.EpochDone;
import org.manabi.train.TrainEvent.Outcome;
import org.manabi.train.TrainEvent.StepDone;

/// What a training in virtual shards gives is a function of its settings and the number of shards.
class ShardedTrainingTests {

    /// 93 samples in 4 shards of 23, 23, 23 and 24: the last of 8 batches of 12 has 9 samples.
    private static final Dataset TRAIN = Blobs.of(93, 4, 3, 1);

    private static final Dataset VALIDATION = Blobs.of(40, 4, 3, 2);

    private static final TrainingConfig CONFIG =
            TrainingConfig.DEFAULTS
                    .withBatchSize(12)
                    .withBudget(new Budget.Epochs(3))
                    .withShards(4);

    /// Layers that remember and layers that draw are in it.
    private static Model<Logits> fresh() {
        return Model.ofLogits(
                new Network(
                        Sequential.of(
                                new Dense(16),
                                new BatchNorm1d(),
                                new Relu(),
                                new Dropout(0.2),
                                new Dense(4)),
                        Shape.of(3),
                        DType.FLOAT32,
                        Seed.of(0)));
    }

    /// The same without batch normalization, which needs two samples in each shard.
    private static Model<Logits> withoutStatistics() {
        return Model.ofLogits(
                new Network(
                        Sequential.of(new Dense(16), new Relu(), new Dropout(0.2), new Dense(4)),
                        Shape.of(3),
                        DType.FLOAT32,
                        Seed.of(0)));
    }

    private static Trainer<Logits, ClassTargets> trainer(
            Model<Logits> model, TrainingConfig config) {
        return new Trainer<>(model, SoftmaxCrossEntropy.MEAN, new Adam(0.01), config);
    }

    private static String trained(TrainingConfig config) {
        return trained(fresh(), config);
    }

    private static String trained(Model<Logits> model, TrainingConfig config) {
        assertThat(trainer(model, config).train(TRAIN, VALIDATION, event -> {}))
                .isEqualTo(Outcome.COMPLETED);
        return model.network().parameters().sha256();
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 4})
    void threadsChangeNoBit(int threads) {
        assertThat(trained(CONFIG.withThreads(threads))).isEqualTo(trained(CONFIG));
    }

    @ParameterizedTest
    @CsvSource({"1, 4", "2, 4", "3, 4", "4, 4", "2, 3"})
    void replicasChangeNoBit(int replicas, int shards) throws Exception {
        assertThat(replicas(ShardedTrainingTests::fresh, replicas, shards))
                .hasSize(replicas)
                .containsOnly(trained(CONFIG.withShards(shards)));
    }

    /// Shards of one sample for each batch, of which the epoch's last has 9 for 12 shards.
    @ParameterizedTest
    @CsvSource({"3, 6", "5, 12"})
    void shardsWithoutSamplesChangeNothing(int replicas, int shards) throws Exception {
        assertThat(replicas(ShardedTrainingTests::withoutStatistics, replicas, shards))
                .hasSize(replicas)
                .containsOnly(trained(withoutStatistics(), CONFIG.withShards(shards)));
    }

    /// 4,096 weights of the middle layer are cut, the other tensors are not.
    private static Model<Logits> wide() {
        return Model.ofLogits(
                new Network(
                        Sequential.of(
                                new Dense(64),
                                new BatchNorm1d(),
                                new Relu(),
                                new Dense(64),
                                new Relu(),
                                new Dense(4)),
                        Shape.of(3),
                        DType.FLOAT32,
                        Seed.of(0)));
    }

    @ParameterizedTest
    @CsvSource({"1, 4", "2, 4", "3, 4", "4, 4"})
    void optimizerStateInPartsChangesNoBit(int replicas, int shards) throws Exception {
        Updates updates =
                Updates.of(new Adam(0.01))
                        .withClipping(new Clipping.ByValue(0.01))
                        .withAccumulation(2)
                        .withAverage(0.9);
        Model<Logits> alone = wide();
        new Trainer<>(alone, SoftmaxCrossEntropy.MEAN, updates, CONFIG.withShards(shards))
                .train(TRAIN, VALIDATION, event -> {});

        assertThat(
                        new MeetingReplicas(replicas, shards, TRAIN.size(), true)
                                .run(member -> trained(wide(), updates, shards, member)))
                .hasSize(replicas)
                .containsOnly(alone.network().parameters().sha256());
    }

    @Test
    void aReplicaKeepsItsPartOfTheOptimizerState() throws Exception {
        List<Integer> sizes =
                new MeetingReplicas(3, 3, TRAIN.size(), true)
                        .run(
                                member -> {
                                    Trainer<Logits, ClassTargets> trainer =
                                            new Trainer<>(
                                                    wide(),
                                                    SoftmaxCrossEntropy.MEAN,
                                                    Updates.of(new Adam(0.01)),
                                                    CONFIG.withShards(3),
                                                    member);
                                    trainer.train(
                                            MeetingReplicas.part(TRAIN, member, 3),
                                            null,
                                            event -> {});
                                    return Objects.requireNonNull(
                                                    trainer.state().updater().get("m/3.weight"))
                                            .size();
                                });

        assertThat(sizes).containsExactly(1_365, 1_365, 1_366);
    }

    @Test
    void rulesThatNeedWholeParametersAreNotShared() {
        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(
                        () ->
                                new MeetingReplicas(2, 4, TRAIN.size(), true)
                                        .run(
                                                member ->
                                                        trained(
                                                                wide(),
                                                                Updates.of(new Lamb(0.01)),
                                                                4,
                                                                member)))
                .havingRootCause()
                .withMessageEndingWith("leave the optimizer unsharded");
        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(
                        () ->
                                new MeetingReplicas(2, 4, TRAIN.size(), true)
                                        .run(
                                                member ->
                                                        trained(
                                                                wide(),
                                                                Updates.of(new Adam(0.01))
                                                                        .withClipping(
                                                                                new Clipping
                                                                                        .ByGlobalNorm(
                                                                                        1)),
                                                                4,
                                                                member)))
                .havingRootCause()
                .withMessageStartingWith("clipping by norm needs the whole gradient");
    }

    private static List<String> replicas(Supplier<Model<Logits>> fresh, int replicas, int shards)
            throws Exception {
        return new MeetingReplicas(replicas, shards, TRAIN.size(), false)
                .run(member -> trained(fresh.get(), Updates.of(new Adam(0.01)), shards, member));
    }

    private static String trained(
            Model<Logits> model, Updates updates, int shards, ShardGroup member) {
        new Trainer<>(model, SoftmaxCrossEntropy.MEAN, updates, CONFIG.withShards(shards), member)
                .train(MeetingReplicas.part(TRAIN, member, shards), VALIDATION, event -> {});
        return model.network().parameters().sha256();
    }

    @Test
    void theNumberOfShardsIsPartOfTheResult() {
        assertThat(trained(CONFIG.withShards(2))).isNotEqualTo(trained(CONFIG));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 5, 8, 9, 17})
    void aStoppedTrainingGoesOnToTheSameBits(int stop) {
        Model<Logits> stopped = fresh();
        var first = trainer(stopped, CONFIG);
        Outcome outcome =
                first.train(
                        TRAIN,
                        VALIDATION,
                        event -> {
                            if (event instanceof StepDone step && step.step() == stop) {
                                first.stop();
                            }
                        });
        assertThat(outcome).isEqualTo(Outcome.STOPPED);
        Model<Logits> continued = fresh();
        Map<String, Tensor> weights = stopped.network().parameters().tensors();
        continued
                .network()
                .parameters()
                .tensors()
                .forEach(
                        (name, tensor) ->
                                tensor.copyFrom(Objects.requireNonNull(weights.get(name))));

        trainer(continued, CONFIG).resume(first.state(), TRAIN, VALIDATION, event -> {});

        assertThat(continued.network().parameters().sha256()).isEqualTo(trained(CONFIG));
    }

    /// A batch of all samples in their order is the same batch in shards. The float32 sums of 93
    /// gradients of size about 1 differ by their order: some 93·2⁻²⁴ = 6e-6, less when divided by 93.
    @ParameterizedTest
    @ValueSource(strings = {"MEAN", "SUM"})
    void oneStepIsThatOfTheWholeBatchButForRounding(Reduction reduction) {
        TrainingConfig config =
                CONFIG.withBatchSize(93)
                        .withSampling(Sampling.SEQUENTIAL)
                        .withBudget(new Budget.Steps(1));
        Map<String, Tensor> whole = afterOneStep(config.withShards(1), reduction);
        Map<String, Tensor> shards = afterOneStep(config.withShards(3), reduction);

        whole.forEach(
                (name, tensor) -> {
                    for (int i = 0; i < tensor.size(); i++) {
                        assertThat(Objects.requireNonNull(shards.get(name)).getAsDouble(i))
                                .isCloseTo(tensor.getAsDouble(i), within(1e-6));
                    }
                });
    }

    private static Map<String, Tensor> afterOneStep(TrainingConfig config, Reduction reduction) {
        Model<Logits> model =
                Model.ofLogits(
                        new Network(
                                Sequential.of(new Dense(8), new Relu(), new Dense(4)),
                                Shape.of(3),
                                DType.FLOAT32,
                                Seed.of(0)));
        double rate = reduction == Reduction.SUM ? 0.01 / 93 : 0.01;
        new Trainer<>(model, new SoftmaxCrossEntropy(reduction), new Sgd(rate), config)
                .train(TRAIN, null, event -> {});
        return new LinkedHashMap<>(model.network().parameters().tensors());
    }

    @Test
    void everySampleIsSeenOnceInAnEpoch() {
        List<Integer> sizes = new ArrayList<>();
        List<Long> samples = new ArrayList<>();
        trainer(fresh(), CONFIG)
                .train(
                        TRAIN,
                        null,
                        event -> {
                            switch (event) {
                                case StepDone step -> sizes.add(step.samples());
                                case EpochDone epoch -> samples.add(epoch.running().samples());
                                default -> {}
                            }
                        });

        assertThat(samples).containsExactly(93L, 93L, 93L);
        assertThat(sizes.subList(0, 8)).containsExactly(12, 12, 12, 12, 12, 12, 12, 9);
    }

    @Test
    void shortBatchesCanBeDropped() {
        List<Integer> sizes = new ArrayList<>();
        trainer(fresh(), CONFIG.withLastBatch(LastBatch.DROP))
                .train(
                        TRAIN,
                        null,
                        event -> {
                            if (event instanceof StepDone step) {
                                sizes.add(step.samples());
                            }
                        });

        assertThat(sizes).hasSize(3 * 7).containsOnly(12);
    }

    @Test
    void aDivergedStepLeavesWeightsAndStateAsTheyWere() {
        Dataset faulty = Blobs.of(93, 4, 3, 1);
        faulty.inputs().setFromDouble(3 * 50 + 1, Double.NaN);
        Model<Logits> model = fresh();
        String before = model.network().parameters().sha256();
        List<TrainEvent.Diverged> told = new ArrayList<>();

        Outcome outcome =
                trainer(model, CONFIG.withBatchSize(92))
                        .train(
                                faulty,
                                null,
                                event -> {
                                    if (event instanceof TrainEvent.Diverged diverged) {
                                        told.add(diverged);
                                    }
                                });

        assertThat(outcome).isEqualTo(Outcome.DIVERGED);
        assertThat(model.network().parameters().sha256()).isEqualTo(before);
        assertThat(told.getFirst().first())
                .isEqualTo(new NonFinite("inputs", NonFinite.Tensor.INPUTS, List.of(50)));
    }

    @Test
    void whatCannotBeSplitIsRefusedWithTheFix() {
        assertThatExceptionOfType(ShapeException.class)
                .isThrownBy(() -> trained(CONFIG.withShards(5)))
                .withMessage(
                        "a batch of 12 samples has no 5 equal virtual shards; make the batch size a"
                                + " multiple of 5, such as 15");
        assertThatExceptionOfType(ShapeException.class)
                .isThrownBy(() -> trained(CONFIG.withSampling(Sampling.REPLACEMENT)))
                .withMessageEndingWith("which virtual shards do not have; use epochs, or 1 shard");
        assertThatExceptionOfType(ShapeException.class)
                .isThrownBy(() -> trained(CONFIG.withBatchSize(96)))
                .withMessage(
                        "a batch of 96 samples in 4 virtual shards needs as many samples, but there"
                                + " are 93; use smaller batches");
    }
}
