package org.manabi.cli.lesson;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import org.manabi.board.lesson.LossFunctions;
import org.manabi.board.lesson.LossFunctions.DeltaEffect;
import org.manabi.board.lesson.LossFunctions.Judged;
import org.manabi.board.lesson.LossFunctions.NearZero;
import org.manabi.board.lesson.LossFunctions.Result;
import org.manabi.board.lesson.Progress;
import org.manabi.cli.console.Numbers;
import org.manabi.formats.png.Axis;
import org.manabi.formats.png.Chart;

/// Tells of the two losses of the chapter.
final class LossFunctionsLesson implements Lesson<Result> {

    /// Which of the sweep's hundredths stand in the table.
    private static final Set<Integer> SHOWN = Set.of(0, 1, 10, 20, 40, 60, 80, 90, 100);

    @Override
    public Result compute(LessonSetting setting, Progress progress) {
        return LossFunctions.compute(LossFunctions.Settings.DEFAULTS);
    }

    @Override
    public void tell(Result result, LessonSetting setting, Page page) {
        page.section("section.idea");
        page.paragraph("loss-functions.idea");

        page.section("section.formula");
        page.formula("loss-functions.formula");

        page.section("section.numbers");
        page.paragraph("loss-functions.examples", result.examples().getFirst().label());
        page.table(examples(result, page));
        page.paragraph("loss-functions.examples.see");
        page.paragraph("loss-functions.examples.third");
        page.paragraph("loss-functions.sweep");
        page.table(sweep(result, page));
        page.drawing(plot(result, page));

        page.section("section.see");
        page.paragraph("loss-functions.see.slope");
        page.paragraph("loss-functions.see.delta");
        page.table(deltas(result, page));
        DeltaEffect book = result.deltas().get(2);
        page.paragraph(
                "loss-functions.see.book",
                Numbers.fixed(book.certainAndWrong(), 3),
                scientific(book.certainAndRight()));

        page.program("loss-functions");
        Judged first = result.examples().getFirst();
        String example = " --predicted " + joined(first, ",") + " --label " + first.label();
        page.commands(
                "manabi loss sum-of-squares" + example, "manabi loss cross-entropy" + example);
    }

    private static Table examples(Result result, Page page) {
        Table table =
                new Table()
                        .head(
                                page.text("loss-functions.head.predicted"),
                                page.text("loss-functions.head.squares"),
                                page.text("loss-functions.head.cross-entropy"));
        for (Judged judged : result.examples()) {
            table.row(
                    joined(judged, " "),
                    Double.toString(judged.squares()),
                    Double.toString(judged.crossEntropy()));
        }
        return table;
    }

    /// The probabilities, without needless digits.
    private static String joined(Judged judged, String between) {
        return judged.predicted().stream()
                .map(y -> y == Math.rint(y) ? Long.toString(Math.round(y)) : Double.toString(y))
                .collect(Collectors.joining(between));
    }

    private static Table sweep(Result result, Page page) {
        Table table =
                new Table()
                        .head(
                                page.text("loss-functions.head.right"),
                                page.text("loss-functions.head.squares"),
                                page.text("loss-functions.head.slope"),
                                page.text("loss-functions.head.cross-entropy"),
                                page.text("loss-functions.head.slope"))
                        .rightAt(0);
        int steps = result.sweep().size() - 1;
        for (int i = 0; i <= steps; i++) {
            if (100 * i % steps == 0 && SHOWN.contains(100 * i / steps)) {
                Judged judged = result.sweep().get(i);
                table.row(
                        Numbers.fixed(judged.right(), 2),
                        Numbers.fixed(judged.squares(), 4),
                        slope(judged.squaresSlopes().get(judged.label())),
                        judged.crossEntropy() < 0
                                ? scientific(judged.crossEntropy())
                                : Numbers.fixed(judged.crossEntropy(), 4),
                        slope(judged.crossEntropySlopes().get(judged.label())));
            }
        }
        return table;
    }

