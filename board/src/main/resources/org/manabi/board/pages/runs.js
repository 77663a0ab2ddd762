// All runs, and several on shared axes.

import { get, send } from "./api.js";
import { Chart, spark } from "./chart.js";
import { fill, h, notice } from "./dom.js";
import { History } from "./history.js";
import { count, date, number, percent, t } from "./text.js";

let filter = "";
let order = { key: "created", down: true };
const chosen = new Set();

/** The figures of a run that are shown: of validation data, else of test data. */
function figures(run) {
  const test = run.results?.test;
  return {
    loss: run.best?.loss ?? test?.loss ?? run.last?.train?.loss ?? NaN,
    accuracy: run.best?.accuracy ?? test?.accuracy ?? run.last?.train?.accuracy ?? NaN,
    which: run.best ? "validation" : test ? "test" : run.last?.train ? "train" : "none",
  };
}

const keys = {
  name: run => run.id,
  state: run => run.state,
  data: run => run.data,
  model: run => run.model,
  loss: run => figures(run).loss,
  accuracy: run => figures(run).accuracy,
  created: run => run.created,
};

/** @param {HTMLElement} main */
export function runsPage(main) {
  document.title = t("nav.runs") + " · Manabi";
  const list = h("div.card.scroll", null, h("p.muted", null, "…"));
  const bar = h("div.row");
  const search = h("input", { type: "search", id: "filter", value: filter, placeholder: t("runs.filter"), "aria-label": t("runs.filter"), oninput: () => { filter = search.value; render(); } });
  main.append(h("div.head", null, h("h1", null, t("nav.runs")), search), bar, list);
  let runs = [];
  let stopped = false;

  function render() {
    const words = filter.toLowerCase().split(/\s+/).filter(Boolean);
    const shown = runs.filter(run => words.every(word => [run.id, run.state, t("state." + run.state), run.data, run.model, run.config.optimizer].join(" ").toLowerCase().includes(word)));
    const key = keys[order.key];
    shown.sort((a, b) => (key(a) > key(b) ? 1 : key(a) < key(b) ? -1 : 0) * (order.down ? -1 : 1));
    for (const id of [...chosen]) if (!runs.some(run => run.id === id)) chosen.delete(id);
    fill(bar, chosen.size > 1 && h("a.button", { href: "#/compare/" + [...chosen].map(encodeURIComponent).join(",") }, t("runs.compare", chosen.size)),
      chosen.size === 1 && h("span.muted", null, t("runs.choose-more")));
    if (!runs.length) return fill(list, h("h2", null, t("runs.none")), h("p", null, t("runs.none.how")), h("pre", { tabindex: 0 }, "./manabi train mnist --board"));
    fill(list, table(shown));
  }

  function table(shown) {
    const head = (name, classes, extra) => h("th" + (classes ?? ""), { scope: "col", "aria-sort": order.key === name ? (order.down ? "descending" : "ascending") : null },
      h("button", { type: "button", onclick: () => { order = { key: name, down: order.key === name ? !order.down : true }; render(); } }, extra ?? t("runs." + name), order.key === name ? (order.down ? " ↓" : " ↑") : ""));
    return h("table.runs", null,
      h("thead", null, h("tr", null, h("td"), head("name"), head("state"), head("data", ".opt"), head("model", ".opt"), head("loss", ".num"), head("accuracy", ".num"), h("th.opt", { scope: "col" }, t("runs.curve")), head("created", ".opt"), h("td.opt"))),
      h("tbody", null, shown.map(row)));
  }

  function row(run) {
    const figure = figures(run);
    const box = h("input", { type: "checkbox", checked: chosen.has(run.id), "aria-label": t("runs.choose", run.id), onchange: () => { box.checked ? chosen.add(run.id) : chosen.delete(run.id); render(); } });
    return h("tr", null,
      h("td", null, box),
      h("td", null, h("a", { href: "#/run/" + encodeURIComponent(run.id) }, run.id), run.fault ? h("div.small.fault", null, run.fault) : null),
      h("td", null, chip(run)),
      h("td.opt", null, run.data), h("td.opt", null, run.model),
      h("td.num", null, number(figure.loss)),
      h("td.num", null, percent(figure.accuracy), figure.which === "none" ? null : h("div.small.muted", null, t("which." + figure.which))),
      h("td.opt", null, spark(run.spark, t("runs.curve"))),
      h("td.opt.small", null, date(run.created)),
      h("td.opt", null, run.state === "running" ? null : h("button.plain", { type: "button", onclick: () => remove(run), "aria-label": t("runs.delete", run.id) }, t("delete"))));
  }

  function remove(run) {
    const dialog = h("dialog", { "aria-labelledby": "delete-title" },
      h("h2", { id: "delete-title" }, t("runs.delete.title")), h("p", null, t("runs.delete.text", run.id)),
      h("form.row", { method: "dialog" },
        h("button.danger", { type: "button", onclick: async () => {
          dialog.close();
          try { await send("DELETE", "runs/" + encodeURIComponent(run.id)); notice(t("runs.deleted", run.id)); } catch (error) { notice(error.message); }
          load();
        } }, t("delete")),
        h("button", null, t("cancel"))));
    dialog.addEventListener("close", () => dialog.remove());
    document.body.append(dialog);
    dialog.showModal();
  }

  async function load() {
    try {
      const fresh = (await get("runs")).runs;
      if (stopped) return;
      if (JSON.stringify(fresh) !== JSON.stringify(runs) || !runs.length) { runs = fresh; render(); }
    } catch { if (!stopped) fill(bar, h("span.chip.interrupted", null, t("disconnected"))); }
  }
  load();
  const timer = setInterval(() => { if (!document.hidden && !list.contains(document.activeElement)) load(); }, 2000);
  return () => { stopped = true; clearInterval(timer); };
}

