package org.manabi.cli.data;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.manabi.formats.FileKind;

/// The formats of single files that can be inspected.
enum FileFormat {
    IDX,
    NPY,
    NPZ,
    SAFETENSORS;

    /// The format of a file: by its name, else by its first bytes, else IDX, whose reader knows how
    /// to say what the file looks like.
    static FileFormat of(Path path) {
        String name = String.valueOf(path.getFileName()).toLowerCase(Locale.ROOT);
        if (name.endsWith(".safetensors")) {
            return SAFETENSORS;
        }
        if (name.endsWith(".npy")) {
            return NPY;
        }
        if (name.endsWith(".npz")) {
            return NPZ;
        }
        if (!Files.isRegularFile(path) || !Files.isReadable(path)) {
            return IDX;
        }
        String kind = FileKind.guess(head(path)).orElse("");
        if (kind.contains("safetensors")) {
            return SAFETENSORS;
        }
        if (kind.contains(".npy")) {
            return NPY;
        }
        return kind.contains(".npz") ? NPZ : IDX;
    }

    private static byte[] head(Path path) {
        try (InputStream in = Files.newInputStream(path)) {
            return in.readNBytes(FileKind.HEAD);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
