package org.manabi.board.evaluate;

import java.nio.file.Path;
import org.manabi.board.Computations;
import org.manabi.board.DataLibrary;
import org.manabi.board.lesson.Progress;
import org.manabi.board.runs.RunStore;
import org.manabi.board.web.HttpFault;
import org.manabi.board.web.Request;
import org.manabi.board.web.Response;
import org.manabi.board.web.Routes;
import org.manabi.data.Dataset;
import org.manabi.formats.json.JsonObject;
import org.manabi.formats.model.SavedModel;
import org.manabi.formats.run.RunDirectory;
import org.manabi.train.OutputKind;

/// What the pages ask about a run's model:
///
///     GET /api/runs/{id}/evaluation   as events: confusion, calibration, mistakes, layers, weights
///     GET /api/runs/{id}/samples      pictures of rows of its data
public final class EvaluationApi {

    private final RunStore runs;
    private final Models models;
    private final DataLibrary library;
    private final Computations computations;

    public EvaluationApi(
            RunStore runs, Models models, DataLibrary library, Computations computations) {
        this.runs = runs;
        this.models = models;
        this.library = library;
        this.computations = computations;
    }

    public void addTo(Routes routes) {
        routes.get("/api/runs/{id}/evaluation", this::evaluation)
                .get("/api/runs/{id}/samples", this::samples);
    }

    private Response evaluation(Request request) {
        Path folder = runs.folder(request.part("id"));
        Models.Loaded model = models.of(folder);
        String data = RunDirectory.open(folder).description().data();
        return Response.events(
                computations.events(
                        "evaluation " + model.stamp(),
                        progress -> evaluate(model.saved(), data, progress)));
    }

    private JsonObject evaluate(SavedModel saved, String data, Progress progress) {
        Dataset test = Models.fit(saved, library.load(data).test());
        progress.at(0.3);
        JsonObject anatomy = new Anatomy(saved.model().network(), test).toJson();
        progress.at(0.5);
        boolean classifier = saved.model().kind() != OutputKind.OUTPUTS && test.hasClasses();
        return classifier ? anatomy.with("judgement", Judgement.of(saved.model(), test)) : anatomy;
    }

    private Response samples(Request request) {
        Path folder = runs.folder(request.part("id"));
        Dataset data =
                library.part(
                        RunDirectory.open(folder).description().data(),
                        request.query("part").orElse("test"));
        String rows =
                request.query("rows")
                        .orElseThrow(() -> HttpFault.badRequest("rows are missing: ?rows=3,14"));
        return Response.json(DataLibrary.samples(data, rows))
                .with("Cache-Control", "private, max-age=3600");
    }
}
