package org.manabi.spark;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.ml.param.Params;
import org.apache.spark.ml.util.DefaultParamsReader$;
import org.apache.spark.ml.util.DefaultParamsWriter;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.ml.util.MLWriter;
import org.apache.spark.sql.SparkSession;
import scala.Option;

/// How fitted models are saved: spark.ml's `metadata`, and `model.safetensors` beside it, which any tool
/// of Manabi reads.
final class ModelFolder {

    private static final String FILE = "model.safetensors";

    private ModelFolder() {}

    private static FileSystem system(Path path, SparkSession session) throws IOException {
        return path.getFileSystem(session.sparkContext().hadoopConfiguration());
    }

    static MLWriter writer(Params model, RowPredictor predictor) {
        return new MLWriter() {
            @Override
            public void saveImpl(String folder) {
                DefaultParamsWriter.saveMetadata(model, folder, sparkSession());
                Path file = new Path(folder, FILE);
                try (FSDataOutputStream out = system(file, sparkSession()).create(file)) {
                    out.write(predictor.file());
                } catch (IOException e) {
                    throw new UncheckedIOException(e.getMessage(), e);
                }
            }
        };
    }

    /// Builds a model anew.
    interface Maker<M> {
        M of(String uid, RowPredictor predictor);
    }

    static <M extends Params> MLReader<M> reader(Class<M> type, Maker<M> maker) {
        return new MLReader<>() {
            @Override
            public M load(String folder) {
                var metadata =
                        DefaultParamsReader$.MODULE$.loadMetadata(
                                folder, sparkSession(), type.getName());
                Path file = new Path(folder, FILE);
                try (FSDataInputStream in = system(file, sparkSession()).open(file)) {
                    M model = maker.of(metadata.uid(), new RowPredictor(in.readAllBytes()));
                    metadata.getAndSetParams(model, Option.empty());
                    return model;
                } catch (IOException e) {
                    throw new UncheckedIOException(e.getMessage(), e);
                }
            }
        };
    }
}
