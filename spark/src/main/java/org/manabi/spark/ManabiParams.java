package org.manabi.spark;

import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.param.IntArrayParam;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.LongParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.Params;

/// The parameters of the estimators, in addition to spark.ml's columns.
///
/// @param <E> the estimator itself
public interface ManabiParams<E extends ManabiParams<E>> extends Params {

    /// Where the parameters are kept.
    NetworkParams networkParams();

    /// The sizes of the hidden layers, `[64]` unless set; none for a linear model.
    default IntArrayParam hiddenLayers() {
        return networkParams().hiddenLayers;
    }

    /// What comes after each hidden layer: `relu`, `sigmoid`, `tanh` or `gelu`.
    default Param<String> activation() {
        return networkParams().activation;
    }

    /// The rule of updates: `adam`, `adamw`, `momentum` or `sgd`.
    default Param<String> optimizer() {
        return networkParams().optimizer;
    }

    /// The step size, 0.001 unless set.
    default DoubleParam learningRate() {
        return networkParams().learningRate;
    }

    /// Passes over the data, 10 unless set.
    default IntParam epochs() {
        return networkParams().epochs;
    }

    /// Rows in a mini-batch, 32 unless set; a multiple of [#shards].
    default IntParam batchSize() {
        return networkParams().batchSize;
    }

    /// Virtual shards, 4 unless set. They are part of the result, as the batch size is.
    default IntParam shards() {
        return networkParams().shards;
    }

    /// Tasks that share the work, 1 unless set; at most as many as [#shards]. They change no bit.
    default IntParam replicas() {
        return networkParams().replicas;
    }

    /// Threads of each replica, 1 unless set. They change no bit.
    default IntParam threads() {
        return networkParams().threads;
    }

    /// Of the first weights and the order of rows, 0 unless set.
    default LongParam seed() {
        return networkParams().seed;
    }

    /// A folder of a Hadoop file system for the checkpoints of this fit; none if empty.
    default Param<String> checkpointFolder() {
        return networkParams().checkpointFolder;
    }

    /// Mini-batches between two checkpoints, 1000 unless set.
    default IntParam checkpointEvery() {
        return networkParams().checkpointEvery;
    }

    /// A run directory on the driver's machine for this fit; none if empty.
    default Param<String> runFolder() {
        return networkParams().runFolder;
    }

    /// Sets [#hiddenLayers].
    default E setHiddenLayers(int... sizes) {
        return with(hiddenLayers(), sizes);
    }

    /// Sets [#activation].
    default E setActivation(String value) {
        return with(activation(), value);
    }

    /// Sets [#optimizer].
    default E setOptimizer(String value) {
        return with(optimizer(), value);
    }

    /// Sets [#learningRate].
    default E setLearningRate(double value) {
        return with(learningRate(), value);
    }

    /// Sets [#epochs].
    default E setEpochs(int value) {
        return with(epochs(), value);
    }

    /// Sets [#batchSize].
    default E setBatchSize(int value) {
        return with(batchSize(), value);
    }

    /// Sets [#shards].
    default E setShards(int value) {
        return with(shards(), value);
    }

    /// Sets [#replicas].
    default E setReplicas(int value) {
        return with(replicas(), value);
    }

    /// Sets [#threads].
    default E setThreads(int value) {
        return with(threads(), value);
    }

    /// Sets [#seed].
    default E setSeed(long value) {
        return with(seed(), value);
    }

    /// Sets [#checkpointFolder].
    default E setCheckpointFolder(String value) {
        return with(checkpointFolder(), value);
    }

    /// Sets [#checkpointEvery].
    default E setCheckpointEvery(int value) {
        return with(checkpointEvery(), value);
    }

    /// Sets [#runFolder].
    default E setRunFolder(String value) {
        return with(runFolder(), value);
    }

    /// Sets any parameter.
    @SuppressWarnings("unchecked") // E is the estimator's own type
    private <T> E with(Param<T> param, T value) {
        set(param, value);
        return (E) this;
    }

    /// Sets a number: Scala's numeric parameters are of `Object` to Java.
    @SuppressWarnings("unchecked") // E is the estimator's own type
    private E with(Param<Object> param, Number value) {
        set(param, value);
        return (E) this;
    }
}
