package org.manabi.board;

import java.lang.ref.SoftReference;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.manabi.board.web.HttpFault;
import org.manabi.data.Dataset;
import org.manabi.data.Split;
import org.manabi.formats.json.JsonObject;
import org.manabi.formats.json.JsonValue;

/// Data that are loaded once and kept while there is memory, and their samples as pictures.
public final class DataLibrary {

    private static final int MOST_ROWS = 200;

    private final DataLoader loader;
    private final Map<String, SoftReference<Split>> kept = new HashMap<>();

    public DataLibrary(DataLoader loader) {
        this.loader = loader;
    }

    /// The data of a name.
    ///
    /// @throws org.manabi.formats.FormatException if there are none
    public Split load(String name) {
        synchronized (kept) {
            SoftReference<Split> reference = kept.get(name);
            Split known = reference == null ? null : reference.get();
            if (known == null) {
                known = loader.load(name);
                kept.put(name, new SoftReference<>(known));
            }
            return known;
        }
    }

    /// Training or test data.
    ///
    /// @param part `train` or `test`
    public Dataset part(String name, String part) {
        Split split = load(name);
        return switch (part) {
            case "train" -> split.train();
            case "test" -> split.test();
            default -> throw HttpFault.badRequest("the part is train or test, not " + part);
        };
    }

    /// Samples as `{"width": …, "samples": [{"row", "label", "pixels"}]}`.
    ///
    /// @param rows their numbers with commas between them
    public static JsonObject samples(Dataset data, String rows) {
        List<JsonValue> samples = new ArrayList<>();
        for (String word : rows.split(",", MOST_ROWS + 1)) {
            samples.add(sample(data, row(word, data.size())));
        }
        return JsonObject.EMPTY
                .with("width", width(data))
                .with("samples", new JsonValue.Array(samples));
    }

    private static int row(String word, int size) {
        try {
            int row = Integer.parseInt(word);
            if (row >= 0 && row < size) {
                return row;
            }
        } catch (NumberFormatException e) {
            throw HttpFault.badRequest("rows are numbers with commas, as in 3,14; not " + word);
        }
        throw HttpFault.badRequest("there is no row " + word + ", only 0 … " + (size - 1));
    }

    private static JsonObject sample(Dataset data, int row) {
        JsonObject sample = JsonObject.EMPTY.with("row", row).with("pixels", pixels(data, row));
        return data.hasClasses() ? sample.with("label", data.label(row)) : sample;
    }

    /// How wide a sample's picture is; 0 if samples are no square pictures.
    public static int width(Dataset data) {
        int size = data.sampleShape().size();
        int width = (int) Math.round(Math.sqrt(size));
        return width * width == size && width > 3 ? width : 0;
    }

    /// A sample as bytes in base64, 255 for the ink: its numbers from 0 to the divisor.
    public static String pixels(Dataset data, int row) {
        double[] shares = data.input(row).toDoubles();
        byte[] bytes = new byte[shares.length];
        for (int i = 0; i < shares.length; i++) {
            double share = shares[i];
            bytes[i] = (byte) Math.round(255 * Math.clamp(share, 0.0, 1.0));
        }
        return Base64.getEncoder().encodeToString(bytes);
    }
}
