package org.manabi.cli.model;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.manabi.cli.console.Console;
import org.manabi.cli.console.Numbers;
import org.manabi.metrics.Averaging;
import org.manabi.metrics.ConfusionMatrix;
import org.manabi.metrics.WorstMistakes;

/// An evaluation for people.
final class EvaluationText {

    private static final int MISTAKES = 3;

    private final Console console;

    EvaluationText(Console console) {
        this.console = console;
    }

    /// A class that is taken for another, so many times.
    private record Mistake(int label, int predicted, long times) {}

    void print(Evaluation evaluation, String title, String data) {
        console.print(console.text(title, data, Numbers.count(evaluation.score().samples())));
        console.print(
                console.text(
                        "evaluate.score",
                        Numbers.loss(evaluation.score().loss()),
                        Numbers.percent(evaluation.confusion().accuracy())));
        int classes = evaluation.classNames().size();
        if (classes > 2) {
            int k = Math.min(classes - 1, 3);
            console.print(
                    console.text(
                            "evaluate.top",
                            k,
                            Numbers.percent(evaluation.topAccuracy().get(k - 1))));
        }
        console.print(
                console.text(
                        "evaluate.calibration",
                        Numbers.percent(evaluation.calibration().expectedError())));
        console.print(
                console.text(
                        "evaluate.probabilities",
                        Numbers.loss(evaluation.probabilityScores().logLoss()),
                        Numbers.fixed(evaluation.probabilityScores().brier(), 4),
                        Numbers.fixed(evaluation.areas().macroRocAuc(), 4),
                        Numbers.fixed(evaluation.areas().macroPrAuc(), 4)));
        console.print("");
        classes(evaluation.confusion(), evaluation.classNames());
        console.print("");
        matrix(evaluation.confusion(), evaluation.classNames());
        mistakes(evaluation.confusion(), evaluation.classNames());
        worst(evaluation);
    }

    private void worst(Evaluation evaluation) {
        List<String> names = evaluation.classNames();
        for (WorstMistakes.Mistake mistake :
                evaluation.mistakes().worst().stream().limit(MISTAKES).toList()) {
            console.print(
                    console.text(
                            "evaluate.worst",
                            mistake.id(),
                            names.get(mistake.label()),
                            mistake.predicted() < 0 ? "NaN" : names.get(mistake.predicted()),
                            Numbers.percent(mistake.confidence()),
                            Numbers.loss(mistake.loss())));
        }
    }

    private void classes(ConfusionMatrix confusion, List<String> names) {
        console.print(console.text("evaluate.classes"));
        for (int k = 0; k < names.size(); k++) {
            console.print(
                    String.format(
                            Locale.ROOT,
                            "%8s  %9s  %9s  %9s  %9s",
                            names.get(k),
                            Numbers.percent(confusion.precision(k)),
                            Numbers.percent(confusion.recall(k)),
                            Numbers.percent(confusion.f1(k)),
                            Numbers.count(confusion.support(k))));
        }
        average("macro", Averaging.MACRO, confusion);
        average("weighted", Averaging.WEIGHTED, confusion);
    }

    private void average(String name, Averaging averaging, ConfusionMatrix confusion) {
        console.print(
                String.format(
                        Locale.ROOT,
                        "%8s  %9s  %9s  %9s  %9s",
                        name,
                        Numbers.percent(confusion.precision(averaging)),
                        Numbers.percent(confusion.recall(averaging)),
                        Numbers.percent(confusion.f1(averaging)),
                        Numbers.count(confusion.total())));
    }

    private void matrix(ConfusionMatrix confusion, List<String> names) {
        console.print(console.text("evaluate.confusion"));
        StringBuilder head = new StringBuilder(" ".repeat(8));
        names.forEach(name -> head.append(String.format(Locale.ROOT, "%6s", name)));
        console.print(head.toString());
        for (int label = 0; label < names.size(); label++) {
            StringBuilder row =
                    new StringBuilder(String.format(Locale.ROOT, "%8s", names.get(label)));
            for (int predicted = 0; predicted < names.size(); predicted++) {
                long count = confusion.count(label, predicted);
                row.append(count == 0 ? "     ·" : String.format(Locale.ROOT, "%6d", count));
            }
            console.print(row.toString());
        }
    }

    private void mistakes(ConfusionMatrix confusion, List<String> names) {
        List<Mistake> mistakes = new ArrayList<>();
        for (int label = 0; label < names.size(); label++) {
            for (int predicted = 0; predicted < names.size(); predicted++) {
                long times = confusion.count(label, predicted);
                if (label != predicted && times > 0) {
                    mistakes.add(new Mistake(label, predicted, times));
                }
            }
        }
        mistakes.sort(Comparator.comparingLong(Mistake::times).reversed());
        if (!mistakes.isEmpty()) {
            console.print("");
        }
        for (Mistake mistake : mistakes.subList(0, Math.min(MISTAKES, mistakes.size()))) {
            console.print(
                    console.text(
                            "evaluate.mistake",
                            names.get(mistake.label()),
                            names.get(mistake.predicted()),
                            mistake.times()));
        }
    }
}
