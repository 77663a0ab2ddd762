package org.manabi.cli.lesson;

import java.util.List;
import java.util.stream.Collectors;
import org.manabi.board.lesson.MiniBatch;
import org.manabi.board.lesson.MiniBatch.Coverage;
import org.manabi.board.lesson.MiniBatch.Draw;
import org.manabi.board.lesson.MiniBatch.Estimates;
import org.manabi.board.lesson.MiniBatch.Result;
import org.manabi.board.lesson.Progress;
import org.manabi.cli.console.Numbers;
import org.manabi.formats.png.Axis;
import org.manabi.formats.png.Chart;
import org.manabi.formats.png.ContactSheet;
import org.manabi.formats.png.Picture;

/// Tells of mini-batches: drawn by lot, they stand for all samples.
final class MiniBatchLesson implements Lesson<Result> {

    private static final int BAR = 22;
    private static final int BINS = 60;

    @Override
    public Result compute(LessonSetting setting, Progress progress) {
        MiniBatch.Settings settings =
                MiniBatch.Settings.DEFAULTS.withSeed(setting.seed()).withThreads(setting.threads());
        return MiniBatch.compute(setting.data().train(), settings, progress);
    }

    @Override
    public void tell(Result result, LessonSetting setting, Page page) {
        String samples = Integer.toString(result.samples());
        int drawn = result.replacement().rows().size();
        page.section("section.idea");
        page.paragraph("mini-batch.idea.1", Numbers.count(result.samples()));
        page.paragraph("mini-batch.idea.2");

        page.section("section.formula");
        page.formula("mini-batch.formula");

        page.section("section.numbers");
        page.paragraph("mini-batch.drawn", setting.seed());
        page.drawing(
                List.of(
                        "np.random.choice(%s, %d)".formatted(samples, drawn),
                        joined(result.replacement().rows())));
        page.drawing(pictures(result.replacement(), setting).lines());
        page.paragraph("mini-batch.no-replacement");
        page.drawing(
                List.of(
                        "np.random.choice(%s, %d, replace=False)".formatted(samples, drawn),
                        joined(result.noReplacement().rows())));
        tellOfCoverage(result, page);
        tellOfEstimates(result, page);

        page.program("mini-batch");
        String sample = "manabi sample %s %d --seed %d".formatted(samples, drawn, setting.seed());
        page.commands(
                sample,
                sample + " --without-replacement",
                "manabi train mnist --sampling replacement --batch-size 10");
    }

    private static String joined(List<Integer> rows) {
        return rows.stream().map(row -> Integer.toString(row)).collect(Collectors.joining(" "));
    }

    private static DigitPictures pictures(Draw draw, LessonSetting setting) {
        DigitPictures pictures = new DigitPictures(setting.data().train());
        for (int i = 0; i < draw.rows().size(); i++) {
            pictures.with(draw.rows().get(i), draw.labels().get(i) + "  #" + draw.rows().get(i));
        }
        return pictures;
    }

    private static void tellOfCoverage(Result result, Page page) {
        Coverage replacement = result.coverageWithReplacement();
        Coverage epoch = result.coverageOfEpoch();
        page.paragraph("mini-batch.coverage", Numbers.count(result.samples()));
        Table table =
                new Table()
                        .head(
                                page.text("mini-batch.head.times"),
                                page.text("mini-batch.head.replacement"),
                                page.text("mini-batch.head.epoch"))
                        .rightAt(0);
        int most = Math.max(replacement.timesDrawn().size(), epoch.timesDrawn().size());
        for (int times = 0; times < most; times++) {
            table.row(Integer.toString(times), count(replacement, times), count(epoch, times));
        }
        page.table(table);
        double missed = 1 - replacement.seen() / (double) result.samples();
        page.paragraph(
                "mini-batch.coverage.see",
                Numbers.percent(missed),
                Numbers.percent(1 / Math.E),
                Numbers.percent(epoch.seen() / (double) result.samples()));
    }

    private static String count(Coverage coverage, int times) {
        return times < coverage.timesDrawn().size()
                ? Numbers.count(coverage.timesDrawn().get(times))
                : "0";
    }

