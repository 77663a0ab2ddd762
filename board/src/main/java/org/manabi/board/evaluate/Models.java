package org.manabi.board.evaluate;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.manabi.data.Dataset;
import org.manabi.formats.model.ModelFile;
import org.manabi.formats.model.SavedModel;
import org.manabi.formats.run.ModelLocation;

/// Models of runs, read again when their files have changed.
public final class Models {

    private static final int KEPT = 8;

    private final Map<Path, Loaded> kept =
            new LinkedHashMap<>(16, 0.75f, true) {
                private static final long serialVersionUID = 1L;

                @Override
                protected boolean removeEldestEntry(Map.Entry<Path, Loaded> eldest) {
                    return size() > KEPT;
                }
            };

    /// A model and what its file looked like when it was read.
    ///
    /// @param stamp changes when the file does
    public record Loaded(String stamp, SavedModel saved) {}

    /// Nothing is read yet.
    public Models() {}

    /// The best model of a run, or its last.
    ///
    /// @throws org.manabi.formats.FormatException if there is none yet, or it is damaged
    public synchronized Loaded of(Path run) {
        Path file = ModelLocation.resolve(run);
        String stamp = stamp(file);
        Loaded entry = kept.get(file);
        if (entry == null || !entry.stamp().equals(stamp)) {
            entry = new Loaded(stamp, ModelFile.load(file));
            kept.put(file, entry);
        }
        return entry;
    }

    private static String stamp(Path file) {
        try {
            return file + "@" + Files.getLastModifiedTime(file) + "+" + Files.size(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The data brought to the numbers and the shape that a model is used to.
    public static Dataset fit(SavedModel saved, Dataset data) {
        double divisor = saved.card().divisor();
        Dataset scaled =
                data.divisor() == divisor ? data : data.dividedBy(divisor / data.divisor());
        boolean sameSize =
                saved.model().network().sampleShape().size() == data.sampleShape().size();
        return sameSize ? scaled.reshaped(saved.model().network().sampleShape()) : scaled;
    }
}
