package org.manabi.formats.onnx;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.manabi.formats.FormatException;
import org.manabi.formats.OpenedFile;

/// Finds the data of tensors that lies in other files: only in files within the model's own folder,
/// wherever names and links may point.
final class ExternalData {

    /// What tensors may need beyond the length of the files that they name.
    private static final long SPARE = 16 << 20;

    private final Path model;
    private final Map<Path, Long> lengths = new HashMap<>();
    private long needed;

    ExternalData(Path model) {
        this.model = model;
    }

    /// The bytes of a tensor.
    ByteBuffer read(String tensor, Map<String, String> entries, int expected) {
        String location = entries.getOrDefault("location", "");
        long offset = number(tensor, entries.getOrDefault("offset", "0"));
        String length = entries.get("length");
        Path file = inside(tensor, location);
        try {
            return OpenedFile.read(
                    file,
                    "the data of tensor " + tensor,
                    opened -> {
                        long bytes =
                                length == null ? opened.length() - offset : number(tensor, length);
                        if (bytes != expected || offset > opened.length() - bytes) {
                            throw new FormatException(
                                    location,
                                    "has %d bytes, of which %d to %d are named, but %d are needed"
                                            .formatted(
                                                    opened.length(),
                                                    offset,
                                                    offset + bytes,
                                                    expected));
                        }
                        requireOwn(tensor, location, file, opened.length(), expected);
                        return opened.view(offset, expected);
                    });
        } catch (FormatException e) {
            throw e.file().equals(model.toString())
                    ? e
                    : fault(tensor, "has its data in %s, which %s".formatted(location, e.fault()));
        }
    }

    private void requireOwn(String tensor, String location, Path file, long length, int bytes) {
        lengths.put(file, length);
        needed += bytes;
        if (needed > SPARE + lengths.values().stream().mapToLong(n -> n).sum()) {
            throw fault(tensor, "needs bytes of " + location + " that others have too");
        }
    }

    private Path inside(String tensor, String location) {
        try {
            Path folder = folder();
            Path relative = Path.of(location);
            boolean plain =
                    !location.isBlank()
                            && !relative.isAbsolute()
                            && location.indexOf('\\') < 0
                            && !location.contains(":")
                            && relative.normalize().equals(relative);
            if (plain && !relative.startsWith("..")) {
                Path file = folder.resolve(relative);
                if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
                    throw fault(
                            tensor,
                            "has its data in %s, which is missing; put it beside the model"
                                    .formatted(location));
                }
                if (file.toRealPath().startsWith(folder)) {
                    return file;
                }
            }
        } catch (InvalidPathException | IOException e) {
            // refused below
        }
        throw fault(
                tensor,
                ("has its data in \"%s\", which is not a file within the model's folder;"
                                + " it is not read")
                        .formatted(location));
    }

    private Path folder() throws IOException {
        Path parent = model.toRealPath().getParent();
        return parent == null ? Path.of("/") : parent;
    }

    private long number(String tensor, String text) {
        try {
            long value = Long.parseLong(text);
            if (value >= 0) {
                return value;
            }
        } catch (NumberFormatException e) {
            // refused below
        }
        throw fault(tensor, "has external data at \"%s\", which is no place".formatted(text));
    }

    private FormatException fault(String tensor, String fault) {
        return new FormatException(model.toString(), "tensor " + tensor + " " + fault);
    }
}
