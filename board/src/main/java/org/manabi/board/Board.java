package org.manabi.board;

import java.nio.file.Path;
import java.util.List;
import org.manabi.board.draw.DrawApi;
import org.manabi.board.evaluate.EvaluationApi;
import org.manabi.board.evaluate.Models;
import org.manabi.board.lessons.LessonsApi;
import org.manabi.board.runs.RunStore;
import org.manabi.board.runs.RunsApi;
import org.manabi.board.web.Assets;
import org.manabi.board.web.Bind;
import org.manabi.board.web.CannotListenException;
import org.manabi.board.web.Guard;
import org.manabi.board.web.Response;
import org.manabi.board.web.Routes;
import org.manabi.board.web.WebServer;
import org.manabi.formats.json.JsonObject;

/// The web board: runs seen live, the lessons, and a canvas to draw digits on.
///
///     try (var board = Board.start(Bind.loopback(8420), Path.of("runs"), data)) {
///         IO.println(board.url());
///     }
public final class Board implements AutoCloseable {

    /// The port that is used unless another is asked for.
    public static final int PORT = 8420;

    static final List<String> PAGES =
            List.of(
                    "index.html",
                    "api.js",
                    "app.js",
                    "chart.js",
                    "dom.js",
                    "draw.js",
                    "evaluation.js",
                    "heatmap.js",
                    "history.js",
                    "icon.svg",
                    "lesson-approaches.js",
                    "lesson-batch.js",
                    "lesson-labels.js",
                    "lesson-losses.js",
                    "lesson-overfitting.js",
                    "lesson-slope.js",
                    "lesson.js",
                    "lessons.js",
                    "run.js",
                    "runs.js",
                    "style.css",
                    "text-en.js",
                    "text-ja.js",
                    "text.js",
                    "uplot-license.txt",
                    "uplot.css",
                    "uplot.js");

    private final RunStore runs;
    private final Guard guard;
    private final Bind bind;
    private final Computations computations;
    private final WebServer server;

    private Board(
            RunStore runs, Guard guard, Bind bind, Computations computations, WebServer server) {
        this.runs = runs;
        this.guard = guard;
        this.bind = bind;
        this.computations = computations;
        this.server = server;
    }

    /// Starts the board.
    ///
    /// @param folder of the runs; need not exist yet
    /// @param data where the data of runs and lessons come from
    /// @throws CannotListenException if it cannot listen there, such as when another program does
    public static Board start(Bind bind, Path folder, DataLoader data) {
        RunStore runs = new RunStore(folder);
        Guard guard = Guard.ofPages(bind.isLoopback());
        Routes routes = new Routes();
        new RunsApi(runs).addTo(routes);
        Models models = new Models();
        DataLibrary library = new DataLibrary(data);
        Computations computations = new Computations();
        new EvaluationApi(runs, models, library, computations).addTo(routes);
        new LessonsApi(library, computations).addTo(routes);
        new DrawApi(runs, models, library, computations).addTo(routes);
        Assets assets = new Assets(Board.class, PAGES);
        routes.get("/api/session", _ -> session(guard))
                .get("/", request -> assets.answer(request, "index.html"))
                .get("/{page}", request -> assets.answer(request, request.part("page")));
        WebServer server;
        try {
            server = WebServer.start(bind, guard, routes);
        } catch (CannotListenException e) {
            computations.close();
            throw e;
        }
        return new Board(runs, guard, bind, computations, server);
    }

    private static Response session(Guard guard) {
        return Response.json(JsonObject.EMPTY.with("token", guard.token()));
    }

    /// The runs that it shows.
    public RunStore runs() {
        return runs;
    }

    /// The address to open in a browser, with the token if one is needed.
    public String url() {
        String host = bind.host().contains(":") ? "[" + bind.host() + "]" : bind.host();
        String begin = "http://" + host + ":" + server.port() + "/";
        return guard.needsTokenForAll() ? begin + "?token=" + guard.token() : begin;
    }

    /// The port that it listens on.
    public int port() {
        return server.port();
    }

    @Override
    public void close() {
        server.close();
        computations.close();
    }
}
