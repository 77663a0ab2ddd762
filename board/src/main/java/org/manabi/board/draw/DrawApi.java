package org.manabi.board.draw;

import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.manabi.board.Computations;
import org.manabi.board.DataLibrary;
import org.manabi.board.evaluate.Models;
import org.manabi.board.evaluate.SignedBytes;
import org.manabi.board.lesson.Progress;
import org.manabi.board.runs.RunStore;
import org.manabi.board.web.HttpFault;
import org.manabi.board.web.Request;
import org.manabi.board.web.Response;
import org.manabi.board.web.Routes;
import org.manabi.data.Dataset;
import org.manabi.formats.FormatException;
import org.manabi.formats.json.JsonObject;
import org.manabi.formats.json.JsonValue;
import org.manabi.formats.model.ModelFile;
import org.manabi.formats.model.SavedModel;
import org.manabi.formats.run.RunDirectory;

/// What the page with the canvas asks:
///
///     GET  /api/draw                the models that read digits
///     GET  /api/draw/quick          trains one for those who have none, as events
///     POST /api/draw/{id}           the drawing as the network sees it, and the probabilities
///     POST /api/draw/{id}/reasons   the nearest training digits, and the pixels that spoke for it
///
/// A drawing is the body: one byte for each pixel, 255 for ink, `?width=` pixels in a row.
public final class DrawApi {

    /// The name of the model that was trained for those who have none.
    static final String QUICK = "quick";

    private static final int MAX_BYTES = 512 * 512;
    private static final int NEIGHBORS = 8;

    private final RunStore runs;
    private final Models models;
    private final DataLibrary library;
    private final Computations computations;
    private volatile @Nullable SavedModel quick;
    private final Map<SavedModel, DigitReader> readers =
            Collections.synchronizedMap(new LinkedHashMap<>());

    public DrawApi(RunStore runs, Models models, DataLibrary library, Computations computations) {
        this.runs = runs;
        this.models = models;
        this.library = library;
        this.computations = computations;
    }

    public void addTo(Routes routes) {
        routes.get("/api/draw", _ -> models())
                .get("/api/draw/quick", _ -> quick())
                .post("/api/draw/{id}", this::read)
                .post("/api/draw/{id}/reasons", this::reasons);
    }

    private Response models() {
        List<JsonValue> usable = new ArrayList<>();
        for (String id : runs.ids()) {
            if (reads(id)) {
                usable.add(JsonValue.of(id));
            }
        }
        if (quick != null) {
            usable.add(JsonValue.of(QUICK));
        }
        return Response.json(JsonObject.EMPTY.with("models", new JsonValue.Array(usable)));
    }

    private boolean reads(String id) {
        try {
            ModelFile.Heading model = models.heading(runs.folder(id));
            return model.sampleShape().size() == Centering.SIDE * Centering.SIDE
                    && model.card().classNames().size() == 10;
        } catch (FormatException | HttpFault | UncheckedIOException e) {
            return false; // no checkpoint yet, or a damaged one
        }
    }

    private Response quick() {
        return Response.events(computations.events("quick model", this::train));
    }

    private JsonObject train(Progress progress) {
        quick = QuickModel.train(library.load("mnist").train(), progress);
        return JsonObject.EMPTY.with("model", QUICK);
    }

    private SavedModel model(String id) {
        SavedModel known = quick;
        if (id.equals(QUICK) && known != null) {
            return known;
        }
        return models.of(runs.folder(id)).saved();
    }

    private DigitReader reader(SavedModel saved) {
        synchronized (readers) {
            DigitReader reader = readers.get(saved);
            if (reader == null) {
                if (readers.size() >= 4) {
                    readers.clear();
                }
                reader = new DigitReader(saved);
                readers.put(saved, reader);
            }
            return reader;
        }
    }

    private static double[] picture(Request request) {
        int width = (int) request.integer("width", 280, Centering.SIDE, 512);
        byte[] ink = request.body(MAX_BYTES);
        if (ink.length == 0 || ink.length % width != 0) {
            throw HttpFault.badRequest(
                    "a drawing has whole rows of " + width + " bytes, not " + ink.length);
        }
        return Centering.of(width, ink);
    }

    private Response read(Request request) {
        SavedModel saved = model(request.part("id"));
        double[] picture = picture(request);
        double[] probabilities = reader(saved).probabilities(picture);
        byte[] seen = new byte[picture.length];
        for (int i = 0; i < seen.length; i++) {
            seen[i] = (byte) Math.round(picture[i]);
        }
        return Response.json(
                JsonObject.EMPTY
                        .with("classes", classes(saved, probabilities.length))
                        .with("probabilities", probabilities)
                        .with("input", Base64.getEncoder().encodeToString(seen)));
    }

    private static List<String> classes(SavedModel saved, int count) {
        List<String> names = saved.card().classNames();
        return names.size() == count
                ? names
                : IntStream.range(0, count).mapToObj(Integer::toString).toList();
    }

    private Response reasons(Request request) {
        String id = request.part("id");
        SavedModel saved = model(id);
        double[] picture = picture(request);
        int label = (int) request.integer("class", 0, 0, 1000);
        double[] contributions = reader(saved).contributions(label, picture);
        String data = id.equals(QUICK) ? "mnist" : data(id);
        Dataset train = library.load(data).train();
        List<JsonValue> nearest = new ArrayList<>();
        for (Neighbors.Neighbor neighbor : Neighbors.of(train, NEIGHBORS, picture)) {
            nearest.add(
                    JsonObject.EMPTY
                            .with("row", neighbor.row())
                            .with("label", train.label(neighbor.row()))
                            .with("distance", neighbor.distance())
                            .with("pixels", DataLibrary.pixels(train, neighbor.row())));
        }
        return Response.json(
                JsonObject.EMPTY
                        .with("contributions", SignedBytes.base64(contributions))
                        .with("nearest", new JsonValue.Array(nearest)));
    }

    private String data(String id) {
        return RunDirectory.open(runs.folder(id)).description().data();
    }
}
