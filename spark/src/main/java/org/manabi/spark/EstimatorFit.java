package org.manabi.spark;

import java.nio.file.Path;
import java.util.Arrays;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.sql.Dataset;
import org.manabi.loss.Prediction;
import org.manabi.loss.Targets;

/// How an estimator learns from a DataFrame.
final class EstimatorFit {

    private EstimatorFit() {}

    /// Makes a recipe when the number of features is known.
    interface RecipeMaker<P extends Prediction, T extends Targets> {
        TrainingRecipe<P, T> of(NetworkSettings settings, int inputs);
    }

    /// @param classes how many labels there are; 0 for real numbers
    static <P extends Prediction, T extends Targets> SparkTraining fit(
            ManabiParams<?> params,
            Dataset<?> data,
            String features,
            String label,
            int classes,
            RecipeMaker<P, T> maker) {
        NetworkSettings settings = settings(params);
        JavaSparkContext context =
                JavaSparkContext.fromSparkContext(data.sparkSession().sparkContext());
        FrameRows.Numbered numbered = FrameRows.number(data, features, label);
        try {
            int inputs = numbered.kept().first().size();
            SparkTrainer<P, T> trainer =
                    new SparkTrainer<>(context, maker.of(settings, inputs))
                            .withReplicas(number(params, params.replicas()));
            String checkpoints = params.getOrDefault(params.checkpointFolder());
            if (!checkpoints.isEmpty()) {
                trainer =
                        trainer.withCheckpoints(
                                checkpoints, number(params, params.checkpointEvery()));
            }
            String run = params.getOrDefault(params.runFolder());
            if (!run.isEmpty()) {
                trainer = trainer.withRun(Path.of(run));
            }
            return trainer.trainRows(numbered, new FrameRows(numbered.samples(), inputs, classes));
        } finally {
            numbered.release();
        }
    }

    private static NetworkSettings settings(ManabiParams<?> params) {
        return new NetworkSettings(
                Arrays.stream(params.getOrDefault(params.hiddenLayers())).boxed().toList(),
                params.getOrDefault(params.activation()),
                params.getOrDefault(params.optimizer()),
                (Double) params.getOrDefault(params.learningRate()),
                number(params, params.epochs()),
                number(params, params.batchSize()),
                number(params, params.shards()),
                number(params, params.threads()),
                (Long) params.getOrDefault(params.seed()));
    }

    private static int number(ManabiParams<?> params, IntParam param) {
        return (Integer) params.getOrDefault(param);
    }
}
