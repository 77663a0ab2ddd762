package org.manabi.cli.data;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import org.manabi.formats.FileKind;
import org.manabi.formats.image.ImageFile;

/// The formats of single files that can be inspected.
enum FileFormat {
    CIFAR(".tar.gz", ".tgz"),
    EVENTS(),
    IDX(),
    IMAGE(),
    JSON(".json"),
    LOG(".jsonl"),
    NPY(".npy"),
    NPZ(".npz", ".zip"),
    ONNX(".onnx"),
    SAFETENSORS(".safetensors"),
    TABLE(),
    YAML(".yaml", ".yml");

    /// How names end, with blanks between.
    private final String suffixes;

    FileFormat(String... suffixes) {
        this.suffixes = String.join(" ", suffixes);
    }

    private boolean isEndOf(String name) {
        return !suffixes.isEmpty()
                && Arrays.stream(suffixes.split(" ", -1)).anyMatch(name::endsWith);
    }

    /// The format of a file: by its name, else by its first bytes, else IDX, whose reader knows how
    /// to say what the file looks like.
    static FileFormat of(Path path) {
        String name = String.valueOf(path.getFileName()).toLowerCase(Locale.ROOT);
        for (FileFormat format : values()) {
            if (format.isEndOf(name)) {
                return format;
            }
        }
        if (name.contains("tfevents")) {
            return EVENTS;
        }
        if (TableSource.isTable(path.toString())) {
            return TABLE;
        }
        if (ImageFile.isImage(path)) {
            return IMAGE;
        }
        return Files.isRegularFile(path) && Files.isReadable(path) ? byContent(path) : IDX;
    }

    private static FileFormat byContent(Path path) {
        byte[] head = head(path);
        if (isOnnx(head)) {
            return ONNX;
        }
        String kind = FileKind.guess(head).orElse("");
        if (kind.contains("safetensors")) {
            return SAFETENSORS;
        }
        if (kind.contains("Parquet")) {
            return TABLE;
        }
        if (kind.contains(".npy")) {
            return NPY;
        }
        if (kind.contains("PNG") || kind.contains("JPEG") || kind.contains("GIF")) {
            return IMAGE;
        }
        return kind.contains(".npz") ? NPZ : IDX;
    }

    /// The version of the model comes first, then a text or the graph.
    private static boolean isOnnx(byte[] head) {
        return head.length > 3
                && head[0] == 0x08
                && head[1] > 0
                && head[1] < 32
                && (head[2] == 0x12 || head[2] == 0x1A || head[2] == 0x3A || head[2] == 0x42);
    }

    private static byte[] head(Path path) {
        try (InputStream in = Files.newInputStream(path)) {
            return in.readNBytes(FileKind.HEAD);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
