// How some numbers are spread, over time: each column is a histogram, darker where there are more.

import { Figure } from "./chart.js";
import { color, h } from "./dom.js";
import { number, t } from "./text.js";

/**
 * @typedef {Object} Spread
 * @property {number} step
 * @property {number} low
 * @property {number} high
 * @property {number[]} counts between low and high, in bins of equal width
 */

const HEIGHT = 170;
const LEFT = 58;
const BOTTOM = 34;
const QUANTILES = [0, 0.25, 0.5, 0.75, 1];

export class Heatmap extends Figure {
  /** @param {{title: string}} options */
  constructor(options) {
    super(options);
    /** @type {Spread[]} */
    this.frames = [];
    this.canvas = h("canvas", { role: "img", "aria-label": options.title });
    this.box.classList.add("low");
    this.box.append(this.canvas);
  }

  /** @param {Spread[]} frames in the order of their steps */
  show(frames) {
    const last = frames.at(-1)?.step;
    if (frames.length === this.frames.length && last === this.frames.at(-1)?.step) return;
    this.frames = frames;
    this.soon();
  }

  resize() {
    if (this.box.clientWidth && this.canvas.clientWidth !== this.box.clientWidth) this.soon();
  }

  range() {
    const low = Math.min(...this.frames.map(f => f.low)), high = Math.max(...this.frames.map(f => f.high));
    return low < high ? [low, high] : [low - 0.5, high + 0.5];
  }

  draw() {
    const width = this.box.clientWidth;
    if (!width || !this.frames.length) return;
    const scale = devicePixelRatio;
    this.canvas.width = width * scale;
    this.canvas.height = HEIGHT * scale;
    this.canvas.style.width = width + "px";
    this.canvas.style.height = HEIGHT + "px";
    const context = this.canvas.getContext("2d");
    context.scale(scale, scale);
    const tall = HEIGHT - BOTTOM - 6;
    for (const { x, y, wide, high, share } of this.cells(width - LEFT - 10, tall)) {
      context.globalAlpha = share;
      context.fillStyle = color("s1");
      context.fillRect(LEFT + x, 6 + y, wide + 0.6, high + 0.6);
    }
    context.globalAlpha = 1;
    context.strokeStyle = color("line");
    context.strokeRect(LEFT + 0.5, 6.5, width - LEFT - 11, tall - 1);
    context.fillStyle = color("muted");
    context.font = "12px system-ui, sans-serif";
    const [low, top] = this.range();
    for (const share of [0, 0.5, 1]) {
      context.textAlign = "right";
      context.fillText(number(Number((low + share * (top - low)).toPrecision(2))), LEFT - 6, 6 + (1 - share) * (tall - 10) + 9);
    }
    const first = this.frames[0].step, end = this.frames.at(-1).step;
    context.textAlign = "left";
    context.fillText(number(first), LEFT, HEIGHT - BOTTOM + 16);
    context.textAlign = "right";
    context.fillText(number(end), width - 10, HEIGHT - BOTTOM + 16);
    context.textAlign = "center";
    context.fillText(t("axis.step"), LEFT + (width - LEFT - 10) / 2, HEIGHT - BOTTOM + 16);
  }

  /** The bins as rectangles within a box. */
  cells(width, height) {
    const [low, top] = this.range();
    const wide = width / this.frames.length;
    return this.frames.flatMap((frame, i) => {
      const most = Math.max(1, ...frame.counts);
      const bin = (frame.high - frame.low || top - low) / frame.counts.length;
      return frame.counts.map((count, k) => {
        const to = frame.low + (k + 1) * bin;
        return { x: i * wide, y: ((top - to) / (top - low)) * height, wide, high: (bin / (top - low)) * height, share: Math.sqrt(count / most) };
      }).filter(cell => cell.share > 0);
    });
  }

  tableOf() {
    return {
      head: [t("axis.step"), ...QUANTILES.map(q => (q === 0 ? t("spread.least") : q === 1 ? t("spread.most") : 100 * q + " %"))],
      rows: this.frames.map(frame => [frame.step, ...QUANTILES.map(q => quantile(frame, q))]),
    };
  }

  svg() {
    const [low, top] = this.range();
    const escape = text => text.replace(/[&<>"]/g, c => "&#" + c.charCodeAt(0) + ";");
    const text = (x, y, words, anchor) => `<text x="${x}" y="${y}" text-anchor="${anchor}">${escape(words)}</text>`;
    const cells = this.cells(700, 300).map(c => `<rect x="${(80 + c.x).toFixed(1)}" y="${(46 + c.y).toFixed(1)}" width="${(c.wide + 0.3).toFixed(1)}" height="${(c.high + 0.3).toFixed(1)}" fill="${color("s1")}" fill-opacity="${c.share.toFixed(3)}"/>`);
    return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 800 400" font-family="sans-serif" font-size="12"><rect width="100%" height="100%" fill="#fff"/>${text(80, 26, this.options.title, "start")}${cells.join("")}<rect x="80" y="46" width="700" height="300" fill="none" stroke="#ccc"/>${text(72, 54, number(top), "end")}${text(72, 346, number(low), "end")}${text(80, 364, number(this.frames[0]?.step ?? 0), "start")}${text(780, 364, number(this.frames.at(-1)?.step ?? 0), "end")}${text(430, 384, t("axis.step"), "middle")}</svg>`;
  }
}

/** The number below which a share of all lies. @param {Spread} frame @param {number} share */
export function quantile(frame, share) {
  const total = frame.counts.reduce((sum, count) => sum + count, 0);
  const bin = (frame.high - frame.low) / frame.counts.length;
  let below = 0;
  for (let k = 0; k < frame.counts.length; k++) {
    const count = frame.counts[k];
    if (count && below + count >= share * total) return frame.low + (k + (share * total - below) / count) * bin;
    below += count;
  }
  return frame.high;
}