    private static String slope(double slope) {
        return Math.abs(slope) < 1e4 ? Numbers.fixed(slope, 2) : scientific(slope);
    }

    private static String scientific(double number) {
        return Double.isFinite(number)
                ? String.format(Locale.ROOT, "%.0e", number).replaceFirst("e([+-])0", "e$1")
                : infinity(number);
    }

    private static String infinity(double number) {
        return number > 0 ? "∞" : "−∞";
    }

    private static List<String> plot(Result result, Page page) {
        List<Judged> shown =
                result.sweep().stream().filter(judged -> judged.right() >= 0.01).toList();
        return new Plot(page.columns(), page.text("loss-functions.head.right"), "%.1f")
                .with("−log y", values(shown, Judged::right), values(shown, Judged::crossEntropy))
                .with("½ Σ …²", values(shown, Judged::right), values(shown, Judged::squares))
                .showing(0, 0)
                .lines(page.colors());
    }

    private static double[] values(List<Judged> judged, ToDoubleFunction<Judged> value) {
        return judged.stream().mapToDouble(value).toArray();
    }

    private static Table deltas(Result result, Page page) {
        Table table =
                new Table()
                        .head(
                                "δ",
                                page.text("loss-functions.head.wrong"),
                                page.text("loss-functions.head.slope"),
                                page.text("loss-functions.head.certain"));
        for (DeltaEffect effect : result.deltas()) {
            table.row(
                    effect.delta() == 0 ? "0" : scientific(effect.delta()),
                    Double.isFinite(effect.certainAndWrong())
                            ? Numbers.fixed(effect.certainAndWrong(), 4)
                            : infinity(effect.certainAndWrong()),
                    scientific(effect.slopeThere()),
                    effect.certainAndRight() == 0 ? "0" : scientific(effect.certainAndRight()));
        }
        return table;
    }

    @Override
    public List<Illustration> draw(Result result, LessonSetting setting) {
        List<Judged> sweep =
                result.sweep().stream().filter(judged -> judged.right() >= 0.005).toList();
        List<Judged> chapter = new ArrayList<>(result.examples().subList(0, 2).reversed());
        Chart losses =
                Chart.titled("Two losses, as the right class's probability moves")
                        .withSubtitle("dots: the chapter's two predictions")
                        .withX(Axis.of("probability of the right class, y").between(0, 1))
                        .withY(Axis.of("loss").from(0))
                        .withLine(
                                "-log(y + \u03b4)",
                                values(sweep, Judged::right),
                                values(sweep, Judged::crossEntropy))
                        .withLine(
                                "squared errors",
                                values(sweep, Judged::right),
                                values(sweep, Judged::squares))
                        .withPoints(
                                "",
                                values(chapter, Judged::right),
                                values(chapter, Judged::crossEntropy))
                        .withPoints(
                                "",
                                values(chapter, Judged::right),
                                values(chapter, Judged::squares));
        return List.of(
                new Illustration("loss-functions.png", losses.draw()),
                new Illustration("loss-functions-delta.png", deltaChart(result).draw()));
    }

    private static Chart deltaChart(Result result) {
        Chart chart =
                Chart.titled("What \u03b4 is for")
                        .withSubtitle("without it, the loss grows without end as y falls to 0")
                        .withX(Axis.of("probability of the right class, y").logarithmic())
                        .withY(Axis.of("-log(y + \u03b4)").from(0))
                        .withSize(760, 360);
        double[] xs = result.nearZero().stream().mapToDouble(NearZero::probability).toArray();
        for (int i = 0; i < result.deltas().size(); i++) {
            int index = i;
            double[] losses =
                    result.nearZero().stream().mapToDouble(p -> p.losses().get(index)).toArray();
            double delta = result.deltas().get(i).delta();
            String name = "\u03b4 = " + (delta == 0 ? "0" : scientific(delta));
            chart = chart.withLine(name, xs, losses);
        }
        return chart;
    }
}
