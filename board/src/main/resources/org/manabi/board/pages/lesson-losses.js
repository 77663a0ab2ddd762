// Lesson 3: move probabilities, and watch both losses.

import { get } from "./api.js";
import { Chart } from "./chart.js";
import { fill, h } from "./dom.js";
import { slider } from "./lesson.js";
import { number, t } from "./text.js";

const BOOK = [[0.1, 0.05, 0.6, 0, 0.05, 0.1, 0, 0.1, 0, 0], [0.1, 0.05, 0.1, 0, 0.05, 0.1, 0, 0.6, 0, 0]];

/** @param {HTMLElement} body @param {AbortSignal} signal */
export function lossesLesson(body, signal) {
  let y = [...BOOK[0]];
  let label = 2;
  const squares = h("div.big", { id: "squares" }, "–");
  const entropy = h("div.big", { id: "cross-entropy" }, "–");
  const chart = new Chart({ title: t("losses.curve"), x: t("losses.right"), height: 280 });
  const slopes = h("div.scroll");
  const sum = h("p.small.muted");
  const shares = y.map((v, k) => slider("y" + k, String(k), v, 0, 1, 0.01, v => v.toFixed(2), value => { move(k, value); ask(); }));
  const select = h("select", { id: "label", onchange: () => { label = Number(select.value); ask(); } }, y.map((_, k) => h("option", { value: String(k), selected: k === label }, String(k))));
  body.append(
    h("div.card", null, h("div.row", null, h("label", null, t("losses.label"), select),
      BOOK.map((vector, i) => h("button", { type: "button", id: "book" + i, onclick: () => { y = [...vector]; y.forEach((v, k) => shares[k].set(v)); ask(); } }, t("losses.book", i + 1)))),
    h("p.small.muted", null, t("losses.move")), h("div.sliders", null, shares.map(s => s.element)), sum),
    h("div.grid", null,
      h("div.card", null, h("h2", null, t("losses.squares")), h("div.formula", null, "E = ½ Σₖ (yₖ − tₖ)²"), squares, h("div.small.muted", null, "∂E/∂yₖ = yₖ − tₖ")),
      h("div.card", null, h("h2", null, t("losses.entropy")), h("div.formula", null, "E = −Σₖ tₖ log(yₖ + 10⁻⁷)"), entropy, h("div.small.muted", null, "∂E/∂yₖ = −tₖ / (yₖ + 10⁻⁷)"))),
    chart.element, h("div.card", null, h("h2", null, t("losses.slopes")), slopes));

  /** One probability moves; the others keep their proportions, so that the sum stays 1. */
  function move(k, value) {
    const rest = y.reduce((sum, v, i) => (i === k ? sum : sum + v), 0);
    y = y.map((v, i) => (i === k ? value : rest > 1e-9 ? (v * (1 - value)) / rest : (1 - value) / 9));
    y.forEach((v, i) => { if (i !== k) shares[i].set(v); });
  }

  let busy = false, again = false;
  async function ask() {
    if (busy) { again = true; return; }
    busy = true;
    do {
      again = false;
      const total = y.reduce((a, b) => a + b, 0);
      const exact = Math.abs(total - 1) < 1e-9 ? y : y.map(v => v / total);
      try {
        show(await get(`lessons/loss-functions/judge?y=${exact.join(",")}&label=${label}`, signal));
      } catch (error) {
        if (error.name !== "AbortError") sum.textContent = error.message;
      }
    } while (again);
    busy = false;
  }

  function show(result) {
    const one = result.examples[0];
    squares.textContent = String(one.squares);
    entropy.textContent = String(one.crossEntropy);
    sum.textContent = t("losses.sum", label, number(one.predicted[label]));
    const x = result.sweep.map(s => s.predicted[s.label]);
    chart.show([
      { label: t("losses.entropy"), x, y: result.sweep.map(s => Math.min(s.crossEntropy, 6)), hue: 1, points: false },
      { label: t("losses.squares"), x, y: result.sweep.map(s => s.squares), hue: 0, points: false },
    ], [{ x: one.predicted[label], label: t("losses.here") }]);
    fill(slopes, h("table", null, h("thead", null, h("tr", null, h("th", { scope: "col" }, "k"), h("th.num", { scope: "col" }, "yₖ"), h("th.num", { scope: "col" }, t("losses.squares")), h("th.num", { scope: "col" }, t("losses.entropy")))),
      h("tbody", null, one.predicted.map((v, k) => h("tr", null, h("th", { scope: "row" }, k === label ? k + " ✓" : k), h("td.num", null, number(v)), h("td.num", null, number(one.squaresSlopes[k])), h("td.num", null, number(one.crossEntropySlopes[k])))))));
  }
  signal.addEventListener("abort", () => chart.close());
  ask();
  return {
    java: `var y = new Probabilities(Variable.of(DoubleTensor.of(Shape.of(10),
        0.1, 0.05, 0.6, 0, 0.05, 0.1, 0, 0.1, 0, 0)));
var t = Labels.of(10, 2);
SumOfSquaredErrors.SUM.of(y, t).value().item();  // 0.0975
CrossEntropy.BOOK.of(y, t).value().item();       // 0.510825457099338`,
    command: "./manabi loss cross-entropy --predicted 0.1,0.05,0.6,0,0.05,0.1,0,0.1,0,0 --label 2\n./manabi lesson loss-functions",
  };
}
