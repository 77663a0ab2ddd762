// Charts: uPlot with a table view, and downloads as CSV, PNG and SVG.

import uPlot from "./uplot.js";
import { color, download, fill, h, seriesColor } from "./dom.js";
import { number, t } from "./text.js";

/**
 * @typedef {Object} Series
 * @property {string} label
 * @property {number[]} x ascending
 * @property {number[]} y as many; NaN where there is nothing
 * @property {number} [hue] which color
 * @property {boolean} [points] dots, for few values
 * @property {boolean} [step] a staircase
 */

/**
 * @typedef {Object} Options
 * @property {string} title
 * @property {string} x what the horizontal axis says
 * @property {boolean} [log] a logarithmic vertical axis
 * @property {boolean} [percent]
 * @property {number} [height]
 * @property {Array<{x: number, label: string}>} [marks] vertical lines
 * @property {[number, number]} [range] of the vertical axis
 */

const finite = v => (Number.isFinite(v) ? v : null);

/** What all figures have: a title, a table view, and downloads. */
export class Figure {
  /** @param {{title: string}} options */
  constructor(options) {
    this.options = options;
    this.asTable = false;
    this.frame = 0;
    /** How often it was drawn. */
    this.drawn = 0;
    this.box = h("div.plot");
    this.table = h("div.table-view", { hidden: true, tabindex: 0, role: "region", "aria-label": options.title });
    this.toggle = h("button.plain", { type: "button", "aria-pressed": "false", onclick: () => this.showTable(!this.asTable) }, t("chart.table"));
    const save = (kind, how) => h("button.plain", { type: "button", onclick: how, "aria-label": t("chart.save", kind, options.title) }, kind);
    this.element = h("figure.chart.card", null,
      h("figcaption", null, h("h3", null, options.title),
        h("div.tools", null, this.toggle, save("CSV", () => this.saveCsv()), save("PNG", () => this.savePng()), save("SVG", () => this.saveSvg()))),
      this.box, this.table);
    this.observer = new ResizeObserver(() => this.resize());
    this.observer.observe(this.box);
  }

  /** Draws at the next frame; once, however often it is asked for. */
  soon() {
    this.frame ||= requestAnimationFrame(() => {
      this.frame = 0;
      this.drawn++;
      if (this.asTable) this.fillTable();
      else this.draw();
    });
  }

  showTable(on) {
    this.asTable = on;
    this.toggle.setAttribute("aria-pressed", String(on));
    this.box.hidden = on;
    this.table.hidden = !on;
    this.soon();
  }

  fillTable() {
    const { head, rows } = this.tableOf();
    const few = rows.length > 300 ? rows.slice(-300) : rows;
    fill(this.table, h("table", null,
      h("thead", null, h("tr", null, head.map(text => h("th.num", { scope: "col" }, text)))),
      h("tbody", null, few.map(row => h("tr", null, row.map(v => h("td.num", null, v === null ? "–" : typeof v === "number" ? number(v) : v)))))));
  }

  name() {
    return this.options.title.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, "-");
  }

  saveCsv() {
    const { head, rows } = this.tableOf();
    const quote = text => '"' + String(text).replaceAll('"', '""') + '"';
    const lines = [head.map(quote), ...rows.map(row => row.map(v => (typeof v === "string" ? quote(v) : v ?? "")))];
    download(this.name() + ".csv", new Blob([lines.map(line => line.join(",")).join("\r\n") + "\r\n"], { type: "text/csv" }));
  }

  savePng() {
    const source = this.box.querySelector("canvas");
    if (!source) return;
    const canvas = h("canvas", { width: source.width, height: source.height });
    const context = canvas.getContext("2d");
    context.fillStyle = color("surface");
    context.fillRect(0, 0, canvas.width, canvas.height);
    context.drawImage(source, 0, 0);
    canvas.toBlob(blob => blob && download(this.name() + ".png", blob), "image/png");
  }

  saveSvg() {
    download(this.name() + ".svg", new Blob([this.svg()], { type: "image/svg+xml" }));
  }

  close() {
    this.observer.disconnect();
    cancelAnimationFrame(this.frame);
  }
}

