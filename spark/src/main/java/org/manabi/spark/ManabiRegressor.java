package org.manabi.spark;

import java.io.Serial;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.regression.Regressor;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.DefaultParamsWritable;
import org.apache.spark.ml.util.Identifiable;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.sql.Dataset;

/// A neural network that predicts a real number, as a spark.ml estimator, see [ManabiClassifier]. It
/// learns by the mean squared error.
public final class ManabiRegressor extends Regressor<Vector, ManabiRegressor, ManabiRegressionModel>
        implements ManabiParams<ManabiRegressor>, DefaultParamsWritable {

    @Serial private static final long serialVersionUID = 1;

    private final String uid;
    private final NetworkParams networkParams;

    /// With the default parameters.
    public ManabiRegressor() {
        this(Identifiable.randomUID("manabiRegressor"));
    }

    /// With the default parameters under a known identifier.
    public ManabiRegressor(String uid) {
        this.uid = uid; // spark.ml's own parameters ask for it while they are made
        super();
        networkParams = new NetworkParams(this);
        networkParams.setDefaults(this);
    }

    /// Reads estimators that were saved.
    public static MLReader<ManabiRegressor> read() {
        return new DefaultParamsReader<>();
    }

    /// Reads one estimator that was saved.
    public static ManabiRegressor load(String folder) {
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
    public ManabiRegressionModel train(Dataset<?> data) {
        SparkTraining training =
                EstimatorFit.fit(
                        this, data, getFeaturesCol(), getLabelCol(), 0, RegressorRecipe::new);
        return new ManabiRegressionModel(uid, new RowPredictor(training.modelFile()));
    }

    @Override
    public ManabiRegressor copy(ParamMap extra) {
        return defaultCopy(extra);
    }
}
