package org.manabi.cli.report;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.manabi.cli.console.Console;
import org.manabi.cli.console.Language;
import org.manabi.cli.console.Numbers;
import org.manabi.cli.model.Evaluation;
import org.manabi.cli.report.CurveSvg.Point;
import org.manabi.data.Dataset;
import org.manabi.formats.json.JsonValue;
import org.manabi.formats.png.Picture;
import org.manabi.formats.run.RunDirectory;
import org.manabi.metrics.ConfusionMatrix;
import org.manabi.metrics.WorstMistakes;
import org.manabi.train.EpochScores;
import org.manabi.train.Model;
import org.manabi.train.Score;

/// The page of a report as it grows: HTML with its style, its drawings and its pictures within, and
/// nothing outside.
final class ReportPage {

    private static final int ZOOM = 3;

    private static final String STYLE =
            """
            :root{color-scheme:light dark;--a:#1565c0;--b:#d84315;--c:#2e7d32}
            @media(prefers-color-scheme:dark){:root{--a:#64b5f6;--b:#ff8a65;--c:#81c784}}
            body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem}
            table{border-collapse:collapse;margin:1rem 0}td,th{padding:.2rem .6rem;text-align:right}
            th:first-child,td:first-child{text-align:left}tr{border-bottom:1px solid #8884}
            .confusion td{text-align:center;min-width:2.2rem}.hit{font-weight:bold}
            .scroll{overflow-x:auto}figure{margin:1rem 0}svg{width:100%;max-width:40rem;height:auto}
            .grid{stroke:#8884}.line{fill:none;stroke-width:1.8}svg text{font-size:11px;fill:currentColor}
            .y{text-anchor:end}.x{text-anchor:middle}
            .train{stroke:var(--a)}.validation{stroke:var(--b)}.frozen{stroke:var(--c)}
            .steps{stroke:var(--a);opacity:.35}
            .legend span{margin-right:1rem;border-bottom:3px solid}
            .legend .train,.legend .steps{border-color:var(--a)}.legend .validation{border-color:var(--b)}
            .legend .frozen{border-color:var(--c)}
            .warning{border-left:4px solid var(--b);padding:.4rem 1rem}
            .mistakes{display:flex;flex-wrap:wrap;gap:1rem}.mistakes figure{margin:0;width:9rem}
            .mistakes img{image-rendering:pixelated;width:84px;height:84px}
            code{word-break:break-all}
            """;

    private final Console console;
    private final StringBuilder html = new StringBuilder();

    ReportPage(Console console) {
        this.console = console;
    }

