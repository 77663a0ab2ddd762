package org.manabi.spark;

import java.io.IOException;
import java.io.Serial;
import java.util.Arrays;
import java.util.Locale;
import org.apache.spark.Partitioner;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.storage.StorageLevel;
import org.manabi.tensor.FloatTensor;
import org.manabi.tensor.IntTensor;
import org.manabi.tensor.Shape;
import org.manabi.train.ShardGroup;
import scala.Tuple2;
import scala.collection.Iterator;
import scala.reflect.ClassTag;
import scala.reflect.ClassTag$;

/// The rows of a DataFrame, shuffled once so that each replica has its own, in the DataFrame's order.
///
/// @param samples how many rows there are
/// @param inputs how many features each has
/// @param classes how many labels there are; 0 for real numbers
record FrameRows(int samples, int inputs, int classes)
        implements ReplicaTask.RowSource<Tuple2<Long, LabeledRow>> {

    @Serial private static final long serialVersionUID = 1;

    /// A DataFrame's rows with their numbers.
    record Numbered(JavaRDD<LabeledRow> kept, JavaPairRDD<Long, LabeledRow> rows, int samples) {

        /// Lets go of what Spark has kept.
        void release() {
            kept.unpersist(false);
        }
    }

    /// Numbers the rows. They are computed once and kept, so that their order is the same each time.
    static Numbered number(Dataset<?> data, String features, String label) {
        JavaRDD<LabeledRow> rows =
                data.select(functions.col(features), functions.col(label).cast("double"))
                        .toJavaRDD()
                        .map(FrameRows::row)
                        .persist(StorageLevel.MEMORY_AND_DISK());
        long samples = rows.count();
        if (samples == 0 || samples > Integer.MAX_VALUE) {
            throw new ReplicaException(
                    "the data has " + samples + " rows; from 1 to 2147483647 can be learned from");
        }
        return new Numbered(
                rows,
                rows.zipWithIndex().mapToPair(row -> new Tuple2<>(row._2(), row._1())),
                (int) samples);
    }

    private static LabeledRow row(Row row) {
        if (row.isNullAt(0) || row.isNullAt(1)) {
            throw new IllegalArgumentException(
                    "a row has no features or no label: " + row + "; drop it or fill it first");
        }
        return new LabeledRow((Vector) row.get(0), row.getDouble(1));
    }

    /// One partition for each replica, with its own rows in order.
    static JavaRDD<Tuple2<Long, LabeledRow>> partitions(
            Numbered numbered, int shards, int replicas) {
        ClassTag<Tuple2<Long, LabeledRow>> tag = ClassTag$.MODULE$.apply(Tuple2.class);
        return JavaRDD.fromRDD(
                numbered.rows()
                        .repartitionAndSortWithinPartitions(
                                new ReplicaPartitioner(numbered.samples(), shards, replicas))
                        .rdd(),
                tag);
    }

    @Override
    public org.manabi.data.Dataset load(
            Iterator<Tuple2<Long, LabeledRow>> rows, int first, int count) throws IOException {
        return load(rows, first, count, RowStore.executorMemory());
    }

    /// @param memory how many bytes of features may be held in memory; more go to a local file
    org.manabi.data.Dataset load(
            Iterator<Tuple2<Long, LabeledRow>> rows, int first, int count, long memory)
            throws IOException {
        RowStore store = new RowStore(count, inputs, memory);
        double[] labels = new double[count];
        int at = 0;
        while (rows.hasNext()) {
            Tuple2<Long, LabeledRow> next = rows.next();
            LabeledRow row = next._2();
            if (at == count || next._1() != first + at) {
                throw new ReplicaException(
                        "row "
                                + (first + at)
                                + " is missing; does the data change while it is"
                                + " read? Save or checkpoint it first");
            }
            if (row.size() != inputs) {
                throw new ReplicaException(
                        "row %d has %d features, but the first has %d"
                                .formatted(next._1(), row.size(), inputs));
            }
            store.append(row.features());
            labels[at++] = row.label();
        }
        if (at != count) {
            throw new ReplicaException(
                    "%d rows came where %d were counted; save or checkpoint the data first"
                            .formatted(at, count));
        }
        if (classes == 0) {
            FloatTensor y = FloatTensor.zeros(Shape.of(count, 1));
            for (int i = 0; i < count; i++) {
                y.setFromDouble(i, labels[i]);
            }
            return store.ofValues("rows", y);
        }
        return store.ofClasses("rows", labels(labels, first), ClassifierRecipe.classNames(classes));
    }

    private IntTensor labels(double[] numbers, int first) {
        int[] labels = new int[numbers.length];
        for (int i = 0; i < numbers.length; i++) {
            labels[i] = (int) numbers[i];
            if (labels[i] != numbers[i]) {
                throw new ReplicaException(
                        String.format(
                                Locale.ROOT,
                                "the label %s of row %d is not a whole number; index classes with"
                                        + " StringIndexer first, or use ManabiRegressor",
                                numbers[i],
                                first + i));
            }
        }
        return IntTensor.of(Shape.of(labels.length), labels);
    }

    /// Which replica a row belongs to.
    private static final class ReplicaPartitioner extends Partitioner {

        @Serial private static final long serialVersionUID = 1;

        private final int samples;
        private final int shards;
        private final int[] begins;

        ReplicaPartitioner(int samples, int shards, int replicas) {
            this.samples = samples;
            this.shards = shards;
            begins = new int[replicas];
            for (int rank = 0; rank < replicas; rank++) {
                begins[rank] =
                        ShardGroup.cut(samples, shards, Exchange.first(rank, replicas, shards));
            }
        }

        @Override
        public int numPartitions() {
            return begins.length;
        }

        @Override
        public int getPartition(Object row) {
            int rank = begins.length - 1;
            while (begins[rank] > (Long) row) {
                rank--;
            }
            return rank;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof ReplicaPartitioner that
                    && that.samples == samples
                    && that.shards == shards
                    && Arrays.equals(that.begins, begins);
        }

        @Override
        public int hashCode() {
            return 31 * Arrays.hashCode(begins) + samples;
        }
    }
}