/** The state of a run in a word. */
export function chip(run) {
  const state = run.paused && run.state === "running" ? "paused" : run.state;
  return h("span.chip." + state, null, t("state." + state));
}

/** @param {HTMLElement} main @param {string} argument the runs' names with commas */
export function comparePage(main, argument) {
  const ids = argument.split(",").filter(Boolean).slice(0, 8);
  document.title = t("compare.title") + " · Manabi";
  const charts = [["loss", "train.loss"], ["loss", "validation.loss"], ["accuracy", "train.accuracy"], ["accuracy", "validation.accuracy"]]
    .map(([kind, column]) => ({ column, chart: new Chart({ title: t("column." + column), x: t("axis.epoch"), percent: kind === "accuracy", log: kind === "loss" }) }));
  const table = h("div.card.scroll");
  main.append(h("div.head", null, h("h1", null, t("compare.title"))), table, h("div.grid", null, charts.map(c => c.chart.element)));
  Promise.all(ids.map(async id => ({ run: await get("runs/" + encodeURIComponent(id)), history: new History(await get(`runs/${encodeURIComponent(id)}/metrics`)) }))).then(all => {
    for (const { column, chart } of charts) {
      const series = all.filter(({ history }) => history.kind("epoch").has(column)).map(({ run, history }) => ({ label: run.id, x: history.kind("epoch").get("epoch"), y: history.kind("epoch").get(column), hue: all.findIndex(a => a.run.id === run.id), points: true }));
      if (series.length) chart.show(series); else chart.element.remove();
    }
    const names = [...new Set(all.flatMap(({ run }) => Object.keys(run.config)))].filter(name => name !== "options");
    const cell = value => (value === undefined ? "–" : typeof value === "object" ? JSON.stringify(value) : String(value));
    fill(table, h("table", null, h("thead", null, h("tr", null, h("td"), all.map(({ run }) => h("th", { scope: "col" }, h("a", { href: "#/run/" + encodeURIComponent(run.id) }, run.id))))),
      h("tbody", null,
        [["runs.state", r => t("state." + r.state)], ["runs.data", r => r.data], ["fact.parameters", r => count(r.parameters)], ["fact.seed", r => r.seed], ["fact.test-accuracy", r => percent(r.results?.test?.accuracy ?? NaN)]].map(([key, value]) => h("tr", null, h("th", { scope: "row" }, t(key)), all.map(({ run }) => h("td", null, value(run))))),
        names.map(name => h("tr", null, h("th", { scope: "row" }, name), all.map(({ run }) => h("td", null, cell(run.config[name]))))))));
  }).catch(error => notice(error.message));
  return () => charts.forEach(c => c.chart.close());
}
