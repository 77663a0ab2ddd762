package org.manabi.spark;

import java.io.Serial;
import java.io.Serializable;
import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.param.IntArrayParam;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.LongParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamValidators;
import org.apache.spark.ml.param.Params;

/// The parameters that both estimators have, with their defaults; read through [ManabiParams].
public final class NetworkParams implements Serializable {

    @Serial private static final long serialVersionUID = 1;

    final IntArrayParam hiddenLayers;
    final Param<String> activation;
    final Param<String> optimizer;
    final DoubleParam learningRate;
    final IntParam epochs;
    final IntParam batchSize;
    final IntParam shards;
    final IntParam replicas;
    final IntParam threads;
    final LongParam seed;
    final Param<String> checkpointFolder;
    final IntParam checkpointEvery;
    final Param<String> runFolder;

    NetworkParams(Params parent) {
        hiddenLayers = new IntArrayParam(parent, "hiddenLayers", "sizes of the hidden layers");
        activation =
                new Param<>(
                        parent,
                        "activation",
                        "after each hidden layer: " + NetworkSettings.ACTIVATIONS,
                        ParamValidators.inArray(NetworkSettings.ACTIVATIONS));
        optimizer =
                new Param<>(
                        parent,
                        "optimizer",
                        "the rule of updates: " + NetworkSettings.OPTIMIZERS,
                        ParamValidators.inArray(NetworkSettings.OPTIMIZERS));
        learningRate =
                new DoubleParam(
                        parent, "learningRate", "step size, above 0", ParamValidators.gt(0));
        epochs = atLeastOne(parent, "epochs", "passes over the data, at least 1");
        batchSize =
                atLeastOne(parent, "batchSize", "rows in a mini-batch, a multiple of the shards");
        shards =
                atLeastOne(
                        parent,
                        "shards",
                        "virtual shards: they change the weights, the number of replicas does not");
        replicas = atLeastOne(parent, "replicas", "tasks that share the work, at most shards");
        threads = atLeastOne(parent, "threads", "threads of each replica");
        seed = new LongParam(parent, "seed", "of the first weights and the order of rows");
        checkpointFolder =
                new Param<>(
                        parent,
                        "checkpointFolder",
                        "a folder of a Hadoop file system, one for each fit; none if empty");
        checkpointEvery =
                atLeastOne(parent, "checkpointEvery", "mini-batches between two checkpoints");
        runFolder =
                new Param<>(
                        parent,
                        "runFolder",
                        "a run directory on the driver's machine, one for each fit; none if empty");
    }

    private static IntParam atLeastOne(Params parent, String name, String doc) {
        return new IntParam(parent, name, doc, ParamValidators.gtEq(1));
    }

    void setDefaults(Params parent) {
        parent.setDefault(hiddenLayers, new int[] {64});
        parent.setDefault(activation, "relu");
        parent.setDefault(optimizer, "adam");
        parent.setDefault(learningRate, 0.001);
        parent.setDefault(epochs, 10);
        parent.setDefault(batchSize, 32);
        parent.setDefault(shards, 4);
        parent.setDefault(replicas, 1);
        parent.setDefault(threads, 1);
        parent.setDefault(seed, 0L);
        parent.setDefault(checkpointFolder, "");
        parent.setDefault(checkpointEvery, 1_000);
        parent.setDefault(runFolder, "");
    }
}
