package org.manabi.board.predict;

import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Locale;
import java.util.Set;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;
import org.manabi.board.web.HttpFault;
import org.manabi.formats.FormatException;
import org.manabi.formats.array.NumericArray;
import org.manabi.formats.json.JsonReader;
import org.manabi.formats.npy.Npy;

/// Takes samples out of a request's body: JSON rows, an npy array, or a picture. Whatever is wrong is
/// said with its place.
final class Samples {

    static final int MAX_ROWS = 4_096;

    private static final Set<String> PICTURES = Set.of("png", "jpeg");

    private final int inputs;

    /// @param inputs numbers in one sample
    Samples(int inputs) {
        this.inputs = inputs;
    }

    /// The samples one after the other, as stored numbers.
    ///
    /// @param type the body's content type
    /// @throws HttpFault with 400, 415 or 422, saying what is wrong and where
    double[] read(String type, byte... body) {
        String plain = type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        try {
            double[] all =
                    switch (plain) {
                        case "application/json" -> json(text(body));
                        case "application/x-npy", "application/octet-stream" -> npy(body);
                        case "image/png", "image/jpeg" -> picture(body);
                        default ->
                                throw new HttpFault(
                                        415,
                                        "the content type is application/json, application/x-npy,"
                                                + " image/png or image/jpeg, not \""
                                                + type
                                                + "\"");
                    };
            requireFinite(all);
            return all;
        } catch (FormatException e) {
            throw HttpFault.badRequest(String.valueOf(e.getMessage()));
        }
    }

    /// A body as a text.
    ///
    /// @throws HttpFault with 400 if it is not in UTF-8
    static String text(byte... body) {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString();
        } catch (CharacterCodingException e) {
            throw HttpFault.badRequest("the body is not text in UTF-8");
        }
    }

    /// `{"inputs": [[…], …]}`, or one row alone: `{"inputs": […]}`.
    private double[] json(String text) {
        JsonReader reader = new JsonReader(new StringReader(text), "the body", "");
        Rows rows = new Rows(inputs);
        boolean[] found = {false};
        reader.object(
                name -> {
                    if (!name.equals("inputs")) {
                        throw HttpFault.badRequest(
                                "there is no field \"" + name + "\"; write {\"inputs\": [[…]]}");
                    }
                    found[0] = true;
                    readRows(reader, rows);
                });
        reader.end();
        if (!found[0]) {
            throw HttpFault.badRequest("inputs are missing; write {\"inputs\": [[…]]}");
        }
        return rows.toArray();
    }

    private void readRows(JsonReader reader, Rows rows) {
        boolean[] flat = {false};
        reader.array(
                () -> {
                    if (reader.isArray()) {
                        reader.array(() -> rows.add(reader.number()));
                        rows.endRow();
                    } else {
                        flat[0] = true;
                        rows.add(reader.number());
                    }
                });
        if (flat[0]) {
            rows.endRow();
        }
    }

    private double[] npy(byte... body) {
        NumericArray array = Npy.read(body, "the body");
        long rows = array.rank() == 0 ? 0 : array.dim(0);
        boolean one = array.size() == inputs && (array.rank() == 1 || rows != 1);
        if (rows == 0 || (!one && array.size() != rows * inputs)) {
            throw new HttpFault(
                    422,
                    "expected an array [n, " + inputs + "], got " + Arrays.toString(array.dims()));
        }
        requireRows(one ? 1 : rows);
        return array.toDoubles();
    }

    private static void requireRows(long rows) {
        if (rows > MAX_ROWS) {
            throw new HttpFault(
                    413, rows + " rows are too many for one request; send " + MAX_ROWS + " each");
        }
    }

    /// A gray picture of exactly the model's size; colors become gray.
    private double[] picture(byte... body) {
        int side = (int) Math.round(Math.sqrt(inputs));
        if (side * side != inputs) {
            throw new HttpFault(422, "the model takes " + inputs + " numbers, not pictures");
        }
        // In memory: ImageIO would copy every body into a file of its own.
        try (var in = new MemoryCacheImageInputStream(new ByteArrayInputStream(body))) {
            ImageReader reader = reader(in);
            try {
                reader.setInput(in);
                // Asked before anything is decoded: a small file can announce a huge picture.
                if (reader.getWidth(0) != side || reader.getHeight(0) != side) {
                    throw new HttpFault(
                            422,
                            "expected a picture of %d × %d, got %d × %d"
                                    .formatted(
                                            side, side, reader.getWidth(0), reader.getHeight(0)));
                }
                return gray(reader.read(0), side);
            } finally {
                reader.dispose();
            }
        } catch (HttpFault fault) {
            throw fault;
        } catch (IOException | RuntimeException e) { // readers of ImageIO throw either
            throw HttpFault.badRequest("the picture is damaged: " + e.getMessage());
        }
    }

    /// What reads the two promised formats, and no other that ImageIO knows.
    private static ImageReader reader(ImageInputStream in) throws IOException {
        Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
        while (readers.hasNext()) {
            ImageReader reader = readers.next();
            if (PICTURES.contains(reader.getFormatName().toLowerCase(Locale.ROOT))) {
                return reader;
            }
            reader.dispose();
        }
        throw HttpFault.badRequest("the body is no PNG or JPEG picture");
    }

    private static double[] gray(BufferedImage image, int side) {
        double[] pixels = new double[side * side];
        Raster raster = image.getRaster();
        boolean single = raster.getNumBands() == 1 && image.getSampleModel().getSampleSize(0) == 8;
        for (int i = 0; i < pixels.length; i++) {
            int x = i % side;
            int y = i / side;
            int color = image.getRGB(x, y);
            pixels[i] =
                    single && !(image.getColorModel() instanceof IndexColorModel)
                            ? raster.getSample(x, y, 0)
                            : luma((color >> 16) & 0xFF, (color >> 8) & 0xFF, color & 0xFF);
        }
        return pixels;
    }

    /// Source: ITU-R BT.601.
    private static double luma(int red, int green, int blue) {
        return Math.rint(0.299 * red + 0.587 * green + 0.114 * blue);
    }

    private void requireFinite(double... all) {
        for (int i = 0; i < all.length; i++) {
            if (!Double.isFinite(all[i])) {
                throw new HttpFault(
                        422,
                        "the number at row %d, column %d is %s; inputs are finite"
                                .formatted(i / inputs, i % inputs, all[i]));
            }
        }
    }

    /// Rows that grow, each checked when it ends.
    private static final class Rows {

        private final int width;
        private double[] values;
        private int count;
        private int rows;

        Rows(int width) {
            this.width = width;
            this.values = new double[width];
        }

        void add(double value) {
            if (count == (rows + 1) * width) {
                throw wrongLength("more than " + width);
            }
            if (count == values.length) {
                requireRows(rows + 1L);
                values = Arrays.copyOf(values, Math.max(2 * values.length, width));
            }
            values[count] = value;
            count++;
        }

        void endRow() {
            if (count != (rows + 1) * width) {
                throw wrongLength(Integer.toString(count - rows * width));
            }
            rows++;
        }

        private HttpFault wrongLength(String got) {
            return new HttpFault(
                    422, "row %d has %s numbers, the model takes %d".formatted(rows, got, width));
        }

        double[] toArray() {
            if (rows == 0) {
                throw new HttpFault(422, "there are no rows to predict");
            }
            return Arrays.copyOf(values, count);
        }
    }
}
