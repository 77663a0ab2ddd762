package org.manabi.board.predict;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.manabi.board.web.Bind;
import org.manabi.board.web.CannotListenException;
import org.manabi.board.web.Guard;
import org.manabi.board.web.HttpFault;
import org.manabi.board.web.Request;
import org.manabi.board.web.Response;
import org.manabi.board.web.Routes;
import org.manabi.board.web.WebServer;
import org.manabi.formats.json.JsonObject;
import org.manabi.formats.json.JsonValue;
import org.manabi.formats.model.SavedModel;
import org.manabi.formats.table.TableSchema;
import org.manabi.train.OutputKind;

/// Predictions over HTTP for programs:
///
///     POST /v1/predict    JSON rows, an npy array, or a PNG or JPEG picture; for a model of a
///                         table, JSON rows of cells or lines of CSV
///     GET  /v1/model      what the model takes and gives
///     GET  /health        whether it answers
///     GET  /metrics       what Prometheus collects
///     GET  /openapi.json  all this for machines
public final class PredictionService implements AutoCloseable {

    /// The port that is used unless another is asked for.
    public static final int PORT = 8421;

    /// The longest body of a request, in bytes.
    public static final int MAX_BODY = 32 << 20;

    private static final int GRACE_SECONDS = 10;

    private final String name;
    private final SavedModel saved;
    private final List<String> classes;
    private final ServiceMetrics metrics = new ServiceMetrics();
    private final Batcher batcher;
    private final Samples samples;
    private final @Nullable TableSamples table;
    private final Guard guard;
    private final Bind bind;
    private final WebServer server;

    private PredictionService(Bind bind, String name, SavedModel saved, int threads) {
        this.name = name;
        this.saved = saved;
        this.bind = bind;
        this.guard = Guard.ofPrograms(bind.isLoopback());
        this.batcher = new Batcher(saved, threads, metrics);
        this.samples = new Samples(batcher.inputs());
        TableSchema schema = saved.card().table();
        this.table = schema == null ? null : new TableSamples(schema);
        this.classes = classes(saved, batcher.outputs());
        Routes routes =
                new Routes()
                        .post("/v1/predict", this::predict)
                        .get("/v1/model", _ -> Response.json(describe()))
                        .get("/health", _ -> Response.json(JsonObject.EMPTY.with("status", "ok")))
                        .get("/metrics", _ -> metrics())
                        .get("/openapi.json", _ -> Response.json(OpenApi.of(batcher.inputs())));
        try {
            this.server = WebServer.start(bind, guard, routes);
        } catch (CannotListenException e) {
            batcher.close();
            throw e;
        }
    }

    /// Starts to serve a model.
    ///
    /// @param name what answers call the model
    /// @param threads how many threads compute
    /// @throws CannotListenException if it cannot listen there, such as when another program does
    public static PredictionService start(Bind bind, String name, SavedModel saved, int threads) {
        return new PredictionService(bind, name, saved, threads);
    }

    private static List<String> classes(SavedModel saved, int outputs) {
        List<String> names = saved.card().classNames();
        return names.size() == outputs
                ? names
                : IntStream.range(0, outputs).mapToObj(Integer::toString).toList();
    }

    private boolean classifies() {
        return saved.model().kind() != OutputKind.OUTPUTS;
    }

    private JsonObject describe() {
        JsonObject model =
                JsonObject.EMPTY
                        .with("model", name)
                        .with("layers", saved.model().network().layer().toString())
                        .with("parameters", saved.model().network().parameters().count())
                        .with("inputs", batcher.inputs())
                        .with("inputShape", saved.model().network().sampleShape().toString())
                        .with("divisor", saved.card().divisor())
                        .with("outputs", batcher.outputs());
        if (table != null) {
            model = model.with("columns", table.columns()).with("label", table.label());
        }
        return classifies() ? model.with("classes", classes) : model;
    }

    private Response predict(Request request) {
        long began = System.nanoTime();
        Response response;
        try {
            response = predicted(request);
        } catch (HttpFault fault) {
            response = Response.fault(fault);
        }
        metrics.request(response.status(), System.nanoTime() - began);
        return response;
    }

    private Response predicted(Request request) {
        String type = request.header("Content-Type").orElse("");
        byte[] body = request.body(MAX_BODY);
        double[] rows = table == null ? samples.read(type, body) : table.read(type, body);
        double[] results;
        try {
            results = batcher.predict(rows);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new HttpFault(503, "the service ends");
        }
        List<JsonValue> predictions = new ArrayList<>();
        for (int at = 0; at < results.length; at += batcher.outputs()) {
            predictions.add(prediction(results, at));
        }
        return Response.json(
                JsonObject.EMPTY
                        .with("model", name)
                        .with("predictions", new JsonValue.Array(predictions)));
    }

    private JsonObject prediction(double[] results, int at) {
        double[] numbers = Arrays.copyOfRange(results, at, at + batcher.outputs());
        if (!Arrays.stream(numbers).allMatch(Double::isFinite)) {
            throw new HttpFault(
                    500,
                    "the model gives no finite numbers for row %d; look at its weights with"
                                    .formatted(at / batcher.outputs())
                            + " manabi inspect");
        }
        if (table != null && !classifies()) {
            return JsonObject.EMPTY.with("value", table.inUnits(numbers[0]));
        }
        if (!classifies()) {
            return JsonObject.EMPTY.with("outputs", numbers);
        }
        int best = 0;
        for (int k = 1; k < numbers.length; k++) {
            best = numbers[k] > numbers[best] ? k : best;
        }
        return JsonObject.EMPTY
                .with("class", classes.get(best))
                .with("index", best)
                .with("probability", numbers[best])
                .with("probabilities", numbers);
    }

    private Response metrics() {
        return Response.text(
                "text/plain; version=0.0.4; charset=utf-8", metrics.text(batcher.queued()));
    }

    /// The address, with nothing after the port.
    public String url() {
        String host = bind.host().contains(":") ? "[" + bind.host() + "]" : bind.host();
        return "http://" + host + ":" + server.port();
    }

    /// The token that requests need, if the service is reached from other machines; else empty.
    public String token() {
        return guard.needsTokenForAll() ? guard.token() : "";
    }

    public int port() {
        return server.port();
    }

    /// Lets the requests that are being answered end, refuses new ones, then ends.
    @Override
    public void close() {
        server.close(GRACE_SECONDS);
        batcher.close();
    }
}
