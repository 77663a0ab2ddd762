package org.manabi.board.runs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.manabi.board.web.EventSink;
import org.manabi.board.web.HttpFault;
import org.manabi.board.web.Request;
import org.manabi.board.web.Response;
import org.manabi.board.web.Routes;
import org.manabi.formats.FormatException;
import org.manabi.formats.json.JsonFields;
import org.manabi.formats.json.JsonObject;
import org.manabi.formats.json.JsonReader;
import org.manabi.formats.json.JsonValue;
import org.manabi.formats.run.RunDirectory;

/// What the pages ask about runs:
///
///     GET    /api/runs                    all of them, each in a few numbers
///     GET    /api/runs/{id}               one of them: config, provenance, state, results
///     GET    /api/runs/{id}/metrics       its curves so far
///     GET    /api/runs/{id}/events        what comes after, as server-sent events
///     POST   /api/runs/{id}/control       pause, resume, stop, learning-rate
///     DELETE /api/runs/{id}
public final class RunsApi {

    private static final int PING_SECONDS = 10;
    private static final int CONTROL_BYTES = 1_000;
    private static final int SPARK_POINTS = 40;

    /// A listener that is further behind is told to fetch the curves anew.
    private static final long MAX_LAG_BYTES = 4L << 20;

    private final RunStore store;
    private final Map<String, RunFeed> feeds = new ConcurrentHashMap<>();

    public RunsApi(RunStore store) {
        this.store = store;
    }

    public void addTo(Routes routes) {
        routes.get("/api/runs", _ -> list())
                .get("/api/runs/{id}", request -> Response.json(run(request.part("id"))))
                .get("/api/runs/{id}/metrics", this::metrics)
                .get("/api/runs/{id}/events", this::events)
                .post("/api/runs/{id}/control", this::control)
                .on("DELETE", "/api/runs/{id}", this::delete);
    }

    private Response list() {
        List<JsonValue> runs = new ArrayList<>();
        for (String id : store.ids()) {
            store.tryOpen(id).ifPresent(run -> runs.add(guardedSummary(id, run)));
        }
        return Response.json(JsonObject.EMPTY.with("runs", new JsonValue.Array(runs)));
    }

    /// A run whose events cannot be read is listed with the reason, and hides no other.
    private JsonObject guardedSummary(String id, RunDirectory run) {
        try {
            return summary(id, run);
        } catch (FormatException | UncheckedIOException | HttpFault e) {
            return heading(id, run)
                    .with("last", JsonObject.EMPTY)
                    .with("results", run.results())
                    .with("spark", new JsonValue.Array(List.of()))
                    .with("fault", String.valueOf(e.getMessage()));
        }
    }

    private JsonObject summary(String id, RunDirectory run) {
        RunHistory history = store.history(id);
        JsonObject last = history.last("epoch");
        List<Double> held = history.finite("epoch", "validation.loss");
        List<Double> curve = held.isEmpty() ? history.finite("epoch", "train.loss") : held;
        if (curve.size() < 2) {
            curve = history.finite("step", "loss");
        }
        JsonObject summary =
                heading(id, run)
                        .with("last", last)
                        .with("results", run.results())
                        .with("spark", new JsonValue.Array(thin(curve)));
        return best(history).map(best -> summary.with("best", best)).orElse(summary);
    }

    private static Optional<JsonObject> best(RunHistory history) {
        List<Double> losses = history.finite("epoch", "validation.loss");
        List<Double> accuracies = history.finite("epoch", "validation.accuracy");
        if (losses.isEmpty()) {
            return Optional.empty();
        }
        double lowest = losses.stream().mapToDouble(Double::doubleValue).min().orElse(Double.NaN);
        JsonObject best = JsonObject.EMPTY.with("loss", lowest);
        return Optional.of(
                accuracies.isEmpty()
                        ? best
                        : best.with(
                                "accuracy",
                                accuracies.stream()
                                        .mapToDouble(Double::doubleValue)
                                        .max()
                                        .orElse(Double.NaN)));
    }

    private static List<JsonValue> thin(List<Double> values) {
        List<JsonValue> few = new ArrayList<>();
        int count = Math.min(SPARK_POINTS, values.size());
        for (int i = 0; i < count; i++) {
            int at = count == 1 ? 0 : (int) ((long) i * (values.size() - 1) / (count - 1));
            few.add(JsonValue.of(values.get(at)));
        }
        return few;
    }

