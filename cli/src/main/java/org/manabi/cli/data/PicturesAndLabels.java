package org.manabi.cli.data;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.manabi.cli.console.CommandException;
import org.manabi.cli.console.Console;
import org.manabi.formats.idx.IdxDescription;
import org.manabi.formats.idx.IdxType;
import org.manabi.formats.json.JsonObject;

/// A file of pictures and the file of their labels.
record PicturesAndLabels(
        Path pictures, IdxDescription images, Path labels, IdxDescription numbers) {

    /// The pairs among some files: those whose names differ in `images` and `labels` only, or the
    /// only two there are.
    static List<PicturesAndLabels> among(List<Inspected> files) {
        List<Inspected> pictures = files.stream().filter(file -> isUnsigned(file, 3)).toList();
        List<Inspected> labels = files.stream().filter(file -> isUnsigned(file, 1)).toList();
        List<PicturesAndLabels> pairs = new ArrayList<>();
        for (Inspected picture : pictures) {
            for (Inspected label : labels) {
                boolean only = pictures.size() == 1 && labels.size() == 1;
                if (only || stem(picture).equals(stem(label))) {
                    pairs.add(
                            new PicturesAndLabels(
                                    picture.path(), array(picture), label.path(), array(label)));
                }
            }
        }
        return pairs;
    }

    private static boolean isUnsigned(Inspected file, int rank) {
        IdxDescription array = file.idx();
        return array != null && array.type() == IdxType.UINT8 && array.rank() == rank;
    }

    private static IdxDescription array(Inspected file) {
        return Objects.requireNonNull(file.idx());
    }

    /// The file's name without what tells pictures from labels.
    private static String stem(Inspected file) {
        return String.valueOf(file.path().getFileName())
                .toLowerCase(Locale.ROOT)
                .replaceAll("images|labels|idx[13]|\\.gz$", "");
    }

    /// @throws CommandException if there are not as many labels as pictures
    void check(Console console) {
        long count = images.dims().getFirst();
        if (count != numbers.size()) {
            throw CommandException.wrongRequest(
                    console.text("inspect.error.counts", pictures, count, labels, numbers.size()));
        }
    }

    String describe(Console console) {
        return console.text("inspect.pair", pictures, labels, numbers.size());
    }

    JsonObject report() {
        return JsonObject.EMPTY
                .with("images", pictures.toString())
                .with("labels", labels.toString())
                .with("count", numbers.size());
    }
}
