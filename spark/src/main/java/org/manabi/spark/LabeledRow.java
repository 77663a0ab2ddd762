package org.manabi.spark;

import java.io.Serial;
import java.io.Serializable;
import org.apache.spark.ml.linalg.Vector;

/// One row of a DataFrame, as it is sent to the replica that learns from it.
final class LabeledRow implements Serializable {

    @Serial private static final long serialVersionUID = 1;

    private final float[] features;
    private final double label;

    LabeledRow(Vector vector, double label) {
        features = new float[vector.size()];
        vector.foreachNonZero(
                (index, value) -> {
                    features[(int) index] = ((Double) value).floatValue();
                    return scala.runtime.BoxedUnit.UNIT;
                });
        this.label = label;
    }

    int size() {
        return features.length;
    }

    double label() {
        return label;
    }

    /// The numbers themselves, not a copy.
    float[] features() {
        return features;
    }
}
