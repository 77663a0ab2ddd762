package org.manabi.board.lessons;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.manabi.board.Computations;
import org.manabi.board.DataLibrary;
import org.manabi.board.lesson.CrossEntropyBatch;
import org.manabi.board.lesson.DataDriven;
import org.manabi.board.lesson.LessonJson;
import org.manabi.board.lesson.LossFunctions;
import org.manabi.board.lesson.MiniBatch;
import org.manabi.board.lesson.Progress;
import org.manabi.board.lesson.TrainAndTest;
import org.manabi.board.lesson.WhyNotAccuracy;
import org.manabi.board.web.HttpFault;
import org.manabi.board.web.Request;
import org.manabi.board.web.Response;
import org.manabi.board.web.Routes;
import org.manabi.data.Dataset;
import org.manabi.formats.json.JsonObject;

/// The chapter's lessons as the pages ask for them. Every number comes from the library itself, in
/// this process:
///
///     GET /api/lessons/loss-functions/judge   both losses of one prediction, and their gradients
///     GET /api/lessons/mini-batch/draw        NumPy's numbers for a seed, and the digits drawn
///     GET /api/lessons/{name}/run             a whole lesson, as events
///     GET /api/lessons/samples                pictures of MNIST
public final class LessonsApi {

    private static final String DATA = "mnist";
    private static final long MAX_SEED = 0xFFFF_FFFFL;
    private static final int CLASSES = 10;
    private static final int SHOWN_MISTAKES = 40;

    private final DataLibrary library;
    private final Computations computations;

    public LessonsApi(DataLibrary library, Computations computations) {
        this.library = library;
        this.computations = computations;
    }

    public void addTo(Routes routes) {
        routes.get("/api/lessons/loss-functions/judge", this::judge)
                .get("/api/lessons/mini-batch/draw", this::draw)
                .get("/api/lessons/samples", this::samples)
                .get("/api/lessons/{name}/run", this::run);
    }

    private Response judge(Request request) {
        List<Double> predicted = numbers(request.query("y").orElse(""));
        int label = (int) request.integer("label", 0, 0, predicted.size() - 1L);
        double delta = delta(request);
        LossFunctions.Result result =
                LossFunctions.compute(
                        new LossFunctions.Settings(List.of(predicted), label, delta, 100));
        return Response.json(LessonJson.of(result));
    }

