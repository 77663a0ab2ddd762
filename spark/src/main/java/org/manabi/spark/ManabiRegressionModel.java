package org.manabi.spark;

import java.io.Serial;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.regression.RegressionModel;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.ml.util.MLWritable;
import org.apache.spark.ml.util.MLWriter;
import org.manabi.formats.model.SavedModel;

/// A fitted [ManabiRegressor]: a transformer that predicts on the executors.
public final class ManabiRegressionModel extends RegressionModel<Vector, ManabiRegressionModel>
        implements MLWritable {

    @Serial private static final long serialVersionUID = 1;

    private final String uid;
    private final RowPredictor predictor;

    ManabiRegressionModel(String uid, RowPredictor predictor) {
        this.uid = uid;
        this.predictor = predictor;
        super();
    }

    /// Reads models that were saved.
    public static MLReader<ManabiRegressionModel> read() {
        return ModelFolder.reader(ManabiRegressionModel.class, ManabiRegressionModel::new);
    }

    /// Reads one model that was saved.
    public static ManabiRegressionModel load(String folder) {
        return read().load(folder);
    }

    @Override
    public String uid() {
        return uid;
    }

    /// The model itself, for the core library.
    public SavedModel model() {
        return predictor.model();
    }

    @Override
    public int numFeatures() {
        return predictor.inputs();
    }

    @Override
    public double predict(Vector features) {
        return predictor.predict(features)[0];
    }

    @Override
    public ManabiRegressionModel copy(ParamMap extra) {
        ManabiRegressionModel copied = copyValues(new ManabiRegressionModel(uid, predictor), extra);
        copied.setParent(parent());
        return copied;
    }

    @Override
    public MLWriter write() {
        return ModelFolder.writer(this, predictor);
    }
}
