package org.manabi.formats.onnx;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.manabi.formats.Durably;
import org.manabi.formats.FormatException;
import org.manabi.formats.OpenedFile;
import org.manabi.formats.WriteException;
import org.manabi.formats.array.NumericArray;
import org.manabi.formats.protobuf.WireReader;

/// Reads and writes ONNX, the format in which networks go from one program to another.
///
/// Readers are strict and total: whatever the bytes are, the answer is a model whose graph can be
/// followed from its inputs to its outputs, or a [FormatException] that names the byte or the node.
/// Data outside of the file is read from the model's own folder only.
///
/// Source: `onnx.proto3` and *IR.md* of github.com/onnx/onnx.
public final class Onnx {

    private static final String FORMAT = "an ONNX model";

    private Onnx() {}

    /// The model in a file.
    ///
    /// @throws FormatException if there is no such file, or it is not an ONNX model
    public static OnnxModel read(Path path) {
        return OpenedFile.read(
                path,
                FORMAT,
                file -> {
                    if (file.length() == 0) {
                        throw file.fault("is empty");
                    }
                    String guess = file.looksLike();
                    if (!guess.isEmpty()) {
                        throw file.fault("is not an ONNX model" + guess);
                    }
                    return model(file.whole(), file.name(), new ExternalData(path));
                });
    }

    /// The model in these bytes, which must hold all its data.
    ///
    /// @param name what errors call them
    /// @throws FormatException if they are not those of an ONNX model
    public static OnnxModel read(byte[] content, String name) {
        return model(ByteBuffer.wrap(content), name, null);
    }

    private static OnnxModel model(
            ByteBuffer content,
            String name,
            @org.jspecify.annotations.Nullable ExternalData external) {
        OnnxModel model = new GraphReader(external).model(WireReader.of(content, name));
        new GraphCheck(name).check(model.graph());
        return model;
    }

    /// The array in the bytes of a single `TensorProto`, as the standard's tests store them.
    ///
    /// @param name what errors call them
    /// @throws FormatException if they are not those of an array of numbers
    public static NumericArray readTensor(byte[] content, String name) {
        return TensorReader.read(WireReader.of(ByteBuffer.wrap(content), name), null).array();
    }

    /// Writes a model durably: see [Durably].
    ///
    /// @throws WriteException if the file cannot be written; it is then as it was
    public static void write(Path path, OnnxModel model) {
        Durably.write(path, OnnxWriter.bytes(model));
    }
}
