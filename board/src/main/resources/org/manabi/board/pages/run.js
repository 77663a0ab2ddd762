// One run: live while it is trained, replayed when it is over.

import { get, listen, send } from "./api.js";
import { Chart } from "./chart.js";
import { fill, h, notice } from "./dom.js";
import { Heatmap } from "./heatmap.js";
import { evaluationSection } from "./evaluation.js";
import { History } from "./history.js";
import { chip } from "./runs.js";
import { clock, count, date, number, percent, t } from "./text.js";

/** @param {HTMLElement} main @param {string} id */
export function runPage(main, id) {
  document.title = id + " · Manabi";
  const path = "runs/" + encodeURIComponent(id);
  const head = h("div.head", null, h("h1", null, id));
  const status = h("div.card");
  const controls = h("div.row");
  const words = h("div");
  const facts = h("section");
  const charts = {
    loss: new Chart({ title: t("chart.loss"), x: t("axis.step"), log: true, height: 280 }),
    accuracy: new Chart({ title: t("chart.accuracy"), x: t("axis.step"), percent: true, height: 280 }),
    rate: new Chart({ title: t("chart.learning-rate"), x: t("axis.step") }),
    speed: new Chart({ title: t("chart.speed"), x: t("axis.step") }),
    gradients: new Chart({ title: t("chart.gradients"), x: t("axis.step"), log: true }),
    updates: new Chart({ title: t("chart.updates"), x: t("axis.step"), log: true }),
  };
  /** Of each parameter and layer, by its name. @type {Map<string, Heatmap>} */
  const spreads = new Map();
  const spreadGrid = h("div.grid");
  const spread = h("section", { id: "spread", hidden: true }, h("h2", null, t("spread.title")), h("p", null, t("spread.how")), spreadGrid);
  const replay = h("div.row");
  const evaluation = h("section");
  main.append(head, status, controls, words, replay,
    h("div.grid", null, Object.values(charts).map(chart => chart.element)), spread, evaluation, facts);

  let run = null;
  /** @type {History|null} */
  let history = null;
  let source = null;
  let left = false;
  let evaluated = null;
  let stopEvaluation = () => {};
  let until = Infinity;
  let replaying = 0;
  let connected = true;

  function showRun() {
    fill(head, h("h1", null, id), chip(run));
    showControls();
    fill(facts, h("h2", null, t("run.config")), h("div.card", null, h("dl.config", null, provenance().map(([name, value]) => [h("dt", null, name), h("dd", null, value)]))));
    if (run.state !== "running" && evaluated !== run.state) {
      evaluated = run.state;
      stopEvaluation();
      stopEvaluation = evaluationSection(evaluation, path);
    } else if (run.state === "running" && evaluated === null) {
      evaluated = "running";
      stopEvaluation = evaluationSection(evaluation, path, true);
    }
    fill(replay, run.state !== "running" && history?.kind("step").rows > 4 ? [
      h("button", { type: "button", id: "replay", onclick: startReplay }, t("run.replay"))] : null);
  }

  function provenance() {
    const entries = [
      [t("runs.data"), run.data], [t("runs.model"), run.model], [t("fact.parameters"), count(run.parameters)], [t("fact.seed"), run.seed],
      ...Object.entries(run.config).filter(([name]) => name !== "model" && name !== "options").map(([name, value]) => [name, typeof value === "object" ? JSON.stringify(value) : value]),
      [t("runs.created"), date(run.created)], [t("fact.folder"), run.folder], [t("fact.digest"), run.dataSha256],
      ...Object.entries(run.versions), ...Object.entries(run.host),
    ];
    if (run.results?.weightsSha256) entries.push([t("fact.weights"), run.results.weightsSha256]);
    return entries;
  }

  function showControls() {
    if (!run.controllable) { delete controls.dataset.paused; return fill(controls); }
    if (controls.dataset.paused === String(run.paused)) return; // what is being typed stays
    controls.dataset.paused = String(run.paused);
    const act = body => async () => { try { run = await send("POST", path + "/control", body()); showRun(); } catch (error) { notice(error.message); } };
    const rate = h("input", { type: "number", step: "any", min: "0", id: "rate", value: number(history?.last.get("step")?.learningRate ?? run.config.learningRate) });
    fill(controls,
      run.paused ? h("button.primary", { type: "button", id: "resume", onclick: act(() => ({ action: "resume" })) }, t("run.resume"))
        : h("button", { type: "button", id: "pause", onclick: act(() => ({ action: "pause" })) }, t("run.pause")),
      h("button.danger", { type: "button", id: "stop", onclick: act(() => ({ action: "stop" })) }, t("run.stop")),
      h("label", null, t("chart.learning-rate"), rate),
      h("button", { type: "button", id: "set-rate", onclick: act(() => ({ action: "learning-rate", value: Number(rate.value) })) }, t("run.set")));
  }

  function fact(name, value) {
    return h("div.fact", null, h("span", null, name), h("span", null, value));
  }

  function showHistory() {
    if (!history || !run) return;
    const steps = history.kind("step");
    const epochs = history.kind("epoch");
    const started = history.last.get("started") ?? {};
    const step = history.last.get("step") ?? {};
    const epoch = history.last.get("epoch") ?? {};
    const done = Math.max(step.step ?? 0, epoch.step ?? 0);
    const speed = step.samplesPerSecond ?? epoch.samplesPerSecond ?? run.results?.samplesPerSecond;
    const seconds = (run.state === "running" ? step.seconds ?? epoch.seconds : run.results?.seconds?.training) ?? epoch.seconds;
    const remaining = run.state === "running" && done > 0 && started.steps ? (seconds * (started.steps - done)) / done : null;
    const test = run.results?.test;
    fill(status, [
      started.steps ? h("progress", { max: started.steps, value: Math.min(done, started.steps), "aria-label": t("run.progress") }) : null,
      h("div.facts", null,
        fact(t("axis.step"), started.steps ? t("of", count(done), count(started.steps)) : count(done)),
        epoch.epoch || step.epoch ? fact(t("axis.epoch"), count(Math.max(epoch.epoch ?? 0, step.epoch ?? 0))) : null,
        fact(t("column.train.loss"), number(step.loss ?? epoch.train?.loss ?? NaN)),
        epoch.validation ? fact(t("column.validation.loss"), number(epoch.validation.loss)) : null,
        epoch.validation?.accuracy !== undefined ? fact(t("column.validation.accuracy"), percent(epoch.validation.accuracy)) : null,
        test?.accuracy !== undefined ? fact(t("fact.test-accuracy"), percent(test.accuracy)) : null,
        speed ? fact(t("fact.speed"), t("per-second", count(Math.round(speed)))) : null,
        seconds ? fact(t("fact.time"), clock(seconds)) : null,
        remaining !== null ? fact(t("fact.left"), clock(remaining)) : null),
      connected ? null : h("p.chip.interrupted", null, t("disconnected"))]);
    const turn = explain(epochs, epoch);
    const cut = (columns, name, label, hue, points) => {
      const x = columns.get("step"), y = columns.get(name);
      const end = until === Infinity ? x.length : x.filter(v => v <= until).length;
      return { label, x: x.slice(0, end), y: y.slice(0, end), hue, points };
    };
    const both = figure => [
      figure === "loss" && steps.has("loss") ? cut(steps, "loss", t("column.train.loss"), 0, false) : null,
      epochs.has("train." + figure) && figure !== "loss" ? cut(epochs, "train." + figure, t("column.train." + figure), 0, true) : null,
      epochs.has("frozen." + figure) ? cut(epochs, "frozen." + figure, t("column.frozen." + figure), 2, true) : null,
      epochs.has("validation." + figure) ? cut(epochs, "validation." + figure, t("column.validation." + figure), 1, true) : null,
    ].filter(s => s && s.x.length);
    const marks = turn ? [{ x: turn.step, label: t("overfitting.mark", turn.epoch) }] : [];
    update(charts.loss, both("loss"), marks);
    update(charts.accuracy, both("accuracy"), marks);
    update(charts.rate, steps.has("learningRate") ? [cut(steps, "learningRate", t("chart.learning-rate"), 3, false)] : []);
    update(charts.speed, steps.has("samplesPerSecond") ? [cut(steps, "samplesPerSecond", t("fact.speed"), 6, false)] : []);
    const layers = history.kind("layers");
    const perLayer = suffix => [...layers.columns.keys()].filter(name => name.startsWith("layers.") && name.endsWith("." + suffix)).map((name, i) => cut(layers, name, name.slice(7, -suffix.length - 1), i, false));
    update(charts.gradients, perLayer("gradient"));
    update(charts.updates, perLayer("updateRatio"));
    showSpreads(history.histograms.all.filter(frame => frame.step <= until));
  }

  /** The weights of each parameter and what each layer gives, over time. */
  function showSpreads(frames) {
    const series = new Map();
    for (const frame of frames) {
      for (const [group, title] of [["weights", "spread.weights-of"], ["activations", "spread.activations"]]) {
        for (const one of frame[group] ?? []) {
          const name = t(title, one.of);
          if (!series.has(name)) series.set(name, []);
          series.get(name).push({ step: frame.step, ...one });
        }
      }
    }
    spread.hidden = series.size === 0;
    for (const [title, each] of series) {
      if (!spreads.has(title)) {
        const map = new Heatmap({ title });
        spreads.set(title, map);
        spreadGrid.append(map.element);
      }
      spreads.get(title).show(each);
    }
  }

  function update(chart, series, marks) {
    chart.element.hidden = series.length === 0;
    if (series.length) chart.show(series, marks ?? []);
  }

  /** Says in words how the run goes, and where overfitting began. */
  function explain(epochs, last) {
    const losses = epochs.get("validation.loss");
    const finite = losses.map((v, i) => [v, i]).filter(([v]) => Number.isFinite(v));
    if (run.state === "diverged") {
      const where = history.last.get("diverged") ?? {};
      fill(words, h("div.explain.warn", null, h("p", null, t("explain.diverged", count(where.step ?? 0)))));
      return null;
    }
    if (finite.length < 2) {
      fill(words, finite.length || run.state === "running" ? null : h("div.explain", null, h("p", null, t("explain.no-validation"))));
      return null;
    }
    const [lowest, at] = finite.reduce((best, each) => (each[0] < best[0] ? each : best));
    const found = history.last.get("overfitting")?.found;
    // It was seen by the training itself; when a later epoch is the best again, it is over.
    if (found && finite.at(-1)[1] > at) {
      const now = { validation: finite.at(-1)[0], train: last.train?.loss ?? NaN };
      fill(words, h("div.explain.warn", { id: "overfitting" },
        h("p", null, t("explain.overfitting", count(found.sinceEpoch), number(found.best.loss), number(now.validation), number(now.train))),
        h("p", null, t("overfitting." + found.kind)),
        h("p", null, t("overfitting.try", found.remedies.map(remedy => t("remedy." + remedy)).join(t("list.comma"))))));
      const row = epochs.get("epoch").findIndex(epoch => epoch >= found.sinceEpoch);
      return { epoch: found.sinceEpoch, step: epochs.get("step")[Math.max(0, row)] };
    }
    fill(words, h("div.explain", null, h("p", null, t("explain.good", number(lowest), count(epochs.get("epoch")[at])))));
    return null;
  }

  function startReplay() {
    cancelAnimationFrame(replaying);
    const end = Math.max(...history.kind("step").get("step"));
    const began = performance.now();
    const frame = now => {
      until = end * Math.min(1, (now - began) / 6000);
      if (until >= end) { until = Infinity; showHistory(); return; }
      showHistory();
      replaying = requestAnimationFrame(frame);
    };
    replaying = requestAnimationFrame(frame);
  }

  let dirty = 0;
  function soon() {
    dirty ||= setTimeout(() => { dirty = 0; if (!left && !document.hidden) showHistory(); }, 120);
  }

  async function begin() {
    try {
      [run, history] = await Promise.all([get(path), get(path + "/metrics").then(json => new History(json))]);
    } catch (error) {
      if (!left) fill(main, h("h1", null, t("run.missing")), h("p", null, error.message), h("p", null, h("a", { href: "#/runs" }, t("nav.runs"))));
      return;
    }
    if (left) return;
    showRun();
    showHistory();
    follow();
  }

  /** What another page or the command line has done. */
  function heard(event) {
    if (event.event !== "paused" && event.event !== "resumed") return;
    run.paused = event.event === "paused";
    showRun();
  }

  let reloading = null;
  /** Fetches the curves anew, when some of them were missed. */
  function reload() {
    reloading ??= get(path + "/metrics").then(json => { history = new History(json); soon(); }).catch(() => { connected = false; }).finally(() => { reloading = null; });
  }

  function follow() {
    source = listen(`${path}/events?from=${history.next}`, {
      run: data => { const before = run?.state; run = data; connected = true; showRun(); soon(); if (before === "running" && data.state !== "running") showRun(); },
      events: data => {
        connected = true;
        if (data.next <= history.next) return; // was in the curves already
        if (data.from > history.next) return reload();
        for (const event of data.events) { history.add(event); heard(event); }
        history.next = data.next;
        soon();
      },
      lost: reload,
      error: () => { connected = false; soon(); },
    });
  }

  const visible = () => { if (!document.hidden) showHistory(); };
  document.addEventListener("visibilitychange", visible);
  begin();
  return () => {
    left = true;
    source?.close();
    stopEvaluation();
    cancelAnimationFrame(replaying);
    document.removeEventListener("visibilitychange", visible);
    clearTimeout(dirty);
    [...Object.values(charts), ...spreads.values()].forEach(chart => chart.close());
  };
}
