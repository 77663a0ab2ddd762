// Lesson 2: train on few samples, and see overfitting begin.

import { Chart } from "./chart.js";
import { h } from "./dom.js";
import { computed, numberField, table } from "./lesson.js";
import { count, number, percent, t } from "./text.js";

/** @param {HTMLElement} body @param {AbortSignal} signal */
export function overfittingLesson(body, signal) {
  const samples = numberField("samples", t("overfit.samples"), 300, 50, 5000);
  const epochs = numberField("epochs", t("overfit.epochs"), 60, 2, 300);
  const seed = numberField("seed", t("fact.seed"), 0, 0, 4294967295);
  const remedies = h("input", { type: "checkbox", id: "remedies" });
  const charts = [];
  body.append(h("p", null, t("overfit.how")), computed({
    signal,
    inputs: [samples.label, epochs.label, seed.label, h("label", null, remedies, t("overfit.remedies"))],
    path: () => `lessons/train-and-test/run?seed=${seed.input.value}&samples=${samples.input.value}&epochs=${epochs.input.value}&remedies=${remedies.checked}`,
    show(result, into) {
      charts.splice(0).forEach(chart => chart.close());
      const loss = new Chart({ title: t("chart.loss"), x: t("axis.epoch"), log: true, height: 280 });
      const accuracy = new Chart({ title: t("chart.accuracy"), x: t("axis.epoch"), percent: true, height: 280 });
      charts.push(loss, accuracy);
      const turn = result.turn;
      into.append(h("div.explain" + (turn ? ".warn" : ""), null, h("p", { id: "turn" }, turn ? t("overfit.turn", turn.epoch, number(turn.lowest), number(turn.last), number(result.curve.at(-1).trainLoss)) : t("overfit.no-turn"))),
        h("div.grid", null, loss.element, accuracy.element));
      const x = result.curve.map(p => p.epoch);
      const marks = turn ? [{ x: turn.epoch, label: t("overfitting.mark", turn.epoch) }] : [];
      const series = (train, test) => [
        { label: t("overfit.train"), x, y: result.curve.map(p => p[train]), hue: 0, points: false },
        { label: t("overfit.test"), x, y: result.curve.map(p => p[test]), hue: 1, points: false }];
      loss.show(series("trainLoss", "testLoss"), marks);
      accuracy.show(series("trainAccuracy", "testAccuracy"), marks);
      if (result.remedies.length > 1) into.append(h("h2", null, t("overfit.more")), table([t("overfit.samples"), t("column.train.accuracy"), t("fact.test-accuracy"), t("overfit.gap")],
        result.remedies.map(r => [count(r.samples), percent(r.end.trainAccuracy), percent(r.end.testAccuracy), percent(r.end.trainAccuracy - r.end.testAccuracy)])));
    },
  }));
  signal.addEventListener("abort", () => charts.forEach(chart => chart.close()));
  return {
    java: `var few = Mnist.load().train().first(300);
trainer.train(few, null, event -> {
    if (event instanceof EpochDone) IO.println(evaluator.score(test));
});`,
    command: "./manabi lesson train-and-test --seed 0",
  };
}
