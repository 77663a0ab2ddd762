package org.manabi.cli.lesson;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.manabi.board.lesson.CrossEntropyBatch;
import org.manabi.board.lesson.CrossEntropyBatch.ByLabel;
import org.manabi.board.lesson.CrossEntropyBatch.Form;
import org.manabi.board.lesson.CrossEntropyBatch.Learned;
import org.manabi.board.lesson.CrossEntropyBatch.Result;
import org.manabi.board.lesson.CrossEntropyBatch.Row;
import org.manabi.board.lesson.Progress;
import org.manabi.cli.console.Numbers;
import org.manabi.formats.png.Axis;
import org.manabi.formats.png.Chart;
import org.manabi.formats.png.ContactSheet;

/// Tells of the cross-entropy of a batch, and of the label that multiplies by mistake.
final class CrossEntropyBatchLesson implements Lesson<Result> {

    @Override
    public Result compute(LessonSetting setting, Progress progress) {
        CrossEntropyBatch.Settings settings =
                CrossEntropyBatch.Settings.DEFAULTS
                        .withSeed(setting.seed())
                        .withThreads(setting.threads());
        return CrossEntropyBatch.compute(setting.data(), settings, progress);
    }

    @Override
    public void tell(Result result, LessonSetting setting, Page page) {
        page.section("section.idea");
        page.paragraph("cross-entropy-batch.idea.1");
        page.paragraph("cross-entropy-batch.idea.2");

        page.section("section.formula");
        page.formula("cross-entropy-batch.formula");

        page.section("section.numbers");
        page.paragraph("cross-entropy-batch.rows", result.rows().size());
        page.table(forms(result, page));
        page.paragraph(
                "cross-entropy-batch.equal",
                Numbers.count(result.equal()),
                Numbers.count(result.checked()));

        page.section("cross-entropy-batch.mistake");
        page.paragraph("cross-entropy-batch.mistake.1");
        page.formula("cross-entropy-batch.mistake.formula");
        page.table(costs(result, page));
        page.table(slopes(result, page));
        page.paragraph("cross-entropy-batch.mistake.inside");
        page.paragraph("cross-entropy-batch.mistake.outside");
        page.paragraph("cross-entropy-batch.mistake.delta");

        page.section("section.see");
        page.paragraph("cross-entropy-batch.learned");
        page.table(learned(result, page));
        explain(result, page);

        page.program("cross-entropy-batch");
        page.commands(
                "manabi loss cross-entropy --predicted '0.1,0.3,0.6;0.8,0.1,0.1' --label '2;0'",
                "manabi loss cross-entropy --predicted '0.1,0.3,0.6;0.8,0.1,0.1'"
                        + " --target '0,0,1;1,0,0'");
    }

    private static Table forms(Result result, Page page) {
        Table table =
                new Table()
                        .head(
                                page.text("cross-entropy-batch.head.label"),
                                "y[t]",
                                page.text("cross-entropy-batch.head.one-hot"),
                                page.text("cross-entropy-batch.head.from-label"),
                                page.text("cross-entropy-batch.head.bits"))
                        .leftAt(4);
        for (Row row : result.rows()) {
            table.row(
                    Integer.toString(row.label()),
                    Numbers.fixed(row.probability(), 4),
                    Double.toString(row.oneHot()),
                    Double.toString(row.right().loss()),
                    bits(row.oneHot(), row.right().loss()));
        }
        return table.row(
                page.text("cross-entropy-batch.mean"),
                "",
                Double.toString(result.oneHot()),
                Double.toString(result.right()),
                bits(result.oneHot(), result.right()));
    }

    /// The 64 bits of both in hexadecimal, once if they are equal.
    private static String bits(double one, double other) {
        String first = bits(one);
        String second = bits(other);
        return first.equals(second) ? "= " + first : first + " ≠ " + second;
    }

    private static String bits(double number) {
        return String.format(Locale.ROOT, "%016x", Double.doubleToRawLongBits(number));
    }

    private static Table costs(Result result, Page page) {
        Table table = formsTable(page, "cross-entropy-batch.head.loss");
        for (Row row : result.rows()) {
            table.row(
                    Integer.toString(row.label()),
                    Numbers.fixed(row.probability(), 4),
                    number(row.right().loss(), 4),
                    number(row.inside().loss(), 4),
                    number(row.outside().loss(), 4));
        }
        return table.row(
                page.text("cross-entropy-batch.mean"),
                "",
                number(result.right(), 4),
                number(result.inside(), 4),
                number(result.outside(), 4));
    }

    private static Table slopes(Result result, Page page) {
        Table table = formsTable(page, "cross-entropy-batch.head.slope");
        for (Row row : result.rows()) {
            table.row(
                    Integer.toString(row.label()),
                    Numbers.fixed(row.probability(), 4),
                    number(row.right().slope(), 4),
                    number(row.inside().slope(), 4),
                    number(row.outside().slope(), 4));
        }
        return table;
    }

