package org.manabi.spark;

import java.io.Serial;
import org.apache.spark.ml.classification.ProbabilisticClassifier;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.DefaultParamsWritable;
import org.apache.spark.ml.util.Identifiable;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.sql.Dataset;

/// A neural network that tells classes apart, as a spark.ml estimator: for Pipelines, CrossValidator,
/// saving and loading. It learns by softmax cross-entropy in synchronous data parallelism, see
/// [SparkTrainer].
///
///     var classifier = new ManabiClassifier().setHiddenLayers(64, 32).setEpochs(20).setReplicas(4);
///     PipelineModel model =
///             new Pipeline().setStages(new PipelineStage[] {scaler, classifier}).fit(train);
///
/// The labels are 0 … classes − 1, as `StringIndexer` makes them. Features are a vector column; bring
/// arrays into one with `functions.array_to_vector`.
public final class ManabiClassifier
        extends ProbabilisticClassifier<Vector, ManabiClassifier, ManabiClassificationModel>
        implements ManabiParams<ManabiClassifier>, DefaultParamsWritable {

    @Serial private static final long serialVersionUID = 1;

    private static final int MOST_CLASSES = 10_000;

    private final String uid;
    private final NetworkParams networkParams;

    /// With the default parameters.
    public ManabiClassifier() {
        this(Identifiable.randomUID("manabiClassifier"));
    }

    /// With the default parameters under a known identifier.
    public ManabiClassifier(String uid) {
        this.uid = uid; // spark.ml's own parameters ask for it while they are made
        super();
        networkParams = new NetworkParams(this);
        networkParams.setDefaults(this);
    }

    /// Reads estimators that were saved.
    public static MLReader<ManabiClassifier> read() {
        return new DefaultParamsReader<>();
    }

    /// Reads one estimator that was saved.
    public static ManabiClassifier load(String folder) {
        return read().load(folder);
    }

    @Override
    public String uid() {
        return uid;
    }

    @Override
    public NetworkParams networkParams() {
        return networkParams;
    }

    @Override
    public ManabiClassificationModel train(Dataset<?> data) {
        int classes = Math.max(2, getNumClasses(data, MOST_CLASSES));
        SparkTraining training =
                EstimatorFit.fit(
                        this,
                        data,
                        getFeaturesCol(),
                        getLabelCol(),
                        classes,
                        (settings, inputs) -> new ClassifierRecipe(settings, inputs, classes, 1));
        return new ManabiClassificationModel(uid, new RowPredictor(training.modelFile()));
    }

    @Override
    public ManabiClassifier copy(ParamMap extra) {
        return defaultCopy(extra);
    }
}
