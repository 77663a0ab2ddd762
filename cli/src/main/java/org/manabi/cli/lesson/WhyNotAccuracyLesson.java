package org.manabi.cli.lesson;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.manabi.board.lesson.Progress;
import org.manabi.board.lesson.WhyNotAccuracy;
import org.manabi.board.lesson.WhyNotAccuracy.Attempt;
import org.manabi.board.lesson.WhyNotAccuracy.Place;
import org.manabi.board.lesson.WhyNotAccuracy.Result;
import org.manabi.cli.console.Numbers;
import org.manabi.data.Dataset;
import org.manabi.formats.png.Axis;
import org.manabi.formats.png.Chart;
import org.manabi.formats.png.Picture;

/// Tells why a loss guides learning and not the accuracy.
final class WhyNotAccuracyLesson implements Lesson<Result> {

    private static final int ROWS = 11;
    private static final int SHARE = 6;
    private static final int FEWEST = 50;

    @Override
    public Result compute(LessonSetting setting, Progress progress) {
        Dataset train = setting.data().train();
        WhyNotAccuracy.Settings usual = WhyNotAccuracy.Settings.DEFAULTS;
        int samples = Math.clamp(train.size() / SHARE, FEWEST, usual.samples());
        return WhyNotAccuracy.compute(
                train, usual.withSeed(setting.seed()).withSamples(samples), progress);
    }

    @Override
    public void tell(Result result, LessonSetting setting, Page page) {
        page.section("section.idea");
        page.paragraph("why-not-accuracy.idea.1");
        page.paragraph("why-not-accuracy.idea.2");

        page.section("section.formula");
        page.formula("why-not-accuracy.formula");

        page.section("section.numbers");
        page.paragraph(
                "why-not-accuracy.walk",
                result.weight().unit(),
                result.weight().digit(),
                Numbers.fixed(result.weight().value(), 4),
                result.samples());
        page.paragraph("why-not-accuracy.accuracy");
        page.drawing(plot(result.walk(), page, "%.2f", Place::accuracy));
        page.paragraph("why-not-accuracy.loss");
        page.drawing(plot(result.walk(), page, "%.2f", Place::loss));
        page.paragraph("why-not-accuracy.closer-accuracy");
        page.drawing(plot(result.closeUp(), page, "%.3f", Place::accuracy));
        page.paragraph("why-not-accuracy.closer-loss");
        page.drawing(plot(result.closeUp(), page, "%.3f", Place::loss));
        page.table(places(result, page));

        page.section("section.see");
        page.paragraph(
                "why-not-accuracy.see.accuracy",
                result.samples(),
                Numbers.fixed(1.0 / result.samples(), 4),
                result.levels(),
                result.walk().size(),
                result.flat());
        if (result.flat() < result.walk().size()) {
            page.paragraph("why-not-accuracy.see.edges", result.walk().size() - result.flat());
        }
        page.paragraph(
                "why-not-accuracy.see.loss",
                String.format(Locale.ROOT, "%.1e", result.largestDifference()));
        page.paragraph("why-not-accuracy.training", result.parameters());
        page.table(training(result, page));
        conclude(result, page);

        page.program("why-not-accuracy");
        page.commands("manabi lesson why-not-accuracy --seed 1", "manabi gradcheck two-layer");
    }

    private static List<String> plot(
            List<Place> walk, Page page, String format, ToDoubleFunction<Place> value) {
        return new Plot(page.columns(), page.text("why-not-accuracy.weight"), format)
                .withSteps("", values(walk, Place::weight), values(walk, value))
                .lines(page.colors());
    }

    private static double[] values(List<Place> walk, ToDoubleFunction<Place> value) {
        return walk.stream().mapToDouble(value).toArray();
    }

    private static Table places(Result result, Page page) {
        Table table =
                new Table()
                        .head(
                                page.text("why-not-accuracy.head.weight"),
                                page.text("why-not-accuracy.head.accuracy"),
                                page.text("why-not-accuracy.head.accuracy-slope"),
                                page.text("why-not-accuracy.head.loss"),
                                page.text("why-not-accuracy.head.loss-slope"),
                                page.text("why-not-accuracy.head.back-propagation"))
                        .rightAt(0);
        int last = result.walk().size() - 1;
        for (int row = 0; row < ROWS; row++) {
            Place place = result.walk().get(row * last / (ROWS - 1));
            table.row(
                    Numbers.fixed(place.weight(), 3),
                    Numbers.percent(place.accuracy()),
                    place.accuracySlope() == 0 ? "0" : Numbers.fixed(place.accuracySlope(), 2),
                    Numbers.fixed(place.loss(), 4),
                    Numbers.fixed(place.lossSlope(), 8),
                    Numbers.fixed(place.lossSlopeByBackPropagation(), 8));
        }
        return table;
    }