    private static Table formsTable(Page page, String what) {
        return new Table()
                .head(
                        page.text("cross-entropy-batch.head.label"),
                        "y[t]",
                        page.text(what) + "  −log(y + δ)",
                        "−log(y·t)",
                        "−log(y)·t");
    }

    private static String number(double number, int digits) {
        if (Double.isNaN(number)) {
            return "NaN";
        }
        if (Double.isInfinite(number)) {
            return number > 0 ? "∞" : "−∞";
        }
        return Numbers.fixed(number == 0 ? 0 : number, digits); // no −0
    }

    private static Table learned(Result result, Page page) {
        List<String> head = new ArrayList<>();
        head.add(page.text("cross-entropy-batch.head.form"));
        head.add(page.text("cross-entropy-batch.head.accuracy"));
        int digits = result.learned().getFirst().byDigit().size();
        IntStream.range(0, digits).mapToObj(Integer::toString).forEach(head::add);
        Table table = new Table().head(head.toArray(String[]::new));
        for (Learned learned : result.learned()) {
            List<String> row = new ArrayList<>();
            row.add(page.text("cross-entropy-batch.form." + learned.form()));
            if (learned.divergedAt().isPresent()) {
                row.add(page.text("cross-entropy-batch.none"));
            } else {
                row.add(Numbers.percent(learned.accuracy()));
                learned.byDigit().forEach(share -> row.add(Numbers.fixed(100 * share, 0)));
            }
            table.row(row);
        }
        return table;
    }

    private static void explain(Result result, Page page) {
        Learned right = of(Form.RIGHT, result);
        Learned inside = of(Form.TIMES_LABEL_INSIDE, result);
        Learned outside = of(Form.TIMES_LABEL_OUTSIDE, result);
        if (inside.divergedAt().isPresent()) {
            page.paragraph("cross-entropy-batch.see.inside", inside.divergedAt().getAsLong());
        }
        page.paragraph(
                "cross-entropy-batch.see.outside",
                Numbers.percent(outside.byDigit().getFirst()),
                Numbers.percent(right.byDigit().getFirst()),
                Numbers.percent(outside.accuracy()),
                Numbers.percent(right.accuracy()));
    }

    private static Learned of(Form form, Result result) {
        return result.learned().stream()
                .filter(learned -> learned.form() == form)
                .findFirst()
                .orElseThrow();
    }

    @Override
    public List<Illustration> draw(Result result, LessonSetting setting) {
        DigitPictures batch = new DigitPictures(setting.data().train());
        for (int row = 0; row < result.rows().size(); row++) {
            Row sample = result.rows().get(row);
            batch.with(row, sample.label() + ": " + Numbers.fixed(sample.probability(), 2));
        }
        return List.of(
                new Illustration(
                        "cross-entropy-batch.png",
                        batch.sheet(
                                        "The batch: each label and its probability",
                                        ContactSheet.Mark.NONE)
                                .withColumns(Math.max(1, result.rows().size()))
                                .draw()),
                new Illustration(
                        "cross-entropy-batch-mistake.png",
                        Chart.stacked(List.of(costChart(result), accuracyChart(result)))));
    }

    private static Chart costChart(Result result) {
        double[] labels = costs(result, ByLabel::label);
        return Chart.titled("The label must not multiply")
                .withSubtitle(
                        "what a sample costs if its right class has the probability %s"
                                .formatted(Numbers.fixed(result.probability(), 1)))
                .withY(Axis.of("loss, nats"))
                .withLine("-log(y + \u03b4)", labels, costs(result, ByLabel::right))
                .withLine("-log(y t)", labels, costs(result, ByLabel::inside))
                .withLine("-log(y) t", labels, costs(result, ByLabel::outside))
                .withSize(760, 360);
    }

    private static double[] costs(Result result, ToDoubleFunction<ByLabel> cost) {
        return result.byLabel().stream().mapToDouble(cost).toArray();
    }

    private static Chart accuracyChart(Result result) {
        Chart chart =
                Chart.titled("")
                        .withSubtitle("networks that learned by them (-log(y t) stops at once)")
                        .withX(Axis.of("label"))
                        .withY(Axis.of("test accuracy").between(0, 1))
                        .withSize(760, 320);
        for (Learned learned : result.learned()) {
            double[] shares =
                    learned.divergedAt().isPresent()
                            ? learned.byDigit().stream().mapToDouble(share -> Double.NaN).toArray()
                            : learned.byDigit().stream().mapToDouble(Double::doubleValue).toArray();
            double[] labels = IntStream.range(0, shares.length).asDoubleStream().toArray();
            chart = chart.withLine(nameInPicture(learned), labels, shares);
        }
        return chart;
    }

    private static String nameInPicture(Learned learned) {
        return switch (learned.form()) {
            case RIGHT -> "-log(y + \u03b4)";
            case TIMES_LABEL_INSIDE -> learned.divergedAt().isPresent() ? "" : "-log(y t)";
            case TIMES_LABEL_OUTSIDE -> "-log(y) t";
        };
    }
}
