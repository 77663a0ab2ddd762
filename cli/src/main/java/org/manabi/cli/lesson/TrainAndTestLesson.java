package org.manabi.cli.lesson;

import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.ToDoubleFunction;
import org.manabi.board.lesson.Progress;
import org.manabi.board.lesson.TrainAndTest;
import org.manabi.board.lesson.TrainAndTest.Point;
import org.manabi.board.lesson.TrainAndTest.Remedy;
import org.manabi.board.lesson.TrainAndTest.Result;
import org.manabi.board.lesson.Turn;
import org.manabi.cli.console.Numbers;
import org.manabi.formats.png.Axis;
import org.manabi.formats.png.Chart;

/// Tells of overfitting: few samples learned by heart, and more data as the remedy.
final class TrainAndTestLesson implements Lesson<Result> {

    @Override
    public Result compute(LessonSetting setting, Progress progress) {
        TrainAndTest.Settings settings =
                TrainAndTest.Settings.DEFAULTS
                        .withSeed(setting.seed())
                        .withThreads(setting.threads());
        return TrainAndTest.compute(setting.data(), settings, progress);
    }

    @Override
    public void tell(Result result, LessonSetting setting, Page page) {
        page.section("section.idea");
        page.paragraph("train-and-test.idea.1");
        page.paragraph(
                "train-and-test.idea.2",
                Numbers.count(result.samples()),
                result.curve().size(),
                Numbers.count(result.testSamples()));

        page.section("section.numbers");
        page.paragraph("train-and-test.loss");
        page.drawing(plot(result, page, "%.2f", Point::trainLoss, Point::testLoss));
        page.paragraph("train-and-test.accuracy");
        page.drawing(plot(result, page, "%.2f", Point::trainAccuracy, Point::testAccuracy));
        page.table(epochs(result, page));

        page.section("section.see");
        see(result, page);
        page.paragraph("train-and-test.remedy", Numbers.count(result.steps()));
        page.table(remedies(result, page));
        Remedy few = result.remedies().getFirst();
        Remedy most = result.remedies().getLast();
        if (most.samples() > few.samples()) {
            page.paragraph(
                    "train-and-test.see.remedy",
                    Numbers.count(most.samples()),
                    Numbers.count(few.samples()),
                    points(few.gap()),
                    points(most.gap()),
                    Numbers.percent(few.end().testAccuracy()),
                    Numbers.percent(most.end().testAccuracy()));
        }
        page.program("train-and-test");
        page.commands(
                "manabi lesson train-and-test --seed 1",
                "manabi train mnist --validation 0.1 --epochs 20");
    }

    private static List<String> plot(
            Result result,
            Page page,
            String format,
            ToDoubleFunction<Point> train,
            ToDoubleFunction<Point> test) {
        double[] epochs = result.curve().stream().mapToDouble(Point::epoch).toArray();
        return new Plot(page.columns(), page.text("epoch"), format)
                .with(page.text("train-and-test.test"), epochs, values(result, test))
                .with(page.text("train-and-test.train"), epochs, values(result, train))
                .lines(page.colors());
    }

    private static double[] values(Result result, ToDoubleFunction<Point> value) {
        return result.curve().stream().mapToDouble(value).toArray();
    }

    /// The numbers of a few epochs, among them the turn.
    private static Table epochs(Result result, Page page) {
        TreeSet<Integer> shown = new TreeSet<>(List.of(1, 2, 5, 10, 20, 50));
        shown.add(result.end().epoch());
        result.turn().ifPresent(turn -> shown.add(turn.epoch()));
        Table table =
                new Table()
                        .head(
                                page.text("epoch"),
                                page.text("train-and-test.head.train-loss"),
                                page.text("train-and-test.head.test-loss"),
                                page.text("train-and-test.head.train-accuracy"),
                                page.text("train-and-test.head.test-accuracy"),
                                "")
                        .rightAt(0)
                        .leftAt(5);
        for (Point point : result.curve()) {
            if (shown.contains(point.epoch())) {
                boolean turning =
                        result.turn().map(turn -> turn.epoch() == point.epoch()).orElse(false);
                table.row(
                        Integer.toString(point.epoch()),
                        Numbers.loss(point.trainLoss()),
                        Numbers.loss(point.testLoss()),
                        Numbers.percent(point.trainAccuracy()),
                        Numbers.percent(point.testAccuracy()),
                        turning ? page.text("train-and-test.turn") : "");
            }
        }
        return table;
    }

