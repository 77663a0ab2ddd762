package org.manabi.cli.lesson;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.manabi.board.lesson.DataDriven;
import org.manabi.board.lesson.DataDriven.Approach;
import org.manabi.board.lesson.DataDriven.Mistake;
import org.manabi.board.lesson.DataDriven.Outcome;
import org.manabi.board.lesson.DataDriven.Result;
import org.manabi.board.lesson.DataDriven.RuleUse;
import org.manabi.board.lesson.Progress;
import org.manabi.cli.console.Numbers;
import org.manabi.data.Dataset;
import org.manabi.formats.png.BarChart;
import org.manabi.formats.png.ContactSheet;
import org.manabi.formats.png.Picture;

/// Tells of the three ways to a program that reads digits.
final class DataDrivenLesson implements Lesson<Result> {

    private static final int BAR = 12;
    private static final int SHOWN_IN_TERMINAL = 5;
    private static final int SHOWN_IN_PICTURE = 20;

    @Override
    public Result compute(LessonSetting setting, Progress progress) {
        DataDriven.Settings settings =
                DataDriven.Settings.DEFAULTS
                        .withSeed(setting.seed())
                        .withThreads(setting.threads());
        return DataDriven.compute(setting.data(), settings, progress);
    }

    @Override
    public void tell(Result result, LessonSetting setting, Page page) {
        page.section("section.idea");
        page.paragraph("data-driven.idea.1");
        page.formula("data-driven.ways");
        page.paragraph(
                "data-driven.idea.2",
                Numbers.count(result.trainSamples()),
                Numbers.count(result.testSamples()));

        page.section("section.numbers");
        page.table(accuracies(result, page));
        page.paragraph("data-driven.by-digit");
        page.table(byDigit(result, page));
        page.paragraph("data-driven.rules");
        page.table(rules(result, page));

        page.section("section.see");
        for (Outcome outcome : result.outcomes()) {
            explain(outcome, result, page);
            page.drawing(
                    mistakes(setting.data().test(), outcome, SHOWN_IN_TERMINAL, " → ").lines());
        }
        page.program("data-driven");
        page.commands(
                "manabi lesson data-driven --seed 1",
                "manabi train mnist --model mlp:200",
                "manabi data show mnist");
    }

    private static Table accuracies(Result result, Page page) {
        Table table =
                new Table()
                        .head(
                                page.text("data-driven.head.approach"),
                                page.text("data-driven.head.learned"),
                                page.text("data-driven.head.accuracy"),
                                "")
                        .leftAt(3);
        for (Outcome outcome : result.outcomes()) {
            table.row(
                    name(outcome, page),
                    Numbers.count(outcome.learned()),
                    Numbers.percent(outcome.accuracy()),
                    "━".repeat((int) Math.round(BAR * outcome.accuracy())));
        }
        return table;
    }

    private static String name(Outcome outcome, Page page) {
        return page.text("data-driven.approach." + outcome.approach());
    }

    private static Table byDigit(Result result, Page page) {
        List<String> head = new ArrayList<>(List.of(""));
        int digits = result.outcomes().getFirst().byDigit().size();
        IntStream.range(0, digits).mapToObj(Integer::toString).forEach(head::add);
        Table table = new Table().head(head.toArray(String[]::new));
        for (Outcome outcome : result.outcomes()) {
            List<String> row = new ArrayList<>();
            row.add(page.text("data-driven.short." + outcome.approach()));
            outcome.byDigit().forEach(share -> row.add(Numbers.fixed(100 * share, 0) + "%"));
            table.row(row);
        }
        return table;
    }

    private static Table rules(Result result, Page page) {
        Table table =
                new Table()
                        .head(
                                page.text("data-driven.head.rule"),
                                "",
                                page.text("data-driven.head.used"),
                                page.text("data-driven.head.right"));
        for (RuleUse use : result.rules()) {
            double right = use.used() == 0 ? 0 : use.right() / (double) use.used();
            table.row(
                    page.text("data-driven.rule." + use.rule().name()),
                    "→ " + use.rule().digit(),
                    Numbers.count(use.used()),
                    Numbers.percent(right));
        }
        return table;
    }

    private static void explain(Outcome outcome, Result result, Page page) {
        switch (outcome.approach()) {
            case HAND_WRITTEN_RULE -> {
                int best = extreme(outcome, Comparator.naturalOrder());
                int worst = extreme(outcome, Comparator.reverseOrder());
                page.paragraph(
                        "data-driven.see.HAND_WRITTEN_RULE",
                        result.rules().size(),
                        best,
                        Numbers.percent(outcome.byDigit().get(best)),
                        worst,
                        Numbers.percent(outcome.byDigit().get(worst)));
            }
            case HAND_MADE_FEATURES, NEURAL_NETWORK ->
                    page.paragraph(
                            "data-driven.see." + outcome.approach(),
                            Numbers.count(outcome.learned()));
        }
        page.paragraph(
                "data-driven.mistakes",
                name(outcome, page),
                Numbers.count(outcome.mistakes().size()),
                Numbers.count(result.testSamples()));
    }

    /// The digit whose accuracy comes last in this order.
    private static int extreme(Outcome outcome, Comparator<Double> order) {
        return IntStream.range(0, outcome.byDigit().size())
                .filter(digit -> !outcome.byDigit().get(digit).isNaN())
                .boxed()
                .max(Comparator.comparing(digit -> outcome.byDigit().get(digit), order))
                .orElse(0);
    }

    private static DigitPictures mistakes(
            Dataset test, Outcome outcome, int count, String between) {
        DigitPictures pictures = new DigitPictures(test);
        for (Mistake mistake : outcome.mistakes().stream().limit(count).toList()) {
            pictures.with(mistake.row(), mistake.label() + between + mistake.guess());
        }
        return pictures;
    }

    @Override
    public List<Illustration> draw(Result result, LessonSetting setting) {
        BarChart bars =
                BarChart.titled("Three ways to read digits")
                        .withSubtitle(
                                "share of %s test pictures read rightly"
                                        .formatted(Numbers.count(result.testSamples())));
        List<Picture> pictures = new ArrayList<>();
        for (Outcome outcome : result.outcomes()) {
            String name = nameInPicture(outcome.approach());
            bars = bars.withBar(name, outcome.accuracy(), Numbers.percent(outcome.accuracy()));
            pictures.add(
                    mistakes(setting.data().test(), outcome, SHOWN_IN_PICTURE, ", not ")
                            .sheet("Read wrongly by the " + name, ContactSheet.Mark.WRONG)
                            .draw());
        }
        pictures.addFirst(bars.draw());
        return List.of(new Illustration("data-driven.png", Picture.stacked(pictures)));
    }

    private static String nameInPicture(Approach approach) {
        return switch (approach) {
            case HAND_WRITTEN_RULE -> "hand-written rule";
            case HAND_MADE_FEATURES -> "features by hand + linear classifier";
            case NEURAL_NETWORK -> "neural network on pixels";
        };
    }
}
