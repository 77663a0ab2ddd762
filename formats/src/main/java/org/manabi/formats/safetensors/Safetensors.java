package org.manabi.formats.safetensors;

import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.manabi.formats.Durably;
import org.manabi.formats.FormatException;
import org.manabi.formats.OpenedFile;
import org.manabi.formats.WriteException;
import org.manabi.tensor.DType;
import org.manabi.tensor.Shape;
import org.manabi.tensor.ShapeException;
import org.manabi.tensor.Tensor;

/// Reads and writes safetensors, named tensors in one file:
///
///     length of the header, 8 bytes, little-endian
///     the header: JSON in UTF-8 with type, shape and place of each tensor
///     the numbers, little-endian
///
/// Readers are strict and total: whatever the bytes are, the answer is the tensors or a
/// [FormatException], and no more memory is taken than the file has bytes for. If the metadata
/// holds [SafetensorsHeader#DIGEST], the data must have that SHA-256.
///
/// Source: the README and `tensor.rs` of github.com/huggingface/safetensors.
public final class Safetensors {

    private static final String FORMAT = "a safetensors file";

    private Safetensors() {}

    /// What a file holds, without the numbers, whose digest is not verified.
    ///
    /// @throws FormatException if there is no such file, or it is not a safetensors file
    /// @throws UncheckedIOException if the disk fails while reading
    public static SafetensorsHeader header(Path file) {
        return OpenedFile.read(file, FORMAT, opened -> new SafetensorsReader(opened).header());
    }

    /// All tensors of a file whose types a [Tensor] holds exactly; the others are described in its
    /// header.
    ///
    /// @throws FormatException if there is no such file, or it is not a safetensors file
    /// @throws UncheckedIOException if the disk fails while reading
    public static SafetensorsFile read(Path file) {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        SafetensorsHeader read =
                readInto(
                        file,
                        header -> {
                            for (StoredTensor stored : header.tensors().values()) {
                                stored.type()
                                        .dtype()
                                        .ifPresent(
                                                dtype ->
                                                        tensors.put(
                                                                stored.name(),
                                                                zeros(file, stored, dtype)));
                            }
                            return tensors;
                        });
        return new SafetensorsFile(file.toString(), read, tensors);
    }

    /// Reads numbers straight to where they are wanted.
    ///
    /// @param targets is shown the header and gives the tensors to fill, by name: each of the
    ///     stored shape and of the type that [StoredType#dtype] says. If reading fails, they hold
    ///     anything.
    /// @throws FormatException if there is no such file, or it is not a safetensors file
    /// @throws UncheckedIOException if the disk fails while reading
    public static SafetensorsHeader readInto(
            Path file, Function<SafetensorsHeader, Map<String, Tensor>> targets) {
        return OpenedFile.read(
                file,
                FORMAT,
                opened -> {
                    SafetensorsReader reader = new SafetensorsReader(opened);
                    reader.fill(targets.apply(reader.header()));
                    return reader.header();
                });
    }

    /// Writes a file durably: see [Durably]. The digest of the data is added to the metadata.
    ///
    /// @param metadata texts by name
    /// @param tensors by name; they are put in the order of the Rust implementation
    /// @throws WriteException if the file cannot be written; it is then as it was
    public static void write(
            Path file, Map<String, String> metadata, Map<String, ? extends Tensor> tensors) {
        SafetensorsWriter writer = new SafetensorsWriter(metadata, tensors);
        Durably.write(file, writer::writeTo);
    }

    /// A tensor for the numbers of a stored one.
    ///
    /// @throws FormatException if no tensor holds its type exactly, or it has more elements than a
    ///     tensor can have
    public static Tensor zeros(Path file, StoredTensor stored) {
        DType dtype =
                stored.type()
                        .dtype()
                        .orElseThrow(() -> new FormatException(file.toString(), inexact(stored)));
        return zeros(file, stored, dtype);
    }

    /// A tensor for the numbers of a stored one.
    ///
    /// @throws FormatException if it has more elements than a tensor can have
    static Tensor zeros(Path file, StoredTensor stored, DType dtype) {
        return Tensor.zeros(dtype, shape(file, stored));
    }

    private static Shape shape(Path file, StoredTensor stored) {
        try {
            return Shape.of(Arrays.stream(stored.shape()).mapToInt(Math::toIntExact).toArray());
        } catch (ArithmeticException | ShapeException e) {
            throw new FormatException(
                    file.toString(),
                    "tensor " + stored + " is larger than the 2147483583 elements of a tensor");
        }
    }

    static String inexact(StoredTensor stored) {
        return "tensor "
                + stored
                + ": there are no tensors of type "
                + stored.type()
                + "; convert it to F32, F64, I32 or U8 first";
    }
}
