// Lesson 1: the three ways to a program that reads digits, side by side.

import { get } from "./api.js";
import { h, picture, pixelsOf } from "./dom.js";
import { computed, numberField, table } from "./lesson.js";
import { count, percent, t } from "./text.js";

/** @param {HTMLElement} body @param {AbortSignal} signal */
export function approachesLesson(body, signal) {
  const seed = numberField("seed", t("fact.seed"), 0, 0, 4294967295);
  const hidden = numberField("hidden", t("approach.hidden"), 100, 1, 1000);
  body.append(h("p", null, t("approach.how")), computed({
    signal,
    inputs: [seed.label, hidden.label],
    path: () => `lessons/data-driven/run?seed=${seed.input.value}&hidden=${hidden.input.value}`,
    show(result, into) {
      into.append(h("div.cards", null, result.outcomes.map(outcome => {
        const mistakes = h("div.digits");
        mistakesOf(outcome, mistakes, signal);
        return h("div.card", null, h("h2", null, t("approach." + outcome.approach)), h("p.small.muted", null, t("approach." + outcome.approach + ".how")),
          h("div.big", null, percent(outcome.accuracy)), h("p.small", null, outcome.learned ? t("approach.learned", count(outcome.learned)) : t("approach.nothing-learned")),
          h("h3", null, t("approach.mistakes")), mistakes);
      })), h("h2", null, t("approach.by-digit")),
      table([t("approach.digit"), ...result.outcomes.map(o => t("approach." + o.approach))], result.outcomes[0].byDigit.map((_, k) => [String(k), ...result.outcomes.map(o => percent(o.byDigit[k], 1))])));
    },
  }));
  return {
    java: `var result = DataDriven.compute(Mnist.load(), DataDriven.Settings.DEFAULTS, Progress.NONE);
result.outcomes().forEach(o -> IO.println(o.approach() + " " + o.accuracy()));`,
    command: "./manabi lesson data-driven --seed 0",
  };
}

async function mistakesOf(outcome, into, signal) {
  const few = outcome.mistakes.slice(0, 8);
  if (!few.length) return;
  try {
    const { samples, width } = await get("lessons/samples?part=test&rows=" + few.map(m => m.row).join(","), signal);
    into.append(...samples.map((sample, i) => h("div.digit", null, picture(pixelsOf(sample.pixels), width, 48, t("picture.of", sample.label)), `${sample.label} → ${few[i].guess}`)));
  } catch { /* the page was left */ }
}
