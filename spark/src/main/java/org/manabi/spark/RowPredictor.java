package org.manabi.spark;

import java.io.IOException;
import java.io.Serial;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.spark.ml.linalg.Vector;
import org.jspecify.annotations.Nullable;
import org.manabi.formats.model.ModelFile;
import org.manabi.formats.model.SavedModel;
import org.manabi.tensor.Engine;
import org.manabi.tensor.Tensor;
import org.manabi.train.Predictor;

/// A model as it travels to executors that predict with it: the bytes of its file, from which each
/// process builds it once. Spark sends them with a stage's code, once to each executor.
final class RowPredictor implements Serializable {

    @Serial private static final long serialVersionUID = 1;

    private final byte[] file;
    private transient @Nullable SavedModel model;
    private transient @Nullable ThreadLocal<Predictor> predictors;

    RowPredictor(byte[] file) {
        this.file = file.clone();
    }

    byte[] file() {
        return file.clone();
    }

    /// What the model gives for one row.
    double[] predict(Vector features) {
        Predictor predictor = predictors().get();
        Tensor inputs = predictor.inputs();
        if (features.size() != inputs.size()) {
            throw new ReplicaException(
                    "the model takes %d features, but a row has %d"
                            .formatted(inputs.size(), features.size()));
        }
        for (int i = 0; i < inputs.size(); i++) {
            inputs.setFromDouble(i, (float) features.apply(i));
        }
        Tensor scores = predictor.run();
        double[] numbers = new double[scores.size()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = scores.getAsDouble(i);
        }
        return numbers;
    }

    int inputs() {
        return model().model().network().sampleShape().size();
    }

    int outputs() {
        return model().model().network().outputShape().size();
    }

    /// Predictors work in buffers of their own; the weights they share.
    private synchronized ThreadLocal<Predictor> predictors() {
        ThreadLocal<Predictor> known = predictors;
        if (known == null) {
            SavedModel loaded = model();
            known =
                    ThreadLocal.withInitial(
                            () -> new Predictor(Engine.serial(), loaded.model(), 1));
            predictors = known;
        }
        return known;
    }

    synchronized SavedModel model() {
        SavedModel known = model;
        if (known == null) {
            known = load();
            model = known;
        }
        return known;
    }

    private SavedModel load() {
        try {
            Path local = Files.createTempFile("manabi-model", ".safetensors");
            try {
                Files.write(local, file);
                return ModelFile.load(local);
            } finally {
                Files.deleteIfExists(local);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
