package org.manabi.spark;

import java.io.DataInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serial;
import java.util.List;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.deploy.SparkHadoopUtil;
import org.manabi.data.Dataset;
import org.manabi.formats.FormatException;
import org.manabi.tensor.ByteTensor;
import org.manabi.tensor.IntTensor;
import org.manabi.tensor.Shape;

/// Pictures and labels in two IDX files of unsigned bytes, on any Hadoop file system: HDFS, S3, a disk
/// that all executors see. Of a plain file a replica reads its own rows only; one that ends in `.gz` is
/// read from its beginning.
///
/// @param images `[n, height, width]`, given to the model as rows of height · width numbers
/// @param labels `[n]`, each in 0 … classes − 1
/// @param classes how many there are
public record IdxData(String images, String labels, int classes) implements TrainingData {

    @Serial private static final long serialVersionUID = 1;

    private static final int UNSIGNED_BYTES = 0x0800;
    private static final double BRIGHTEST = 255;
    private static final List<String> ENDINGS = List.of("", ".gz");

    /// The training files of a folder, by MNIST's names.
    public static IdxData trainingOf(String folder) throws IOException {
        return named(folder, "train");
    }

    /// The test files of a folder, by MNIST's names.
    public static IdxData testOf(String folder) throws IOException {
        return named(folder, "t10k");
    }

    private static IdxData named(String folder, String part) throws IOException {
        return new IdxData(
                existing(folder, part + "-images-idx3-ubyte"),
                existing(folder, part + "-labels-idx1-ubyte"),
                10);
    }

    private static String existing(String folder, String name) throws IOException {
        for (String ending : ENDINGS) {
            Path path = new Path(folder, name + ending);
            if (system(path).exists(path)) {
                return path.toString();
            }
        }
        throw new FormatException(
                folder, "has no " + name + ", plain or with .gz; is it a folder of IDX files?");
    }

    private static FileSystem system(Path path) throws IOException {
        return path.getFileSystem(SparkHadoopUtil.get().conf());
    }

    @Override
    public int samples() throws IOException {
        try (DataInputStream in = open(labels)) {
            return header(in, labels, 1)[0];
        }
    }

    @Override
    public Dataset rows(int first, int count) throws IOException {
        int[] dims;
        byte[] pixels;
        try (DataInputStream in = open(images)) {
            dims = header(in, images, 3);
            pixels = read(in, images, first, count, Math.multiplyExact(dims[1], dims[2]));
        }
        byte[] bytes;
        try (DataInputStream in = open(labels)) {
            int samples = header(in, labels, 1)[0];
            if (samples != dims[0]) {
                throw new FormatException(
                        labels, "has " + samples + " labels for " + dims[0] + " pictures");
            }
            bytes = read(in, labels, first, count, 1);
        }
        int[] numbers = new int[count];
        for (int i = 0; i < count; i++) {
            numbers[i] = Byte.toUnsignedInt(bytes[i]);
        }
        return Dataset.ofClasses(
                        new Path(images).getName(),
                        ByteTensor.of(Shape.of(count, dims[1] * dims[2]), pixels),
                        IntTensor.of(Shape.of(count), numbers),
                        IntStream.range(0, classes).mapToObj(Integer::toString).toList())
                .dividedBy(BRIGHTEST);
    }

    private static DataInputStream open(String file) throws IOException {
        Path path = new Path(file);
        try {
            InputStream in = system(path).open(path);
            return new DataInputStream(file.endsWith(".gz") ? new GZIPInputStream(in) : in);
        } catch (FileNotFoundException e) {
            throw new FormatException(file, "is not there, as seen from this executor");
        }
    }

    private static int[] header(DataInputStream in, String file, int rank) throws IOException {
        int magic = in.readInt();
        if (magic != UNSIGNED_BYTES + rank) {
            throw new FormatException(
                    file,
                    "begins with %08x, expected %08x: unsigned bytes in %d dimensions"
                            .formatted(magic, UNSIGNED_BYTES + rank, rank));
        }
        int[] dims = new int[rank];
        for (int i = 0; i < rank; i++) {
            dims[i] = in.readInt();
            if (dims[i] <= 0) {
                throw new FormatException(file, "has a dimension of " + dims[i]);
            }
        }
        return dims;
    }

    private static byte[] read(DataInputStream in, String file, int first, int count, int row)
            throws IOException {
        in.skipNBytes((long) first * row);
        byte[] bytes = in.readNBytes(Math.multiplyExact(count, row));
        if (bytes.length < count * row) {
            throw new FormatException(
                    file, "ends within row " + (first + bytes.length / row) + "; is it cut off?");
        }
        return bytes;
    }
}