    private static Table training(Result result, Page page) {
        Table table =
                new Table()
                        .head(
                                page.text("why-not-accuracy.head.step"),
                                page.text("why-not-accuracy.head.not-zero"),
                                page.text("why-not-accuracy.head.by-accuracy"),
                                page.text("why-not-accuracy.head.loss"),
                                page.text("why-not-accuracy.head.not-zero"),
                                page.text("why-not-accuracy.head.by-loss"),
                                page.text("why-not-accuracy.head.loss"))
                        .rightAt(0);
        int steps = result.byLoss().notZero().size();
        for (int step : steps > 5 ? new int[] {0, 1, 2, 5, steps} : new int[] {0, steps}) {
            List<String> row = new ArrayList<>(List.of(Integer.toString(step)));
            for (Attempt attempt : List.of(result.byAccuracy(), result.byLoss())) {
                row.add(step == 0 ? "" : Integer.toString(attempt.notZero().get(step - 1)));
                row.add(Numbers.percent(attempt.accuracies().get(step)));
                row.add(Numbers.fixed(attempt.losses().get(step), 4));
            }
            table.row(row);
        }
        return table;
    }

    private static void conclude(Result result, Page page) {
        Attempt byAccuracy = result.byAccuracy();
        boolean still = byAccuracy.notZero().stream().allMatch(count -> count == 0);
        page.paragraph(
                still ? "why-not-accuracy.see.still" : "why-not-accuracy.see.jumped",
                Numbers.percent(byAccuracy.accuracies().getFirst()),
                Numbers.percent(byAccuracy.accuracies().getLast()));
        page.paragraph(
                "why-not-accuracy.see.moved",
                Numbers.fixed(result.byLoss().losses().getFirst(), 4),
                Numbers.fixed(result.byLoss().losses().getLast(), 4),
                Numbers.percent(result.byLoss().accuracies().getFirst()),
                Numbers.percent(result.byLoss().accuracies().getLast()));
    }

    @Override
    public List<Illustration> draw(Result result, LessonSetting setting) {
        String where =
                "from hidden unit %d to digit %d, on %d training pictures"
                        .formatted(
                                result.weight().unit(), result.weight().digit(), result.samples());
        return List.of(
                new Illustration(
                        "why-not-accuracy.png",
                        walkChart(
                                "One weight is moved: a staircase and a slope",
                                where,
                                result.walk(),
                                result)),
                new Illustration(
                        "why-not-accuracy-closer.png",
                        walkChart("The same, ten times closer", where, result.closeUp(), result)),
                new Illustration("why-not-accuracy-training.png", trainingChart(result).draw()));
    }

    private static Picture walkChart(
            String title, String subtitle, List<Place> walk, Result result) {
        double[] weights = values(walk, Place::weight);
        Chart accuracy =
                Chart.titled(title)
                        .withSubtitle(subtitle)
                        .withY(Axis.of("accuracy"))
                        .withSteps("accuracy", weights, values(walk, Place::accuracy))
                        .withMarker(result.weight().value(), "the weight as trained")
                        .withSize(760, 350);
        Chart loss =
                Chart.titled("")
                        .withY(Axis.of("loss, nats"))
                        .withX(Axis.of("weight"))
                        .withLine("loss", weights, values(walk, Place::loss))
                        .withMarker(result.weight().value(), "")
                        .withSize(760, 320);
        return Chart.stacked(List.of(accuracy, loss));
    }

    private static Chart trainingChart(Result result) {
        double[] steps =
                IntStream.range(0, result.byLoss().losses().size()).asDoubleStream().toArray();
        return Chart.titled("Two guides from the same start")
                .withSubtitle("the last layer learns by numerical gradients")
                .withX(Axis.of("step"))
                .withY(Axis.of("accuracy").from(belowAll(result)))
                .withLine("led by the loss", steps, accuracies(result.byLoss()))
                .withLine("led by the accuracy", steps, accuracies(result.byAccuracy()))
                .withSize(760, 360);
    }

    /// A round number a little below all accuracies, so that a level line is seen.
    private static double belowAll(Result result) {
        double lowest =
                Math.min(
                        Arrays.stream(accuracies(result.byLoss())).min().orElse(0),
                        Arrays.stream(accuracies(result.byAccuracy())).min().orElse(0));
        return Math.max(0, Math.floor((lowest - 0.01) * 50) / 50);
    }

    private static double[] accuracies(Attempt attempt) {
        return attempt.accuracies().stream().mapToDouble(Double::doubleValue).toArray();
    }
}
