// The curves of a run in the page: the same columns that the server keeps, and as bounded.

const MAX_ROWS = 2000;
const PLACES = new Set(["step", "epoch", "seconds"]);

/** The numbers of one kind of event. When there are too many rows, neighbors are merged. */
export class Columns {
  constructor(json) {
    this.merged = json?.merged ?? 1;
    /** @type {Map<string, number[]>} */
    this.columns = new Map(Object.entries(json?.columns ?? {}).map(([k, v]) => [k, v.map(x => (x === null ? NaN : x))]));
    this.rows = this.columns.size ? this.columns.values().next().value.length : 0;
    this.pending = null;
    this.count = 0;
  }

  /** @param {any} event */
  add(event) {
    const row = new Map();
    flatten("", event, row);
    if (this.pending) for (const [name, value] of row) {
      const old = this.pending.get(name);
      this.pending.set(name, old === undefined ? value : PLACES.has(name) ? Math.max(old, value) : old + value);
    } else this.pending = row;
    if (++this.count < this.merged) return;
    if (this.rows === MAX_ROWS) return this.halve();
    for (const [name, value] of this.pending) {
      if (!this.columns.has(name)) this.columns.set(name, new Array(this.rows).fill(NaN));
      this.columns.get(name).push(PLACES.has(name) ? value : value / this.count);
    }
    this.rows++;
    for (const column of this.columns.values()) if (column.length < this.rows) column.push(NaN);
    this.pending = null;
    this.count = 0;
  }

  halve() {
    for (const [name, column] of this.columns) {
      const place = PLACES.has(name);
      for (let i = 0; i < this.rows / 2; i++) {
        const left = column[2 * i], right = column[2 * i + 1];
        column[i] = place || Number.isNaN(left) ? right : Number.isNaN(right) ? left : (left + right) / 2;
      }
      column.length = this.rows / 2;
    }
    this.rows /= 2;
    this.merged *= 2;
  }

  /** @param {string} name @returns {number[]} */
  get(name) {
    return this.columns.get(name) ?? [];
  }

  /** @param {string} name */
  has(name) {
    return this.columns.has(name);
  }
}

const MAX_FRAMES = 64;

/** Whole events, spread over the time of a training; when there are too many, every second one goes. */
export class Frames {
  constructor(json) {
    this.all = json ?? [];
    this.stride = 1;
    this.seen = 0;
  }

  /** @param {any} event */
  add(event) {
    if (this.seen++ % this.stride === 0) this.all.push(event);
    if (this.all.length > MAX_FRAMES) {
      this.all = this.all.filter((_, i) => i % 2 === 0);
      this.stride *= 2;
    }
  }
}

/** All kinds of events of a run. */
export class History {
  constructor(json) {
    this.kinds = new Map(Object.entries(json.kinds).map(([kind, columns]) => [kind, new Columns(columns)]));
    this.last = new Map(Object.entries(json.last));
    this.histograms = new Frames(json.histograms);
    this.next = json.next;
  }

  /** @param {any} event */
  add(event) {
    const kind = event.event ?? "other";
    if (kind === "histograms") return this.histograms.add(event);
    if (!this.kinds.has(kind)) this.kinds.set(kind, new Columns(null));
    this.kinds.get(kind).add(event);
    this.last.set(kind, event);
  }

  /** @param {string} kind @returns {Columns} */
  kind(kind) {
    return this.kinds.get(kind) ?? new Columns(null);
  }
}

function flatten(path, value, row) {
  if (typeof value === "number") row.set(path, value);
  else if (typeof value === "boolean") row.set(path, value ? 1 : 0);
  else if (value === "NaN" || value === "Infinity" || value === "-Infinity") row.set(path, NaN);
  else if (Array.isArray(value)) {
    for (const item of value) if (item?.parameter) flatten(path + "." + item.parameter, item, row);
  } else if (value && typeof value === "object") {
    for (const [name, part] of Object.entries(value)) flatten(path ? path + "." + name : name, part, row);
  }
}
