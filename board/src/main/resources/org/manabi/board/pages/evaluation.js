// What a run's model does on its test data, and what it is made of.

import { compute, get } from "./api.js";
import { Chart } from "./chart.js";
import { fill, h, picture, pixelsOf, signedPicture } from "./dom.js";
import { count, number, percent, t } from "./text.js";

/** Signed bytes in base64 as numbers. @param {string} text */
export function signedOf(text) {
  return Float32Array.from(atob(text), c => (c.charCodeAt(0) << 24) >> 24);
}

/**
 * @param {HTMLElement} section @param {string} path of the run
 * @param {boolean} [ask] only when a button is pressed, so as not to slow the training
 */
export function evaluationSection(section, path, ask) {
  const leave = new AbortController();
  /** @type {Chart[]} */
  const charts = [];
  const close = () => charts.splice(0).forEach(chart => chart.close());
  const body = h("div");
  fill(section, h("h2", null, t("evaluation.title")), body);
  const begin = async () => {
    const bar = h("progress", { max: 1, value: 0, "aria-label": t("computing") });
    fill(body, bar);
    try {
      const result = await compute(path + "/evaluation", share => { bar.value = share; }, leave.signal);
      close();
      show(body, result, path, charts);
    } catch (error) {
      if (error.name !== "AbortError") fill(body, h("p.muted", { id: "evaluation-fault" }, error.message));
    }
  };
  if (ask) fill(body, h("button", { type: "button", id: "evaluate", onclick: begin }, t("evaluation.now")));
  else begin();
  return () => { leave.abort(); close(); };
}

function show(body, result, path, charts) {
  const judgement = result.judgement;
  fill(body, judgement && [
    h("p", null, t("evaluation.summary", count(judgement.samples), percent(judgement.accuracy), number(judgement.loss))),
    h("div.grid", null, confusion(judgement, path), calibration(judgement, charts)),
    judgement.width ? worst(judgement) : null],
  h("div.grid", null, layers(result), result.firstUnits ? firstUnits(result.firstUnits) : null),
  h("h3", null, t("evaluation.spread")), h("div.grid", null, histograms(result, charts)));
}

function confusion(judgement, path) {
  const { classes, confusion: rows } = judgement;
  const shown = h("div", { "aria-live": "polite" });
  const most = Math.max(1, ...rows.flatMap((row, i) => row.filter((_, j) => j !== i)));
  const open = async (label, guess) => {
    const few = judgement.mistakes.filter(m => m.label === label && m.guess === guess).slice(0, 24);
    fill(shown, h("h3", null, t("confusion.cell", classes[label], classes[guess], few.length)));
    if (!judgement.width) return;
    const { samples, width } = await get(`${path}/samples?part=test&rows=${few.map(m => m.row).join(",")}`);
    shown.append(h("div.digits", null, samples.map((sample, i) => h("div.digit", null, picture(pixelsOf(sample.pixels), width, 56, t("picture.of", classes[sample.label])), percent(few[i].probability, 0)))));
  };
  return h("div.card", null, h("h3", null, t("confusion.title")), h("p.small.muted", null, t("confusion.how")),
    h("div.scroll", { tabindex: 0, role: "region", "aria-label": t("confusion.title") }, h("table.confusion", null,
      h("thead", null, h("tr", null, h("td"), classes.map(name => h("th", { scope: "col" }, name)))),
      h("tbody", null, rows.map((row, i) => h("tr", null, h("th", { scope: "row" }, classes[i]), row.map((n, j) => {
        const wrong = i !== j;
        const button = h("button", { type: "button", disabled: !wrong || n === 0, "aria-label": wrong ? t("confusion.cell", classes[i], classes[j], n) : t("confusion.right", classes[i], n), onclick: () => open(i, j) }, n || "·");
        const cell = h("td", null, button);
        if (wrong && n) cell.style.background = `color-mix(in srgb, var(--s2) ${Math.round(12 + (38 * n) / most)}%, var(--surface))`;
        if (!wrong) cell.style.background = "color-mix(in srgb, var(--s3) 12%, var(--surface))";
        if (!wrong) button.style.color = "var(--ink)";
        return cell;
      })))))), shown);
}

function calibration(judgement, charts) {
  const bins = judgement.calibration.filter(bin => bin.count > 0);
  const chart = new Chart({ title: t("calibration.title"), x: t("calibration.confidence"), percent: false, range: [0, 1.02], height: 260 });
  charts.push(chart);
  chart.show([
    { label: t("calibration.accuracy"), x: bins.map(b => b.confidence), y: bins.map(b => b.accuracy), hue: 0, points: true },
    { label: t("calibration.ideal"), x: [0, 1], y: [0, 1], hue: 7, points: false },
  ]);
  chart.element.append(h("p.small.muted", null, t("calibration.how", percent(judgement.calibrationError))));
  return chart.element;
}

function worst(judgement) {
  return h("div.card", null, h("h3", null, t("worst.title")), h("p.small.muted", null, t("worst.how")),
    h("div.digits", null, judgement.worst.map(m => h("div.digit", null,
      picture(pixelsOf(m.pixels), judgement.width, 72, t("picture.of", judgement.classes[m.label])),
      h("div", null, t("worst.line", judgement.classes[m.label], m.guess < 0 ? "–" : judgement.classes[m.guess])), likeliest(m).map(k => h("div", null, t("worst.probability", judgement.classes[k], percent(m.probabilities[k], 1))))))));
}

/** The two likeliest classes and the right one. @returns {number[]} */
function likeliest(mistake) {
  const ranking = mistake.probabilities.map((_, k) => k).sort((a, b) => mistake.probabilities[b] - mistake.probabilities[a]);
  return [...new Set([...ranking.slice(0, 2), mistake.label])];
}

function layers(result) {
  return h("div.card", null, h("h3", null, t("graph.title")),
    h("ul.graph", null, h("li", null, h("span.node", null, h("b", null, t("graph.input")), h("span.mono", null, result.input))),
      result.layers.map(layer => h("li", null, h("span.node", null, h("b", null, layer.layer), h("span.mono", null, layer.output), layer.parameters ? h("span.small.muted", null, " " + t("graph.parameters", count(layer.parameters))) : null)))));
}

function firstUnits(units) {
  return h("div.card", null, h("h3", null, t("units.title")), h("p.small.muted", null, t("units.how")),
    h("div.digits", null, units.pictures.map((text, i) => h("div.digit", null, signedPicture(signedOf(text), units.width, 56, t("units.one", i + 1))))));
}

function histograms(result, charts) {
  const chart = (title, histogram) => {
    const { low, high, counts } = histogram;
    const one = new Chart({ title, x: t("spread.value"), height: 160 });
    charts.push(one);
    const width = (high - low) / counts.length;
    one.show([{ label: t("spread.count"), x: counts.map((_, i) => low + (i + 0.5) * width), y: counts, hue: 0, points: false, step: true }]);
    return one.element;
  };
  return [
    ...result.weights.filter(w => !w.parameter.endsWith("bias")).map(w => chart(t("spread.weights", w.parameter, w.shape), w.histogram)),
    ...result.layers.map(layer => chart(t("spread.activations", layer.layer), layer.activations)),
  ];
}