    private static double delta(Request request) {
        String text = request.query("delta").orElse("1e-7");
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException e) {
            throw HttpFault.badRequest("delta \"" + text + "\" is not a number");
        }
    }

    private static List<Double> numbers(String text) {
        List<Double> numbers = new ArrayList<>();
        for (String word : text.split(",", CLASSES + 2)) {
            try {
                numbers.add(Double.parseDouble(word));
            } catch (NumberFormatException e) {
                throw HttpFault.badRequest("\"" + word + "\" is not a number; write ?y=0.1,0.9");
            }
        }
        if (numbers.size() < 2 || numbers.size() > CLASSES) {
            throw HttpFault.badRequest("y has 2 … " + CLASSES + " probabilities");
        }
        return numbers;
    }

    private Response draw(Request request) {
        Dataset train = library.load(DATA).train();
        long seed = request.integer("seed", 0, 0, MAX_SEED);
        int count = (int) request.integer("count", 10, 1, 100);
        boolean replacement = !request.query("replacement").orElse("true").equals("false");
        MiniBatch.Draw drawn =
                replacement
                        ? MiniBatch.drawWithReplacement(train, count, seed)
                        : MiniBatch.drawWithoutReplacement(train, count, seed);
        List<String> pictures =
                drawn.rows().stream().map(row -> DataLibrary.pixels(train, row)).toList();
        return Response.json(
                LessonJson.of(drawn)
                        .with("samples", train.size())
                        .with("width", DataLibrary.width(train))
                        .with("pictures", pictures));
    }

    private Response samples(Request request) {
        Dataset data = library.part(DATA, request.query("part").orElse("test"));
        return Response.json(DataLibrary.samples(data, request.query("rows").orElse("0")));
    }

    private Response run(Request request) {
        long seed = request.integer("seed", 0, 0, MAX_SEED);
        String name = request.part("name");
        return switch (name) {
            case "data-driven" -> dataDriven(request, seed);
            case "train-and-test" -> trainAndTest(request, seed);
            case "mini-batch" -> miniBatch(seed);
            case "cross-entropy-batch" -> crossEntropyBatch(seed);
            case "why-not-accuracy" -> whyNotAccuracy(request, seed);
            default -> throw HttpFault.notFound("there is no lesson " + name + " to run");
        };
    }

    private Response dataDriven(Request request, long seed) {
        int hidden = (int) request.integer("hidden", 200, 1, 1000);
        var defaults = DataDriven.Settings.DEFAULTS;
        var settings =
                new DataDriven.Settings(
                        seed, hidden, defaults.featureEpochs(), defaults.networkEpochs(), 1);
        return events(settings, progress -> shortened(settings, progress));
    }

    /// The result with as many mistakes of each way as a page shows.
    private JsonObject shortened(DataDriven.Settings settings, Progress progress) {
        DataDriven.Result all = DataDriven.compute(library.load(DATA), settings, progress);
        List<DataDriven.Outcome> outcomes =
                all.outcomes().stream()
                        .map(
                                one ->
                                        new DataDriven.Outcome(
                                                one.approach(),
                                                one.learned(),
                                                one.accuracy(),
                                                one.byDigit(),
                                                one.mistakes().stream()
                                                        .limit(SHOWN_MISTAKES)
                                                        .toList()))
                        .toList();
        return LessonJson.of(
                new DataDriven.Result(
                        all.trainSamples(), all.testSamples(), outcomes, all.rules()));
    }

    private Response trainAndTest(Request request, long seed) {
        var defaults = TrainAndTest.Settings.DEFAULTS;
        var settings =
                new TrainAndTest.Settings(
                        seed,
                        (int) request.integer("samples", defaults.samples(), 50, 5_000),
                        request.query("remedies").orElse("true").equals("false")
                                ? List.of()
                                : List.of(1_000, 3_000, 10_000, 60_000),
                        (int) request.integer("hidden", defaults.hidden(), 1, 500),
                        defaults.batchSize(),
                        defaults.learningRate(),
                        (int) request.integer("epochs", defaults.epochs(), 2, 300),
                        1);
        return events(
                settings,
                progress ->
                        LessonJson.of(
                                TrainAndTest.compute(library.load(DATA), settings, progress)));
    }

    private Response miniBatch(long seed) {
        var settings = MiniBatch.Settings.DEFAULTS.withSeed(seed);
        return events(
                settings,
                progress ->
                        LessonJson.of(
                                MiniBatch.compute(library.load(DATA).train(), settings, progress)));
    }

    private Response crossEntropyBatch(long seed) {
        var settings = CrossEntropyBatch.Settings.DEFAULTS.withSeed(seed);
        return events(
                settings,
                progress ->
                        LessonJson.of(
                                CrossEntropyBatch.compute(library.load(DATA), settings, progress)));
    }

    private Response whyNotAccuracy(Request request, long seed) {
        int samples = (int) request.integer("samples", 300, 50, 2_000);
        var settings = WhyNotAccuracy.Settings.DEFAULTS.withSeed(seed).withSamples(samples);
        return events(
                settings,
                progress ->
                        LessonJson.of(
                                WhyNotAccuracy.compute(
                                        library.load(DATA).train(), settings, progress)));
    }

    /// @param settings everything that the result depends on
    private Response events(Record settings, Function<Progress, JsonObject> lesson) {
        String key = settings.getClass().getEnclosingClass().getSimpleName() + " " + settings;
        return Response.events(computations.events(key, lesson));
    }
}
