// Lesson 4: draw a mini-batch with a seed, and see NumPy's numbers and the digits.

import { get } from "./api.js";
import { Chart } from "./chart.js";
import { fill, h, picture, pixelsOf } from "./dom.js";
import { computed, numberField, table } from "./lesson.js";
import { count, number, percent, t } from "./text.js";

/** @param {HTMLElement} body @param {AbortSignal} signal */
export function batchLesson(body, signal) {
  const seed = numberField("seed", t("fact.seed"), 0, 0, 4294967295, draw);
  const size = numberField("count", t("batch.size"), 10, 1, 100, draw);
  const twice = h("input", { type: "checkbox", id: "replacement", checked: true, onchange: draw });
  const numbers = h("pre", { id: "numbers", tabindex: 0 });
  const digits = h("div.digits");
  body.append(h("div.card", null,
    h("div.row", null, seed.label, size.label, h("label", null, twice, t("batch.replacement")), h("button.primary", { type: "button", id: "next", onclick: () => { seed.input.value = String((Number(seed.input.value) + 1) % 4294967296); draw(); } }, t("batch.next"))),
    numbers, digits));

  async function draw() {
    try {
      const drawn = await get(`lessons/mini-batch/draw?seed=${seed.input.value}&count=${size.input.value}&replacement=${twice.checked}`, signal);
      numbers.textContent = `np.random.seed(${seed.input.value})\nnp.random.choice(${drawn.samples}, ${drawn.rows.length}${twice.checked ? "" : ", replace=False"})\n→ [${drawn.rows.join(" ")}]`;
      fill(digits, drawn.pictures.map((text, i) => h("div.digit", null, picture(pixelsOf(text), drawn.width, 64, t("picture.of", drawn.labels[i])), h("div", null, drawn.labels[i]), h("div", null, "#" + drawn.rows[i]))));
    } catch (error) {
      if (error.name !== "AbortError") numbers.textContent = error.message;
    }
  }
  draw();

  const charts = [];
  body.append(h("h2", null, t("batch.estimates")), h("p", null, t("batch.estimates.how")), computed({
    signal,
    path: () => `lessons/mini-batch/run?seed=${seed.input.value}`,
    show(result, into) {
      charts.splice(0).forEach(chart => chart.close());
      const chart = new Chart({ title: t("batch.spread"), x: t("column.train.loss") });
      charts.push(chart);
      const all = result.estimates.flatMap(e => e.estimates);
      const low = Math.min(...all), high = Math.max(...all), bins = 60;
      const x = Array.from({ length: bins }, (_, i) => low + ((i + 0.5) * (high - low)) / bins);
      into.append(chart.element);
      chart.show(result.estimates.map((e, i) => {
        const counts = new Array(bins).fill(0);
        for (const v of e.estimates) counts[Math.min(bins - 1, Math.floor(((v - low) / (high - low)) * bins))]++;
        return { label: t("batch.of", e.batchSize), x, y: counts, hue: i, points: false, step: true };
      }), [{ x: result.loss, label: t("batch.all", count(result.samples)) }]);
      into.append(table([t("batch.size"), t("batch.mean"), t("batch.deviation"), "σ/√n"], result.estimates.map(e => [count(e.batchSize), number(e.mean), number(e.spread), number(e.expectedSpread)])),
        h("p", null, t("batch.coverage", percent(result.coverageWithReplacement.seen / result.samples, 1), percent(result.coverageOfEpoch.seen / result.samples, 1))));
    },
  }));
  signal.addEventListener("abort", () => charts.forEach(chart => chart.close()));
  return {
    java: `var random = RandomState.of(0);
int[] rows = random.choice(60_000, 10);  // 2732 43567 42613 …
var batch = Mnist.load().train().select(rows);`,
    command: "./manabi sample 60000 10 --seed 0\n./manabi lesson mini-batch --seed 0",
  };
}
