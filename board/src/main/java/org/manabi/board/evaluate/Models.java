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

    private static final int HEADINGS_KEPT = 1_000;

    private final Map<Path, Loaded> kept = new Recent<>(KEPT);
    private final Map<Path, Headed> headings = new Recent<>(HEADINGS_KEPT);

    /// The values that were asked for last.
    private static final class Recent<V> extends LinkedHashMap<Path, V> {

        private static final long serialVersionUID = 1L;

        private final int most;

        Recent(int most) {
            super(16, 0.75f, true);
            this.most = most;
        }

        @Override
        protected boolean removeEldestEntry(Map.Entry<Path, V> eldest) {
            return size() > most;
        }
    }

    private record Headed(String stamp, ModelFile.Heading heading) {}

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

    /// What the same model says of itself, without its weights being read.
    ///
    /// @throws org.manabi.formats.FormatException if there is none yet, or it is damaged
    public synchronized ModelFile.Heading heading(Path run) {
        Path file = ModelLocation.resolve(run);
        String stamp = stamp(file);
        Headed entry = headings.get(file);
        if (entry == null || !entry.stamp().equals(stamp)) {
            entry = new Headed(stamp, ModelFile.heading(file));
            headings.put(file, entry);
        }
        return entry.heading();
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
