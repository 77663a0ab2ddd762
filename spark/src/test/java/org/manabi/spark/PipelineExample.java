package org.manabi.spark;

import java.nio.file.Path;
import java.util.List;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.evaluation.MulticlassClassificationEvaluator;
import org.apache.spark.ml.feature.StandardScaler;
import org.apache.spark.ml.feature.StringIndexer;
import org.apache.spark.ml.feature.VectorAssembler;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.tuning.CrossValidator;
import org.apache.spark.ml.tuning.CrossValidatorModel;
import org.apache.spark.ml.tuning.ParamGridBuilder;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import scala.jdk.javaapi.CollectionConverters;

/// Tells iris flowers apart, as a Spark user would: a table, a pipeline, a search over parameters, a
/// saved model that predicts. CI runs this file; the accuracy must reach its bar.
final class PipelineExample {

    private PipelineExample() {}

    /// The accuracy on flowers that were not learned from.
    static double run(SparkSession spark, Path table, Path saved) throws Exception {
        Dataset<Row> flowers =
                spark.read()
                        .option("header", "true")
                        .schema(
                                "sepal_length DOUBLE, sepal_width DOUBLE, petal_length DOUBLE,"
                                        + " petal_width DOUBLE, species STRING")
                        .csv(table.toUri().toString());
        Dataset<Row>[] parts = flowers.randomSplit(new double[] {0.7, 0.3}, 1);

        ManabiClassifier classifier =
                new ManabiClassifier()
                        .setHiddenLayers(16)
                        .setLearningRate(0.02)
                        .setEpochs(40)
                        .setBatchSize(16)
                        .setShards(2)
                        .setReplicas(2);
        Pipeline pipeline =
                new Pipeline()
                        .setStages(
                                new PipelineStage[] {
                                    new StringIndexer()
                                            .setInputCol("species")
                                            .setOutputCol("label"),
                                    new VectorAssembler()
                                            .setInputCols(
                                                    new String[] {
                                                        "sepal_length",
                                                        "sepal_width",
                                                        "petal_length",
                                                        "petal_width"
                                                    })
                                            .setOutputCol("measured"),
                                    new StandardScaler()
                                            .setInputCol("measured")
                                            .setOutputCol("features")
                                            .setWithMean(true),
                                    classifier
                                });
        ParamMap[] grid =
                new ParamGridBuilder()
                        .addGrid(
                                classifier.hiddenLayers(),
                                CollectionConverters.asScala(List.of(new int[] {}, new int[] {16})))
                        .build();
        MulticlassClassificationEvaluator accuracy =
                new MulticlassClassificationEvaluator().setMetricName("accuracy");
        CrossValidatorModel best =
                new CrossValidator()
                        .setEstimator(pipeline)
                        .setEstimatorParamMaps(grid)
                        .setEvaluator(accuracy)
                        .setNumFolds(2)
                        .setSeed(1)
                        .fit(parts[0]);

        ((PipelineModel) best.bestModel()).write().overwrite().save(saved.toUri().toString());
        PipelineModel loaded = PipelineModel.load(saved.toUri().toString());
        return accuracy.evaluate(loaded.transform(parts[1]));
    }
}
