// Lesson 6: drag one weight, and watch the staircase and the slope.

import { Chart } from "./chart.js";
import { h } from "./dom.js";
import { computed, numberField, slider, table } from "./lesson.js";
import { count, number, percent, t } from "./text.js";

/** @param {HTMLElement} body @param {AbortSignal} signal */
export function slopeLesson(body, signal) {
  const seed = numberField("seed", t("fact.seed"), 0, 0, 4294967295);
  const samples = numberField("samples", t("slope.samples"), 300, 50, 2000);
  const charts = [];
  body.append(h("p", null, t("slope.how")), computed({
    signal,
    inputs: [seed.label, samples.label],
    path: () => `lessons/why-not-accuracy/run?seed=${seed.input.value}&samples=${samples.input.value}`,
    show(result, into) {
      charts.splice(0).forEach(chart => chart.close());
      let places = result.walk;
      const loss = new Chart({ title: t("slope.loss"), x: t("slope.weight"), height: 230 });
      const accuracy = new Chart({ title: t("slope.accuracy"), x: t("slope.weight"), height: 230, percent: true });
      charts.push(loss, accuracy);
      const facts = { w: h("span"), loss: h("span", { id: "at-loss" }), slope: h("span", { id: "at-slope" }), accuracy: h("span", { id: "at-accuracy" }), flat: h("span", { id: "at-flat" }) };
      const fact = (name, value) => h("div.fact", null, h("span", null, name), value);
      const range = slider("weight", "w", 200, 0, places.length - 1, 1, () => "", i => move(i));
      const close = h("input", { type: "checkbox", id: "close", onchange: () => { places = close.checked ? result.closeUp : result.walk; move(Number(range.input.value)); } });
      into.append(h("div.card", null, h("p", null, t("slope.which", result.weight.unit + 1, result.weight.digit, number(result.weight.value))),
        range.element, h("label.small", null, close, t("slope.close")),
        h("div.facts", null, fact(t("slope.weight"), facts.w), fact(t("chart.loss"), facts.loss), fact("∂L/∂w", facts.slope), fact(t("chart.accuracy"), facts.accuracy), fact(t("slope.derivative"), facts.flat))),
      h("div.grid", null, loss.element, accuracy.element),
      h("div.explain", null, h("p", null, t("slope.result", count(result.flat), count(result.walk.length), count(result.levels), number(result.largestDifference)))),
      h("h2", null, t("slope.learning")), h("p", null, t("slope.learning.how", count(result.parameters))),
      table([t("axis.step"), t("slope.by-accuracy.loss"), t("slope.by-accuracy.accuracy"), t("slope.by-accuracy.notZero"), t("slope.by-loss.loss"), t("slope.by-loss.accuracy"), t("slope.by-loss.notZero")],
        result.byLoss.losses.map((_, i) => [String(i), number(result.byAccuracy.losses[i]), percent(result.byAccuracy.accuracies[i], 1), i ? count(result.byAccuracy.notZero[i - 1]) : "", number(result.byLoss.losses[i]), percent(result.byLoss.accuracies[i], 1), i ? count(result.byLoss.notZero[i - 1]) : ""])));
      function move(i) {
        const place = places[i];
        facts.w.textContent = number(place.weight);
        facts.loss.textContent = place.loss.toFixed(6);
        facts.slope.textContent = place.lossSlope.toFixed(6);
        facts.accuracy.textContent = percent(place.accuracy);
        facts.flat.textContent = number(place.accuracySlope);
        const x = places.map(p => p.weight);
        const near = x.map((w, k) => (Math.abs(k - i) <= 60 ? place.loss + place.lossSlope * (w - place.weight) : NaN));
        const mark = [{ x: place.weight, label: "w" }];
        loss.show([{ label: t("chart.loss"), x, y: places.map(p => p.loss), hue: 0, points: false }, { label: t("slope.tangent"), x, y: near, hue: 1, points: false }], mark);
        accuracy.show([{ label: t("chart.accuracy"), x, y: places.map(p => p.accuracy), hue: 2, points: false, step: true }], mark);
      }
      move(200);
    },
  }));
  signal.addEventListener("abort", () => charts.forEach(chart => chart.close()));
  return {
    java: `double slope = NumericalGradient.ofElement(() -> loss(network, data), weights, index, 1e-4);
double stairs = NumericalGradient.ofElement(() -> accuracy(network, data), weights, index, 1e-4);  // 0`,
    command: "./manabi lesson why-not-accuracy --seed 0",
  };
}