    private static void see(Result result, Page page) {
        Optional<Turn> turn = result.turn();
        if (turn.isPresent()) {
            page.paragraph(
                    "train-and-test.see.turn",
                    turn.get().epoch(),
                    Numbers.loss(turn.get().lowest()),
                    Numbers.loss(turn.get().last()),
                    Numbers.loss(result.end().trainLoss()),
                    Numbers.count(result.samples()));
        } else {
            page.paragraph("train-and-test.see.no-turn", result.curve().size());
        }
        Optional<Point> byHeart =
                result.curve().stream().filter(point -> point.trainAccuracy() == 1).findFirst();
        if (byHeart.isPresent()) {
            page.paragraph(
                    "train-and-test.see.by-heart",
                    byHeart.get().epoch(),
                    Numbers.percent(result.end().testAccuracy()));
        }
        page.paragraph("train-and-test.see.peek");
    }

    private static Table remedies(Result result, Page page) {
        Table table =
                new Table()
                        .head(
                                page.text("train-and-test.head.samples"),
                                page.text("train-and-test.head.train-accuracy"),
                                page.text("train-and-test.head.test-accuracy"),
                                page.text("train-and-test.head.gap"))
                        .rightAt(0);
        for (Remedy remedy : result.remedies()) {
            table.row(
                    Numbers.count(remedy.samples()),
                    Numbers.percent(remedy.end().trainAccuracy()),
                    Numbers.percent(remedy.end().testAccuracy()),
                    points(remedy.gap()));
        }
        return table;
    }

    /// A difference of two percentages.
    private static String points(double difference) {
        return Numbers.fixed(100 * difference, 1);
    }

    @Override
    public List<Illustration> draw(Result result, LessonSetting setting) {
        String samples = Numbers.count(result.samples());
        Chart loss =
                curves(result, Point::testLoss, Point::trainLoss)
                        .withY(Axis.of("loss, nats").from(0));
        Chart accuracy =
                curves(result, Point::testAccuracy, Point::trainAccuracy)
                        .withY(Axis.of("accuracy"))
                        .withX(Axis.of("epoch"));
        Chart titled =
                new Chart(
                        "Learned by heart: " + samples + " training pictures",
                        "the test data are not learned from",
                        loss.x(),
                        loss.y(),
                        loss.series(),
                        loss.markers(),
                        loss.width(),
                        360);
        if (result.turn().isPresent()) {
            int epoch = result.turn().get().epoch();
            titled = titled.withMarker(epoch, "overfitting begins: epoch " + epoch);
        }
        return List.of(
                new Illustration(
                        "train-and-test.png",
                        Chart.stacked(List.of(titled, accuracy.withSize(760, 320)))),
                new Illustration("train-and-test-more-data.png", remedyChart(result).draw()));
    }

    private static Chart curves(
            Result result, ToDoubleFunction<Point> test, ToDoubleFunction<Point> train) {
        double[] epochs = values(result, Point::epoch);
        return Chart.titled("")
                .withLine("test", epochs, values(result, test))
                .withLine("training", epochs, values(result, train));
    }

    private static Chart remedyChart(Result result) {
        List<Remedy> remedies = result.remedies();
        double[] samples = remedies.stream().mapToDouble(Remedy::samples).toArray();
        double[] test = remedies.stream().mapToDouble(r -> r.end().testAccuracy()).toArray();
        double[] train = remedies.stream().mapToDouble(r -> r.end().trainAccuracy()).toArray();
        return Chart.titled("The remedy: more data")
                .withSubtitle(
                        "the same network, the same %s steps"
                                .formatted(Numbers.count(result.steps())))
                .withX(Axis.of("training pictures").logarithmic())
                .withY(Axis.of("accuracy"))
                .withLine("test", samples, test)
                .withLine("training", samples, train)
                .withSize(760, 360);
    }
}