    private static void tellOfEstimates(Result result, Page page) {
        int repeats = result.estimates().getFirst().estimates().size();
        page.section("section.see");
        page.paragraph(
                "mini-batch.estimates",
                Numbers.count(result.samples()),
                Numbers.fixed(result.loss(), 4),
                Numbers.fixed(result.deviation(), 4),
                Numbers.count(repeats));
        Table table =
                new Table()
                        .head(
                                page.text("mini-batch.head.size"),
                                page.text("mini-batch.head.mean"),
                                page.text("mini-batch.head.spread"),
                                "σ/√n",
                                "")
                        .rightAt(0)
                        .leftAt(4);
        double widest = result.estimates().stream().mapToDouble(Estimates::spread).max().orElse(1);
        for (Estimates estimates : result.estimates()) {
            int bar = (int) Math.max(1, Math.round(BAR * estimates.spread() / widest));
            table.row(
                    Numbers.count(estimates.batchSize()),
                    Numbers.fixed(estimates.mean(), 4),
                    Numbers.fixed(estimates.spread(), 4),
                    Numbers.fixed(estimates.expectedSpread(), 4),
                    "━".repeat(bar));
        }
        page.table(table);
        Estimates first = result.estimates().getFirst();
        Estimates last = result.estimates().getLast();
        page.paragraph(
                "mini-batch.estimates.see",
                Numbers.count(last.batchSize() / first.batchSize()),
                Numbers.fixed(first.spread() / last.spread(), 1),
                Numbers.fixed(Math.sqrt(last.batchSize() / (double) first.batchSize()), 1));
    }

    @Override
    public List<Illustration> draw(Result result, LessonSetting setting) {
        String drawn =
                "np.random.choice(%d, %d"
                        .formatted(result.samples(), result.replacement().rows().size());
        Picture digits =
                Picture.stacked(
                        List.of(
                                pictures(result.replacement(), setting)
                                        .sheet(
                                                "np.random.seed(%d); ".formatted(setting.seed())
                                                        + drawn
                                                        + ")",
                                                ContactSheet.Mark.NONE)
                                        .draw(),
                                pictures(result.noReplacement(), setting)
                                        .sheet(drawn + ", replace=False)", ContactSheet.Mark.NONE)
                                        .draw()));
        return List.of(
                new Illustration("mini-batch.png", digits),
                new Illustration("mini-batch-estimates.png", histograms(result).draw()));
    }

    private static Chart histograms(Result result) {
        Chart chart =
                Chart.titled("A mini-batch estimates the loss on all samples")
                        .withSubtitle(
                                "%s mini-batches of each size"
                                        .formatted(
                                                Numbers.count(
                                                        result.estimates()
                                                                .getFirst()
                                                                .estimates()
                                                                .size())))
                        .withY(Axis.of("share of mini-batches per bin").from(0));
        double high =
                result.estimates().getFirst().estimates().stream()
                        .mapToDouble(Double::doubleValue)
                        .max()
                        .orElse(1);
        for (Estimates estimates : result.estimates()) {
            chart = histogram(chart, estimates, high);
        }
        return chart.withX(Axis.of("loss of the mini-batch, nats").between(0, high))
                .withMarker(
                        result.loss(),
                        "all %s: %s"
                                .formatted(
                                        Numbers.count(result.samples()),
                                        Numbers.fixed(result.loss(), 3)));
    }

    private static Chart histogram(Chart chart, Estimates estimates, double high) {
        double[] xs = new double[BINS + 1];
        double[] shares = new double[BINS + 1];
        for (int bin = 0; bin <= BINS; bin++) {
            xs[bin] = high * bin / BINS;
        }
        for (double estimate : estimates.estimates()) {
            int bin = (int) Math.min(BINS - 1, estimate / high * BINS);
            shares[bin] += 1.0 / estimates.estimates().size();
        }
        String name = "n = " + Numbers.count(estimates.batchSize());
        return chart.withSteps(name, xs, shares);
    }
}
