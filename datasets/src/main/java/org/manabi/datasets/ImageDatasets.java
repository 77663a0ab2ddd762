package org.manabi.datasets;

import java.util.List;
import org.manabi.data.Dataset;
import org.manabi.data.Split;
import org.manabi.formats.idx.IdxArray;
import org.manabi.tensor.ByteTensor;
import org.manabi.tensor.FloatTensor;
import org.manabi.tensor.IntTensor;
import org.manabi.tensor.Shape;

/// Makes datasets of checked pictures and labels.
final class ImageDatasets {

    private ImageDatasets() {}

    static Split split(
            String name, IdxImages images, List<String> classNames, ImageOptions options) {
        return new Split(
                dataset(name, images.trainImages(), images.trainLabels(), classNames, options),
                dataset(name, images.testImages(), images.testLabels(), classNames, options));
    }

    private static Dataset dataset(
            String name,
            IdxArray images,
            IdxArray labels,
            List<String> classNames,
            ImageOptions options) {
        int count = Math.toIntExact(images.dims().get(0));
        int height = Math.toIntExact(images.dims().get(1));
        int width = Math.toIntExact(images.dims().get(2));
        Shape shape =
                switch (options.layout()) {
                    case FLAT -> Shape.of(count, height * width);
                    case IMAGE -> Shape.of(count, 1, height, width);
                };
        ByteTensor inputs = ByteTensor.of(shape, images.bytes());
        Dataset dataset =
                switch (options.targets()) {
                    case LABELS ->
                            Dataset.ofClasses(name, inputs, labels(labels.bytes()), classNames);
                    case ONE_HOT ->
                            Dataset.ofValues(
                                    name, inputs, oneHot(labels.bytes(), classNames.size()));
                };
        return switch (options.pixels()) {
            case ZERO_TO_ONE -> dataset.dividedBy(255);
            case ZERO_TO_255 -> dataset;
        };
    }

    private static IntTensor labels(byte[] bytes) {
        int[] labels = new int[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            labels[i] = bytes[i] & 0xFF;
        }
        return IntTensor.of(Shape.of(labels.length), labels);
    }

    private static FloatTensor oneHot(byte[] bytes, int classes) {
        float[] values = new float[bytes.length * classes];
        for (int i = 0; i < bytes.length; i++) {
            values[i * classes + (bytes[i] & 0xFF)] = 1;
        }
        return FloatTensor.of(Shape.of(bytes.length, classes), values);
    }
}
