// What the lessons' pages have in common.

import { compute } from "./api.js";
import { fill, h } from "./dom.js";
import { t } from "./text.js";

/**
 * A button that computes a lesson, its progress, and its result.
 * @param {Object} options
 * @param {() => string} options.path what to ask for
 * @param {(result: any, into: HTMLElement) => void} options.show
 * @param {AbortSignal} options.signal
 * @param {any[]} [options.inputs] more that is shown beside the button
 * @param {string} [options.label]
 * @param {boolean} [options.now] begin at once
 */
export function computed({ path, show, signal, inputs = [], label, now }) {
  const output = h("div.lesson-body", { "aria-live": "polite" });
  const bar = h("progress", { max: 1, value: 0, hidden: true, "aria-label": t("computing") });
  const button = h("button.primary", { type: "button", class: "primary", onclick: run }, label ?? t("lesson.run"));
  button.classList.add("run");
  async function run() {
    button.disabled = true;
    bar.hidden = false;
    bar.value = 0;
    try {
      const result = await compute(path(), share => { bar.value = share; }, signal);
      fill(output);
      show(result, output);
    } catch (error) {
      if (error.name !== "AbortError") fill(output, h("p", null, error.message));
    }
    bar.hidden = true;
    button.disabled = false;
  }
  if (now) run();
  return h("div.lesson-body", null, h("div.card", null, h("div.row", null, inputs, button), bar), output);
}

/** A field for a whole number. @param {string} id @param {string} label @param {number} value @param {number} min @param {number} max */
export function numberField(id, label, value, min, max, onchange) {
  const input = h("input", { type: "number", id, min: String(min), max: String(max), value: String(value) });
  input.addEventListener("change", () => { const v = Math.round(Number(input.value)); input.value = String(Math.min(max, Math.max(min, Number.isFinite(v) ? v : value))); onchange?.(); });
  return { input, label: h("label", null, label, input) };
}

/** A slider with its value beside it. */
export function slider(id, label, value, min, max, step, show, oninput) {
  const output = h("output", { for: id }, show(value));
  const input = h("input", { type: "range", id, min: String(min), max: String(max), step: String(step), value: String(value), "aria-label": label });
  input.addEventListener("input", () => { output.textContent = show(Number(input.value)); oninput(Number(input.value)); });
  return { input, output, element: h("div.slider", null, h("span", { "aria-hidden": "true" }, label), input, output), set: v => { input.value = String(v); output.textContent = show(v); } };
}

/** A table of texts. @param {string[]} head @param {any[][]} rows */
export function table(head, rows) {
  return h("div.card.scroll", { tabindex: 0, role: "region", "aria-label": head.filter(Boolean).join(", ") }, h("table", null, h("thead", null, h("tr", null, head.map((name, i) => h(i ? "th.num" : "th", { scope: "col" }, name)))),
    h("tbody", null, rows.map(row => h("tr", null, row.map((cell, i) => (i ? h("td.num", null, cell) : h("th", { scope: "row" }, cell))))))));
}