    void begin(RunDirectory run, Model<?> model) {
        String title = console.text("report.title", String.valueOf(run.folder().getFileName()));
        String language = console.messages().language() == Language.JA ? "ja" : "en";
        html.append("<!DOCTYPE html>\n<html lang=\"")
                .append(language)
                .append("\"><head><meta charset=\"utf-8\">")
                .append(
                        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none';")
                .append(" img-src data:; style-src 'unsafe-inline'\">")
                .append("<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">")
                .append("<title>")
                .append(Html.text(title))
                .append("</title><style>")
                .append(STYLE)
                .append("</style></head><body>\n<h1>")
                .append(Html.text(title))
                .append("</h1>\n");
        html.append("<table>");
        row(console.text("report.state"), run.state().word());
        row(console.text("report.created"), run.created().toString());
        row(console.text("report.data"), run.description().data());
        row(console.text("report.network"), model.toString());
        row(console.text("report.parameters"), Numbers.count(run.description().parameters()));
        row(console.text("report.seed"), Long.toString(run.description().seed()));
        for (Map.Entry<String, JsonValue> setting :
                run.description().config().fields().entrySet()) {
            if (setting.getValue().asText().isPresent()
                    || setting.getValue().asDouble().isPresent()) {
                row(
                        setting.getKey(),
                        setting.getValue().asText().orElse(setting.getValue().toString()));
            }
        }
        run.results()
                .get("weightsSha256")
                .flatMap(JsonValue::asText)
                .ifPresent(sha256 -> row("SHA-256", sha256));
        html.append("</table>\n");
    }

    private void row(String name, String value) {
        html.append("<tr><td>")
                .append(Html.text(name))
                .append("</td><td><code>")
                .append(Html.text(value))
                .append("</code></td></tr>\n");
    }

    private void heading(String text) {
        html.append("<h2>").append(Html.text(text)).append("</h2>\n");
    }

    void paragraph(String style, String text) {
        html.append("<p class=\"")
                .append(style)
                .append("\">")
                .append(Html.text(text))
                .append("</p>\n");
    }

    void curves(Curves curves) {
        heading(console.text("report.curves"));
        List<Point> steps =
                curves.steps().stream()
                        .map(step -> new Point((double) step.step(), step.loss()))
                        .toList();
        CurveSvg losses =
                new CurveSvg(console.text("report.loss"))
                        .with(console.text("report.mini-batches"), "steps", steps);
        CurveSvg accuracies = new CurveSvg(console.text("report.accuracy"));
        List<Point> running = new ArrayList<>();
        List<Point> frozen = new ArrayList<>();
        List<Point> validation = new ArrayList<>();
        List<Point> runningRight = new ArrayList<>();
        List<Point> frozenRight = new ArrayList<>();
        List<Point> validationRight = new ArrayList<>();
        for (EpochScores epoch : curves.epochs()) {
            add(epoch.step(), epoch.running(), running, runningRight);
            Score again = epoch.frozen();
            if (again != null) {
                add(epoch.step(), again, frozen, frozenRight);
            }
            Score held = epoch.validation();
            if (held != null) {
                add(epoch.step(), held, validation, validationRight);
            }
        }
        String train = console.text("report.running");
        String still = console.text("report.frozen");
        String held = console.text("report.validation");
        losses.with(train, "train", running)
                .with(still, "frozen", frozen)
                .with(held, "validation", validation);
        accuracies
                .with(train, "train", runningRight)
                .with(still, "frozen", frozenRight)
                .with(held, "validation", validationRight);
        for (CurveSvg chart : List.of(losses, accuracies)) {
            if (!chart.isEmpty()) {
                html.append(chart.draw());
            }
        }
    }

    private static void add(long step, Score score, List<Point> losses, List<Point> right) {
        losses.add(new Point((double) step, score.loss()));
        score.accuracy().ifPresent(accuracy -> right.add(new Point((double) step, accuracy)));
    }

    void evaluation(Evaluation evaluation, Dataset test) {
        heading(console.text("report.test", Numbers.count(evaluation.score().samples())));
        html.append("<table>");
        row(console.text("report.loss"), Numbers.loss(evaluation.score().loss()));
        row(console.text("report.accuracy"), Numbers.percent(evaluation.confusion().accuracy()));
        row(
                console.text("report.calibration"),
                Numbers.percent(evaluation.calibration().expectedError()));
        html.append("</table>\n");
        classes(evaluation);
        confusion(evaluation);
        mistakes(evaluation, test);
    }

    private void classes(Evaluation evaluation) {
        heading(console.text("report.classes"));
        html.append("<table><tr>");
        for (String name :
                List.of(
                        console.text("report.class"),
                        console.text("report.precision"),
                        console.text("report.recall"),
                        "F1",
                        console.text("report.samples"))) {
            html.append("<th>").append(Html.text(name)).append("</th>");
        }
        html.append("</tr>\n");
        ConfusionMatrix matrix = evaluation.confusion();
        for (int k = 0; k < matrix.classes(); k++) {
            html.append("<tr><td>")
                    .append(Html.text(evaluation.classNames().get(k)))
                    .append("</td>");
            for (double share :
                    new double[] {matrix.precision(k), matrix.recall(k), matrix.f1(k)}) {
                html.append("<td>").append(Numbers.percent(share)).append("</td>");
            }
            html.append("<td>").append(Numbers.count(matrix.support(k))).append("</td></tr>\n");
        }
        html.append("</table>\n");
    }

    private void confusion(Evaluation evaluation) {
        heading(console.text("report.confusion"));
        html.append("<div class=\"scroll\"><table class=\"confusion\"><tr><th></th>");
        evaluation
                .classNames()
                .forEach(name -> html.append("<th>").append(Html.text(name)).append("</th>"));
        html.append("</tr>\n");
        ConfusionMatrix matrix = evaluation.confusion();
        for (int label = 0; label < matrix.classes(); label++) {
            html.append("<tr><th>")
                    .append(Html.text(evaluation.classNames().get(label)))
                    .append("</th>");
            for (int predicted = 0; predicted < matrix.classes(); predicted++) {
                long count = matrix.count(label, predicted);
                double share = (double) count / Math.max(1, matrix.support(label));
                html.append(
                        String.format(
                                Locale.ROOT,
                                "<td class=\"%s\" style=\"background:rgba(%s,%.3f)\">%s</td>",
                                label == predicted ? "hit" : "miss",
                                label == predicted ? "46,125,50" : "216,67,21",
                                label == predicted ? 0.5 * share : Math.min(0.8, 4 * share),
                                count == 0 ? "·" : Numbers.count(count)));
            }
            html.append("</tr>\n");
        }
        html.append("</table></div>\n");
        paragraph("note", console.text("report.confusion.note"));
    }

    private void mistakes(Evaluation evaluation, Dataset test) {
        heading(console.text("report.mistakes", Numbers.count(evaluation.mistakes().count())));
        html.append("<div class=\"mistakes\">\n");
        for (WorstMistakes.Mistake mistake : evaluation.mistakes().worst()) {
            html.append("<figure>");
            picture(test, Math.toIntExact(mistake.id()));
            html.append("<figcaption>")
                    .append(
                            Html.text(
                                    console.text(
                                            "report.mistake",
                                            Long.toString(mistake.id()),
                                            name(evaluation, mistake.label()),
                                            name(evaluation, mistake.predicted()),
                                            Numbers.percent(mistake.confidence()))))
                    .append("</figcaption></figure>\n");
        }
        html.append("</div>\n");
    }

    private static String name(Evaluation evaluation, int k) {
        return k < 0 ? "NaN" : evaluation.classNames().get(k);
    }

    /// The sample as a picture, if it is a square of grey pixels.
    private void picture(Dataset test, int row) {
        int size = test.sampleShape().size();
        int side = (int) Math.round(Math.sqrt(size));
        if (side * side != size || side < 5) {
            return;
        }
        double[] shares = test.input(row).toDoubles();
        byte[] grey = new byte[size * ZOOM * ZOOM];
        for (int y = 0; y < side * ZOOM; y++) {
            for (int x = 0; x < side * ZOOM; x++) {
                double share = shares[y / ZOOM * side + x / ZOOM];
                grey[y * side * ZOOM + x] =
                        (byte) Math.round(255 * (1 - Math.clamp(share, 0.0, 1.0)));
            }
        }
        byte[] png = Picture.ofGrey(side * ZOOM, side * ZOOM, grey).png();
        html.append("<img alt=\"\" src=\"data:image/png;base64,")
                .append(Base64.getEncoder().encodeToString(png))
                .append("\">");
    }

    String end() {
        return html.append("</body></html>\n").toString();
    }
}