/** Curves that can be given other data again and again. */
export class Chart extends Figure {
  /** @param {Options} options */
  constructor(options) {
    super(options);
    if (options.height < 200) this.box.classList.add("low");
    /** @type {Series[]} */
    this.series = [];
    this.plot = null;
  }

  /** Shows other data; at most once a frame. @param {Series[]} series @param {Options["marks"]} [marks] */
  show(series, marks) {
    const same = this.plot && series.length === this.series.length && series.every((s, i) => s.label === this.series[i].label);
    this.series = series;
    this.options.marks = marks ?? this.options.marks;
    if (!same) {
      this.plot?.destroy();
      this.plot = null;
    }
    this.soon();
  }

  draw() {
    const data = this.data();
    if (this.plot) return this.plot.setData(data);
    if (!this.box.clientWidth || !this.series.length) return;
    this.plot = new uPlot(this.plotOptions(), data, this.box);
    this.plot.root.querySelector("canvas")?.setAttribute("aria-hidden", "true");
  }

  data() {
    if (!this.series.length) return [[]];
    const tables = this.series.map(s => [s.x, s.y.map(finite)]);
    return tables.length === 1 ? tables[0] : uPlot.join(tables, tables.map(() => [1, 1]));
  }

  plotOptions() {
    const { options } = this;
    const axis = { stroke: color("muted"), grid: { stroke: color("line"), width: 1 }, ticks: { stroke: color("line"), width: 1 }, font: "12px system-ui, sans-serif", labelFont: "12px system-ui, sans-serif" };
    const value = (_, v) => (v === null || v === undefined ? "–" : options.percent ? (100 * v).toFixed(2) + " %" : number(v));
    const ticks = (_, values) => values.map(v => (v === null ? "" : options.percent ? +(100 * v).toFixed(2) + " %" : number(v)));
    return {
      width: this.box.clientWidth,
      height: options.height ?? 240,
      cursor: { drag: { x: true, y: false } },
      scales: {
        x: { time: false },
        y: options.log ? { distr: 3 } : options.range ? { range: options.range } : {},
      },
      axes: [
        { ...axis, label: options.x, labelSize: 20, size: 34, values: (_, vs) => vs.map(v => number(v)) },
        { ...axis, size: 62, values: ticks },
      ],
      series: [
        { label: options.x, value: (_, v) => (v === null ? "–" : number(v)) },
        ...this.series.map((s, i) => ({
          label: s.label,
          stroke: seriesColor(s.hue ?? i),
          width: 1.75,
          spanGaps: true,
          value,
          paths: s.step ? uPlot.paths.stepped({ align: 1 }) : undefined,
          points: { show: s.points ?? s.x.length < 25, size: 5 },
        })),
      ],
      hooks: { draw: [plot => this.drawMarks(plot)] },
    };
  }

  drawMarks(plot) {
    const { ctx, bbox } = plot;
    for (const mark of this.options.marks ?? []) {
      const x = plot.valToPos(mark.x, "x", true);
      if (x < bbox.left || x > bbox.left + bbox.width) continue;
      ctx.save();
      ctx.strokeStyle = ctx.fillStyle = color("warn");
      ctx.setLineDash([4 * devicePixelRatio, 4 * devicePixelRatio]);
      ctx.beginPath();
      ctx.moveTo(x, bbox.top);
      ctx.lineTo(x, bbox.top + bbox.height);
      ctx.stroke();
      ctx.font = `${12 * devicePixelRatio}px system-ui, sans-serif`;
      const right = x + ctx.measureText(mark.label).width + 12 * devicePixelRatio > bbox.left + bbox.width;
      ctx.textAlign = right ? "right" : "left";
      ctx.fillText(mark.label, x + (right ? -6 : 6) * devicePixelRatio, bbox.top + 14 * devicePixelRatio);
      ctx.restore();
    }
  }

  resize() {
    if (!this.box.clientWidth) return;
    if (this.plot) this.plot.setSize({ width: this.box.clientWidth, height: this.options.height ?? 240 });
    else this.soon();
  }

