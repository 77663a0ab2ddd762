package org.manabi.cli.model;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.manabi.formats.table.Column;
import org.manabi.formats.table.TableSchema;
import org.manabi.layers.Layer;
import org.manabi.layers.Network;
import org.manabi.layers.Sequential;
import org.manabi.layers.Standardize;
import org.manabi.tensor.Seed;
import org.manabi.tensor.Tensor;

/// A network of a table that takes numbers as they stand in the table, and gives real numbers in the
/// table's units: what a program needs that does not know the schema.
final class TableNetwork {

    private TableNetwork() {}

    /// The network with the schema's scaling before it and, for real numbers, the inverse after it.
    static Network of(Network network, TableSchema schema) {
        List<Double> means = new ArrayList<>();
        List<Double> scales = new ArrayList<>();
        for (Column column : schema.columns()) {
            switch (column) {
                case Column.Numeric(String _, double mean, double scale) -> {
                    means.add(mean);
                    scales.add(scale);
                }
                case Column.Categorical(String _, List<String> levels) ->
                        levels.forEach(
                                _ -> {
                                    means.add(0.0);
                                    scales.add(1.0);
                                });
            }
        }
        List<Layer> layers = new ArrayList<>();
        layers.add(new Standardize(means, scales));
        layers.add(network.layer());
        if (!schema.hasClasses()) {
            // y · scale + mean = (y − (−mean / scale)) / (1 / scale)
            layers.add(
                    new Standardize(
                            List.of(-schema.mean() / schema.scale()), List.of(1 / schema.scale())));
        }
        Network whole =
                new Network(
                        new Sequential(layers), network.sampleShape(), network.dtype(), Seed.of(0));
        Iterator<Tensor> learned = network.parameters().tensors().values().iterator();
        for (Tensor tensor : whole.parameters().tensors().values()) {
            tensor.copyFrom(learned.next());
        }
        return whole;
    }

    /// What each number of a row is: a column, or a word of one, `city=Tokyo`, which is 1 or 0.
    static List<String> inputs(TableSchema schema) {
        List<String> names = new ArrayList<>();
        for (Column column : schema.columns()) {
            switch (column) {
                case Column.Numeric numeric -> names.add(numeric.name());
                case Column.Categorical(String name, List<String> levels) ->
                        levels.forEach(level -> names.add(name + "=" + level));
            }
        }
        return names;
    }
}
