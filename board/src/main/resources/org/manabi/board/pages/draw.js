// A digit drawn by hand, and what a network makes of it.

import { compute, get, send } from "./api.js";
import { fill, h, picture, pixelsOf, signedPicture } from "./dom.js";
import { signedOf } from "./evaluation.js";
import { number, percent, t } from "./text.js";

const SIDE = 280;
const PEN = 22;

/** @param {HTMLElement} main @param {string} wanted the run whose model reads */
export function drawPage(main, wanted) {
  document.title = t("nav.draw") + " · Manabi";
  const leave = new AbortController();
  const pad = h("canvas.pad", { width: SIDE, height: SIDE, id: "pad", tabindex: 0, role: "img", "aria-label": t("draw.pad") });
  const context = pad.getContext("2d", { willReadFrequently: true });
  const bars = h("div.bars", { id: "bars", role: "img", "aria-label": t("draw.nothing") });
  const verdict = h("p.big", { id: "verdict", "aria-live": "polite" }, "–");
  const seen = h("div.digits");
  const nearest = h("div.digits", { id: "nearest" });
  const chooser = h("div.row");
  main.append(h("div.head", null, h("h1", null, t("nav.draw")), chooser),
    h("p.lead", null, t("draw.how")),
    h("div.draw", null,
      h("div", null, pad, h("div.row", null, h("button", { type: "button", id: "clear", onclick: clear }, t("draw.clear")), h("button", { type: "button", id: "example", onclick: example }, t("draw.example")))),
      h("div", null, verdict, bars)),
    h("div.grid", null,
      h("div.card", null, h("h2", null, t("draw.seen")), h("p.small.muted", null, t("draw.seen.how")), seen),
      h("div.card", null, h("h2", null, t("draw.nearest")), h("p.small.muted", null, t("draw.nearest.how")), nearest)),
    h("section", null, h("h2", null, t("lesson.repeat")), h("pre", { tabindex: 0 }, "./manabi predict runs/RUN mnist:test:7")));

  let model = null;
  let last = null;
  let busy = false;
  let again = false;
  let resting = 0;
  let drawn = false;

  function clear() {
    context.fillStyle = "#fff";
    context.fillRect(0, 0, SIDE, SIDE);
    last = null;
    drawn = false;
    verdict.textContent = "–";
    fill(bars);
    bars.setAttribute("aria-label", t("draw.nothing"));
    fill(seen, h("span.muted.small", null, t("draw.nothing")));
    fill(nearest);
  }

  const place = event => {
    const box = pad.getBoundingClientRect();
    return [((event.clientX - box.left) / box.width) * SIDE, ((event.clientY - box.top) / box.height) * SIDE];
  };
  const line = (from, to) => {
    context.strokeStyle = "#000";
    context.lineWidth = PEN;
    context.lineCap = context.lineJoin = "round";
    context.beginPath();
    context.moveTo(...from);
    context.lineTo(...to);
    context.stroke();
    drawn = true;
    ask();
  };
  pad.addEventListener("pointerdown", event => { event.preventDefault(); try { pad.setPointerCapture(event.pointerId); } catch { /* a pointer of a test */ } last = place(event); line(last, [last[0] + 0.1, last[1]]); });
  pad.addEventListener("pointermove", event => {
    if (!last) return;
    for (const each of event.getCoalescedEvents?.().length ? event.getCoalescedEvents() : [event]) {
      const next = place(each);
      line(last, next);
      last = next;
    }
  });
  for (const end of ["pointerup", "pointercancel"]) pad.addEventListener(end, () => { last = null; });

  /** A five, stroke by stroke, for those who cannot draw. */
  function example() {
    clear();
    const strokes = [[[190, 60], [105, 60], [98, 130]], [[98, 130], [150, 118], [188, 150], [180, 200], [140, 222], [92, 208]]];
    for (const stroke of strokes) for (let i = 1; i < stroke.length; i++) line(stroke[i - 1], stroke[i]);
  }

  function ink() {
    const { data } = context.getImageData(0, 0, SIDE, SIDE);
    const bytes = new Uint8Array(SIDE * SIDE);
    for (let i = 0; i < bytes.length; i++) bytes[i] = 255 - data[4 * i];
    return bytes;
  }

  /** Asks at most once at a time; what changes meanwhile is asked for right after. */
  async function ask() {
    if (!model || busy) { again = true; return; }
    busy = true;
    again = false;
    try {
      const answer = await send("POST", `draw/${encodeURIComponent(model)}?width=${SIDE}`, ink(), leave.signal);
      if (drawn) show(answer);
    } catch (error) {
      if (error.name !== "AbortError") verdict.textContent = error.message;
    }
    busy = false;
    if (again) requestAnimationFrame(ask);
  }

  function show({ classes, probabilities, input }) {
    const best = probabilities.indexOf(Math.max(...probabilities));
    verdict.textContent = t("draw.verdict", classes[best], percent(probabilities[best], 1));
    bars.setAttribute("aria-label", classes.map((name, k) => name + ": " + percent(probabilities[k], 1)).join(", "));
    if (bars.childElementCount !== classes.length) fill(bars, classes.map(name => h("div.bar", null, h("span", null, name), h("div.track", null, h("div.fill")), h("span.value"))));
    [...bars.children].forEach((row, k) => {
      row.classList.toggle("best", k === best);
      row.querySelector(".fill").style.transform = `scaleX(${probabilities[k]})`;
      row.querySelector(".value").textContent = percent(probabilities[k], 1);
    });
    const pixels = pixelsOf(input);
    const side = Math.round(Math.sqrt(pixels.length));
    fill(seen, h("div.digit", null, picture(pixels, side, 112, t("draw.seen")), t("draw.input", side)));
    clearTimeout(resting);
    resting = setTimeout(() => reasons(best, classes[best], side), 150);
  }

  async function reasons(label, name, side) {
    try {
      const answer = await send("POST", `draw/${encodeURIComponent(model)}/reasons?width=${SIDE}&class=${label}`, ink(), leave.signal);
      if (!drawn) return;
      while (seen.childElementCount > 1) seen.lastElementChild.remove();
      seen.append(h("div.digit", null, signedPicture(signedOf(answer.contributions), side, 112, t("draw.reasons", name)), t("draw.reasons", name)));
      fill(nearest, answer.nearest.map(n => h("div.digit", null, picture(pixelsOf(n.pixels), side, 64, t("picture.of", n.label)), h("div", null, String(n.label)), h("div", null, number(n.distance)))));
    } catch { /* the next stroke asks again */ }
  }

  async function choose() {
    const { models } = await get("draw", leave.signal);
    if (!models.length) {
      const bar = h("progress", { max: 1, value: 0, "aria-label": t("computing") });
      fill(chooser, h("span.muted", null, t("draw.training")), bar);
      await compute("draw/quick", share => { bar.value = share; }, leave.signal);
      return choose();
    }
    model = models.includes(wanted) ? wanted : models[0];
    const select = h("select", { id: "model", onchange: () => { model = select.value; if (drawn) ask(); } }, models.map(name => h("option", { value: name, selected: name === model }, name === "quick" ? t("draw.quick") : name)));
    fill(chooser, h("label", null, t("runs.model"), select));
    if (drawn) ask();
  }
  clear();
  choose().catch(error => { if (error.name !== "AbortError") fill(chooser, h("span", null, error.message)); });
  return () => { leave.abort(); clearTimeout(resting); };
}