  tableOf() {
    const data = this.data();
    return {
      head: [this.options.x, ...this.series.map(s => s.label)],
      rows: data[0].map((x, i) => [x, ...data.slice(1).map(column => column[i] ?? null)]),
    };
  }

  svg() {
    return svg(this.options, this.series);
  }

  close() {
    super.close();
    this.plot?.destroy();
    this.plot = null;
  }
}

/** The chart as a drawing of its own. @param {Options} options @param {Series[]} series */
export function svg(options, series) {
  const escape = text => text.replace(/[&<>"]/g, c => "&#" + c.charCodeAt(0) + ";");
  const [width, height, left, top, right, bottom] = [800, 420, 70, 46, 20, 80];
  const scale = v => (options.log ? Math.log10(v) : v);
  const points = series.map(s => s.x.map((x, i) => [x, scale(s.y[i])]).filter(([, y]) => Number.isFinite(y)));
  const all = points.flat();
  const span = values => { let a = Infinity, b = -Infinity; for (const v of values) { a = Math.min(a, v); b = Math.max(b, v); } return a < b ? [a, b] : [a - 1, a + 1]; };
  const [x0, x1] = span(all.map(p => p[0]));
  const [y0, y1] = span(all.map(p => p[1]));
  const X = x => left + ((x - x0) / (x1 - x0)) * (width - left - right);
  const Y = y => height - bottom - ((y - y0) / (y1 - y0)) * (height - top - bottom);
  const text = (x, y, words, anchor) => `<text x="${x}" y="${y}" text-anchor="${anchor}">${escape(words)}</text>`;
  const lines = points.map((p, i) => `<polyline fill="none" stroke="${seriesColor(series[i].hue ?? i)}" stroke-width="2" points="${p.map(([x, y]) => X(x).toFixed(1) + "," + Y(y).toFixed(1)).join(" ")}"/>`);
  const grid = [0, 0.25, 0.5, 0.75, 1].map(share => {
    const y = y0 + share * (y1 - y0), x = x0 + share * (x1 - x0);
    const shown = options.log ? 10 ** y : y;
    return `<path stroke="#ccc" d="M${left} ${Y(y)}H${width - right}"/>` + text(left - 8, Y(y) + 4, options.percent ? (100 * shown).toFixed(1) + " %" : number(shown), "end") + text(X(x), height - bottom + 18, number(x), "middle");
  });
  const legend = series.map((s, i) => `<circle cx="${left + i * 150}" cy="${height - 16}" r="5" fill="${seriesColor(s.hue ?? i)}"/>` + text(left + i * 150 + 10, height - 12, s.label, "start"));
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" font-family="sans-serif" font-size="12"><rect width="100%" height="100%" fill="#fff"/>${text(left, 26, options.title, "start")}${grid.join("")}${lines.join("")}${text((left + width - right) / 2, height - bottom + 38, options.x, "middle")}${legend.join("")}</svg>`;
}

/** A small curve without axes. @param {number[]} values @param {string} label */
export function spark(values, label) {
  const shown = values.filter(v => typeof v === "number");
  const ns = "http://www.w3.org/2000/svg";
  const box = document.createElementNS(ns, "svg");
  box.setAttribute("viewBox", "0 0 100 28");
  box.setAttribute("width", "100");
  box.setAttribute("height", "28");
  box.setAttribute("class", "spark");
  box.setAttribute("role", "img");
  box.setAttribute("aria-label", label);
  if (shown.length > 1) {
    const low = Math.min(...shown), high = Math.max(...shown);
    const line = document.createElementNS(ns, "polyline");
    line.setAttribute("points", shown.map((v, i) => `${((i / (shown.length - 1)) * 96 + 2).toFixed(1)},${(25 - ((v - low) / (high - low || 1)) * 22).toFixed(1)}`).join(" "));
    line.setAttribute("fill", "none");
    line.setAttribute("stroke", "currentColor");
    line.setAttribute("stroke-width", "1.8");
    line.setAttribute("stroke-linejoin", "round");
    box.append(line);
  }
  return box;
}
