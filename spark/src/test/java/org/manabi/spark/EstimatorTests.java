package org.manabi.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.manabi.formats.model.ModelFile;
import org.manabi.loss.ClassTargets;
import org.manabi.loss.Logits;
import org.manabi.tensor.Engine;
import org.manabi.tensor.FloatTensor;
import org.manabi.tensor.IntTensor;
import org.manabi.tensor.Shape;
import org.manabi.train.Model;
import org.manabi.train.Predictor;
import org.manabi.train.Trainer;
import scala.Tuple2;
import scala.jdk.javaapi.CollectionConverters;

class EstimatorTests {

    private static final int ROWS = 240;
    private static SparkSession spark;

    @BeforeAll
    static void start() {
        spark =
                SparkSession.builder()
                        .master("local[3]")
                        .appName("manabi-tests")
                        .config("spark.driver.host", "127.0.0.1")
                        .config("spark.driver.bindAddress", "127.0.0.1")
                        .config("spark.ui.enabled", "false")
                        .config("spark.sql.shuffle.partitions", "2")
                        .getOrCreate();
    }

    @AfterAll
    static void stop() {
        spark.stop();
    }

    /// Points whose class is the quadrant they lie in, and whose target is a plane.
    private static double[] point(int row) {
        return new double[] {Math.sin(row * 1.7), Math.cos(row * 2.3), Math.sin(row * 0.37)};
    }

    private static int label(double[] point) {
        return (point[0] > 0 ? 1 : 0) + (point[1] > 0 ? 2 : 0);
    }

    private static Dataset<Row> frame(int partitions) {
        List<Row> rows = new ArrayList<>();
        for (int row = 0; row < ROWS; row++) {
            double[] point = point(row);
            rows.add(
                    RowFactory.create(
                            Vectors.dense(point),
                            (double) label(point),
                            2 * point[0] - point[1] + 0.5));
        }
        StructType schema =
                new StructType()
                        .add("features", SQLDataTypes.VectorType())
                        .add("label", DataTypes.DoubleType)
                        .add("plane", DataTypes.DoubleType);
        return spark.createDataFrame(rows, schema).coalesce(partitions);
    }

    private static ManabiClassifier classifier() {
        return new ManabiClassifier()
                .setHiddenLayers(16)
                .setActivation("tanh")
                .setLearningRate(0.02)
                .setEpochs(15)
                .setBatchSize(24)
                .setShards(6)
                .setSeed(5);
    }

    private static String sha256(ManabiClassificationModel model) {
        return model.model().model().network().parameters().sha256();
    }

    /// The same training by the core library alone.
    private static Model<Logits> onOneMachine() {
        float[] features = new float[ROWS * 3];
        int[] labels = new int[ROWS];
        for (int row = 0; row < ROWS; row++) {
            double[] point = point(row);
            for (int i = 0; i < 3; i++) {
                features[row * 3 + i] = (float) point[i];
            }
            labels[row] = label(point);
        }
        ClassifierRecipe recipe =
                new ClassifierRecipe(
                        new NetworkSettings(List.of(16), "tanh", "adam", 0.02, 15, 24, 6, 1, 5),
                        3,
                        4,
                        1);
        Model<Logits> model = recipe.model();
        new Trainer<Logits, ClassTargets>(model, recipe.loss(), recipe.updates(), recipe.config())
                .train(
                        org.manabi.data.Dataset.ofClasses(
                                "points",
                                FloatTensor.of(Shape.of(ROWS, 3), features),
                                IntTensor.of(Shape.of(ROWS), labels),
                                ClassifierRecipe.classNames(4)),
                        null,
                        event -> {});
        return model;
    }

    @Test
    void replicasAndPartitionsGiveTheBitsOfOneMachine() {
        String expected = onOneMachine().network().parameters().sha256();

        assertThat(sha256(classifier().setReplicas(1).fit(frame(1)))).isEqualTo(expected);
        assertThat(sha256(classifier().setReplicas(2).fit(frame(3)))).isEqualTo(expected);
        assertThat(sha256(classifier().setReplicas(3).fit(frame(2)))).isEqualTo(expected);
    }

    @Test
    void predictionsAreThoseOfTheCoreLibrary(@TempDir Path folder) throws Exception {
        ManabiClassificationModel model = classifier().setReplicas(2).fit(frame(2));
        String saved = folder.resolve("model").toUri().toString();
        model.write().overwrite().save(saved);
        ManabiClassificationModel loaded = ManabiClassificationModel.load(saved);
        Predictor core =
                new Predictor(
                        Engine.serial(),
                        ModelFile.load(folder.resolve("model/model.safetensors")).model(),
                        1);

        assertThat(loaded.uid()).isEqualTo(model.uid());
        assertThat(loaded.numClasses()).isEqualTo(4);
        List<Row> rows =
                loaded.transform(frame(2))
                        .select("features", "rawPrediction", "probability", "prediction", "label")
                        .collectAsList();
        assertThat(rows).hasSize(ROWS);
        int right = 0;
        for (Row row : rows) {
            Vector features = row.getAs("features");
            for (int i = 0; i < 3; i++) {
                core.inputs().setFromDouble(i, (float) features.apply(i));
            }
            double[] scores = core.run().toDoubles();
            Vector raw = row.getAs("rawPrediction");
            Vector probability = row.getAs("probability");
            assertThat(raw.toArray()).containsExactly(scores, within(1e-6));
            double sum = 0;
            for (double one : probability.toArray()) {
                sum += one;
            }
            assertThat(sum).isCloseTo(1, within(1e-12));
            right += row.getDouble(3) == row.getDouble(4) ? 1 : 0;
        }
        assertThat(right).isGreaterThan(ROWS * 9 / 10);
    }

