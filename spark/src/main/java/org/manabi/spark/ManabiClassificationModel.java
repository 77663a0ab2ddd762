package org.manabi.spark;

import java.io.Serial;
import org.apache.spark.ml.classification.ProbabilisticClassificationModel;
import org.apache.spark.ml.linalg.DenseVector;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.ml.util.MLWritable;
import org.apache.spark.ml.util.MLWriter;
import org.manabi.formats.model.SavedModel;
import scala.Tuple3;

/// A fitted [ManabiClassifier]: a transformer that predicts on the executors. The raw prediction are
/// the scores before the softmax, the probability is their softmax.
public final class ManabiClassificationModel
        extends ProbabilisticClassificationModel<Vector, ManabiClassificationModel>
        implements MLWritable {

    @Serial private static final long serialVersionUID = 1;

    private final String uid;
    private final RowPredictor predictor;

    ManabiClassificationModel(String uid, RowPredictor predictor) {
        this.uid = uid;
        this.predictor = predictor;
        super();
    }

    /// Reads models that were saved.
    public static MLReader<ManabiClassificationModel> read() {
        return ModelFolder.reader(ManabiClassificationModel.class, ManabiClassificationModel::new);
    }

    /// Reads one model that was saved.
    public static ManabiClassificationModel load(String folder) {
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
    public int numClasses() {
        return predictor.outputs();
    }

    @Override
    public int numFeatures() {
        return predictor.inputs();
    }

    @Override
    public Vector predictRaw(Vector features) {
        return Vectors.dense(predictor.predict(features));
    }

    @Override
    public Vector raw2probabilityInPlace(Vector raw) {
        double[] scores = ((DenseVector) raw).values();
        double largest = Double.NEGATIVE_INFINITY;
        for (double score : scores) {
            largest = Math.max(largest, score);
        }
        double sum = 0;
        for (int i = 0; i < scores.length; i++) {
            scores[i] = Math.exp(scores[i] - largest);
            sum += scores[i];
        }
        for (int i = 0; i < scores.length; i++) {
            scores[i] /= sum;
        }
        return raw;
    }

    /// Scala's two versions of it differ in their results' types, which Java sees as one clash; the raw
    /// type stands for both.
    @Override
    @SuppressWarnings({"rawtypes", "unchecked"})
    public Tuple3 findSummaryModel() {
        return super.findSummaryModel();
    }

    @Override
    public ManabiClassificationModel copy(ParamMap extra) {
        ManabiClassificationModel copied =
                copyValues(new ManabiClassificationModel(uid, predictor), extra);
        copied.setParent(parent());
        return copied;
    }

    @Override
    public MLWriter write() {
        return ModelFolder.writer(this, predictor);
    }
}
