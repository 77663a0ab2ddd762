/// Training on Apache Spark: the same bits on a cluster as on one machine. [SparkTrainer] trains any
/// model of the core library by synchronous data parallelism; [ManabiClassifier] and
/// [ManabiRegressor] are its spark.ml estimators.
@NullMarked
package org.manabi.spark;

import org.jspecify.annotations.NullMarked;