    private JsonObject heading(String id, RunDirectory run) {
        RunControl control = store.control(id);
        return JsonObject.EMPTY
                .with("id", id)
                .with("state", store.state(id, run).word())
                .with("data", run.description().data())
                .with("model", run.description().config().get("model").orElse(JsonValue.of("?")))
                .with("config", run.description().config())
                .with("seed", run.description().seed())
                .with("parameters", run.description().parameters())
                .with("created", run.created().toString())
                .with("controllable", control != null)
                .with("paused", control != null && control.isPaused());
    }

    private JsonObject run(String id) {
        RunDirectory run = store.open(id);
        return heading(id, run)
                .with("folder", run.folder().toString())
                .with("dataSha256", run.description().dataDigest())
                .with("versions", run.description().versions())
                .with("host", run.host())
                .with("results", run.results());
    }

    private Response metrics(Request request) {
        return Response.json(store.history(request.part("id")).toJson());
    }

    private Response events(Request request) {
        String id = request.part("id");
        RunFeed feed = feeds.computeIfAbsent(id, name -> feed(name));
        store.folder(id);
        String from = request.header("Last-Event-ID").or(() -> request.query("from")).orElse("0");
        long position;
        try {
            position = Long.parseLong(from);
        } catch (NumberFormatException e) {
            throw HttpFault.badRequest("\"" + from + "\" is no position in a run's events");
        }
        if (position < 0) {
            throw HttpFault.badRequest("a position in a run's events is not negative");
        }
        return Response.events(sink -> follow(id, feed, position, sink));
    }

    private RunFeed feed(String id) {
        return new RunFeed(store.folder(id), () -> run(id).toString());
    }

    private void follow(String id, RunFeed feed, long from, EventSink sink)
            throws IOException, InterruptedException {
        try (RunFeed.Subscription subscription = feed.subscribe()) {
            sink.send("run", "", run(id).toString());
            long position = catchUp(feed, from, sink);
            while (true) {
                position = tell(feed, subscription.next(PING_SECONDS), position, sink);
            }
        }
    }

    /// Passes a page on, and returns how far the client knows the file then.
    private static long tell(
            RunFeed feed, RunFeed.@Nullable Page page, long position, EventSink sink)
            throws IOException {
        return switch (page) {
            case null -> {
                sink.ping();
                yield position;
            }
            case RunFeed.Page.Changed(var event) -> {
                sink.send(event);
                yield position;
            }
            case RunFeed.Page.Lost(long end, var event) -> {
                sink.send(event);
                yield end;
            }
            case RunFeed.Page.Events(long from, _, _) when from > position ->
                    catchUp(feed, position, sink);
            case RunFeed.Page.Events(_, long next, var event) -> {
                if (next > position) {
                    sink.send(event);
                }
                yield Math.max(position, next);
            }
        };
    }

    /// Sends what is in the file from a position on, and returns where it ends.
    private static long catchUp(RunFeed feed, long from, EventSink sink) throws IOException {
        long end = feed.end();
        if (end - from > MAX_LAG_BYTES || from > end) {
            sink.send(RunFeed.Page.Lost.at(end).event());
            return end;
        }
        RunFeed.Page.Events page = feed.page(from);
        if (page.next() > from) {
            sink.send(page.event());
        }
        return page.next();
    }

    private Response control(Request request) {
        String id = request.part("id");
        RunControl control = store.control(id);
        if (control == null) {
            store.folder(id);
            throw new HttpFault(409, "the run is not trained by this process");
        }
        JsonFields body =
                JsonFields.of(
                        JsonReader.parse(request.bodyText(CONTROL_BYTES), "the body"),
                        "the body",
                        "");
        switch (body.text("action")) {
            case "pause" -> control.pause();
            case "resume" -> control.resume();
            case "stop" -> control.stop();
            case "learning-rate" -> {
                double rate = body.number("value");
                if (!(rate > 0) || Double.isInfinite(rate)) {
                    throw HttpFault.badRequest("a learning rate is greater than 0, not " + rate);
                }
                control.setLearningRate(rate);
            }
            default ->
                    throw HttpFault.badRequest(
                            "the action is one of pause, resume, stop, learning-rate");
        }
        return Response.json(run(id));
    }

    private Response delete(Request request) {
        String id = request.part("id");
        store.delete(id);
        feeds.remove(id);
        return Response.json(JsonObject.EMPTY.with("deleted", id));
    }
}
