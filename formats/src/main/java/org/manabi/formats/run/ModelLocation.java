package org.manabi.formats.run;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.manabi.formats.FormatException;

/// Finds the model that a person means by a path.
public final class ModelLocation {

    private ModelLocation() {}

    /// The file to load: of a run its best checkpoint, or the last if there is no best; of a file
    /// the file itself.
    ///
    /// @param path a run directory, its `checkpoints`, or a file
    /// @throws FormatException if there is no model
    public static Path resolve(Path path) {
        if (!Files.exists(path)) {
            throw new FormatException(
                    path.toString(), "there is no such run or model file; look with ls runs");
        }
        if (!Files.isDirectory(path)) {
            return path;
        }
        for (Path folder : List.of(path.resolve("checkpoints"), path)) {
            for (String name : List.of("best.safetensors", "last.safetensors")) {
                if (Files.isRegularFile(folder.resolve(name))) {
                    return folder.resolve(name);
                }
            }
        }
        throw new FormatException(
                path.toString(),
                Files.exists(path.resolve("run.json"))
                        ? "the run has no checkpoint yet; wait for its first epoch to end"
                        : "is a folder, but not a run: there is no run.json in it; give a run's"
                                + " folder or a .safetensors file");
    }
}
