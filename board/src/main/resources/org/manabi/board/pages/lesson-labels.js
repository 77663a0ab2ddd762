// Lesson 5: the cross-entropy of a batch from one-hot rows and from labels, and the chapter's mistake.

import { Chart } from "./chart.js";
import { h } from "./dom.js";
import { computed, numberField, table } from "./lesson.js";
import { count, number, percent, t } from "./text.js";

/** @param {HTMLElement} body @param {AbortSignal} signal */
export function labelsLesson(body, signal) {
  const seed = numberField("seed", t("fact.seed"), 0, 0, 4294967295);
  const charts = [];
  const value = v => (typeof v === "string" ? (v === "Infinity" ? "∞" : v) : number(v));
  body.append(
    h("div.cards", null,
      h("div.card", null, h("h2", null, t("labels.one-hot")), h("div.formula", null, "−(1/N) Σₙ Σₖ tₙₖ log(yₙₖ + δ)"), h("pre", { tabindex: 0 }, "-np.sum(t * np.log(y + 1e-7)) / N")),
      h("div.card", null, h("h2", null, t("labels.label")), h("div.formula", null, "−(1/N) Σₙ log(yₙ[tₙ] + δ)"), h("pre", { tabindex: 0 }, "-np.sum(np.log(y[np.arange(N), t] + 1e-7)) / N")),
      h("div.card", null, h("h2", null, t("labels.mistake")), h("div.formula", null, "−(1/N) Σₙ log(yₙ[tₙ] · tₙ)"), h("pre", { tabindex: 0 }, "-np.sum(np.log(y[np.arange(N), t] * t)) / N"), h("p.small", null, t("labels.mistake.how")))),
    computed({
      signal,
      inputs: [seed.label],
      path: () => `lessons/cross-entropy-batch/run?seed=${seed.input.value}`,
      show(result, into) {
        charts.splice(0).forEach(chart => chart.close());
        const chart = new Chart({ title: t("labels.cost", result.probability), x: t("labels.the-label"), height: 240 });
        charts.push(chart);
        const digits = result.byLabel.map(b => b.label);
        into.append(h("div.explain", null, h("p", { id: "equal" }, t("labels.equal", count(result.equal), count(result.checked)))),
          table([t("labels.the-label"), "y[t]", t("labels.one-hot"), t("labels.label"), t("labels.inside"), t("labels.outside")],
            [...result.rows.map(r => [String(r.label), value(r.predicted[r.label]), value(r.oneHot), value(r.right.loss), value(r.inside.loss), value(r.outside.loss)]),
              [t("labels.mean"), "", value(result.oneHot), value(result.right), value(result.inside), value(result.outside)]]),
          chart.element, h("h2", null, t("labels.learned")),
          table([t("labels.form"), t("fact.test-accuracy"), t("labels.zeros"), t("labels.ends")], result.learned.map(l => [t("labels.form." + l.form), percent(l.accuracy), percent(l.byDigit[0], 1), l.divergedAt === null ? t("labels.fine") : t("labels.diverged", l.divergedAt)])));
        const finite = v => (typeof v === "number" ? v : NaN);
        chart.show([
          { label: t("labels.form.right"), x: digits, y: result.byLabel.map(b => finite(b.right)), hue: 2, points: true },
          { label: t("labels.form.times-label-inside"), x: digits, y: result.byLabel.map(b => finite(b.inside)), hue: 1, points: true },
          { label: t("labels.form.times-label-outside"), x: digits, y: result.byLabel.map(b => finite(b.outside)), hue: 3, points: true },
        ]);
      },
    }));
  signal.addEventListener("abort", () => charts.forEach(chart => chart.close()));
  return {
    java: `CrossEntropy.BOOK.of(y, Labels.of(10, 2, 7, 0)).value().item();
CrossEntropy.BOOK.of(y, OneHot.of(rows)).value().item();  // the same bits`,
    command: "./manabi lesson cross-entropy-batch --seed 0",
  };
}