    /// Rows that memory does not hold are read from a file, in the same bits.
    @Test
    void rowsThatDoNotFitAreReadFromAFile() throws Exception {
        List<Tuple2<Long, LabeledRow>> rows = new ArrayList<>();
        for (int row = 0; row < ROWS; row++) {
            double[] point = point(row);
            rows.add(new Tuple2<>((long) row, new LabeledRow(Vectors.dense(point), label(point))));
        }
        FrameRows source = new FrameRows(ROWS, 3, 4);
        org.manabi.data.Dataset held =
                source.load(CollectionConverters.asScala(rows.iterator()), 0, ROWS, 1 << 20);
        org.manabi.data.Dataset read =
                source.load(CollectionConverters.asScala(rows.iterator()), 0, ROWS, 100);
        int[] all = {7, 239, 0, 100};
        for (org.manabi.data.Dataset one : List.of(held, read)) {
            FloatTensor inputs = FloatTensor.zeros(Shape.of(4, 3));
            IntTensor labels = IntTensor.of(Shape.of(4), new int[4]);
            one.gather(all, 0, 4, inputs, labels);
            for (int i = 0; i < 4; i++) {
                assertThat(inputs.getAsDouble(3 * i)).isEqualTo((float) point(all[i])[0]);
                assertThat(labels.getAsDouble(i)).isEqualTo(label(point(all[i])));
            }
        }
        assertThatThrownBy(read::inputs).hasMessageContaining("never all in memory");
    }

    @Test
    void emptyDataIsRefusedAndEmptyPartitionsAreNot() {
        assertThatThrownBy(() -> classifier().fit(frame(1).limit(0)))
                .hasMessageContaining("empty dataset");
        assertThat(
                        sha256(
                                classifier()
                                        .setReplicas(2)
                                        .fit(frame(1).repartition(1).union(frame(1).limit(0)))))
                .isEqualTo(onOneMachine().network().parameters().sha256());
    }

    @Test
    void aRegressorLearnsAPlane(@TempDir Path folder) throws Exception {
        ManabiRegressor regressor =
                new ManabiRegressor()
                        .setHiddenLayers()
                        .setLearningRate(0.05)
                        .setEpochs(30)
                        .setBatchSize(24)
                        .setShards(3)
                        .setReplicas(3)
                        .setLabelCol("plane");
        ManabiRegressionModel model = regressor.fit(frame(2));
        String saved = folder.resolve("regression").toUri().toString();
        model.write().save(saved);

        for (Row row :
                ManabiRegressionModel.load(saved)
                        .transform(frame(2))
                        .select("prediction", "plane")
                        .collectAsList()) {
            assertThat(row.getDouble(0)).isCloseTo(row.getDouble(1), within(0.05));
        }
    }

    @Test
    void anEstimatorIsSavedWithItsParameters(@TempDir Path folder) throws Exception {
        String saved = folder.resolve("estimator").toUri().toString();
        classifier().setReplicas(2).write().save(saved);

        ManabiClassifier loaded = ManabiClassifier.load(saved);

        assertThat(loaded.extractParamMap().toString())
                .contains("tanh")
                .contains("learningRate: 0.02")
                .contains("shards: 6");
        assertThat(loaded.getOrDefault(loaded.hiddenLayers())).containsExactly(16);
    }

    @Test
    void aPipelineIsSearchedSavedAndLoaded(@TempDir Path folder) throws Exception {
        Path table =
                Path.of("../datasets/src/main/resources/org/manabi/datasets/tables/iris.csv")
                        .toRealPath();

        assertThat(PipelineExample.run(spark, table, folder.resolve("pipeline")))
                .isGreaterThan(0.9);
    }

    @Test
    void mistakesAreToldWithTheFix() {
        assertThatThrownBy(() -> classifier().setReplicas(7).fit(frame(1)))
                .hasMessage(
                        "7 replicas cannot share 6 virtual shards; set TrainingConfig.withShards to a"
                                + " multiple of the replicas, or ask for fewer replicas");
        assertThatThrownBy(() -> classifier().setBatchSize(25).fit(frame(1)))
                .hasMessage(
                        "a batch of 25 samples has no 6 equal virtual shards; make the batch size a"
                                + " multiple of 6, such as 30");
        assertThatThrownBy(() -> classifier().setBatchSize(300).fit(frame(1)))
                .hasMessageEndingWith("but there are 240; use smaller batches");
        assertThatThrownBy(() -> classifier().setLabelCol("plane").fit(frame(1)))
                .hasMessageContaining("Labels MUST be in");
        assertThatThrownBy(() -> new ManabiClassifier().setActivation("swish"))
                .hasMessageContaining("swish");
    }
}
