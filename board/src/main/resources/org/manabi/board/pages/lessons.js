// The chapter's six lessons. Each page computes with the library itself, in the server's process.

import { h } from "./dom.js";
import { approachesLesson } from "./lesson-approaches.js";
import { batchLesson } from "./lesson-batch.js";
import { labelsLesson } from "./lesson-labels.js";
import { lossesLesson } from "./lesson-losses.js";
import { overfittingLesson } from "./lesson-overfitting.js";
import { slopeLesson } from "./lesson-slope.js";
import { t } from "./text.js";

/** In the chapter's order. */
const lessons = {
  "data-driven": approachesLesson,
  "train-and-test": overfittingLesson,
  "loss-functions": lossesLesson,
  "mini-batch": batchLesson,
  "cross-entropy-batch": labelsLesson,
  "why-not-accuracy": slopeLesson,
};

/** @param {HTMLElement} main */
export function lessonsPage(main) {
  document.title = t("nav.lessons") + " · Manabi";
  main.append(h("div.head", null, h("h1", null, t("nav.lessons"))), h("p.lead", null, t("lessons.lead")),
    h("div.cards", null, Object.keys(lessons).map((name, i) => h("a.card.lesson-card", { href: "#/lesson/" + name }, h("h2", null, `${i + 1}. ${t(name + ".title")}`), h("p", null, t(name + ".summary"))))));
}

/** @param {HTMLElement} main @param {string} name */
export function lessonPage(main, name) {
  const lesson = lessons[name];
  if (!lesson) return lessonsPage(main);
  document.title = t(name + ".title") + " · Manabi";
  const leave = new AbortController();
  const body = h("div.lesson-body", { id: "lesson" });
  const names = Object.keys(lessons);
  const at = names.indexOf(name);
  main.append(h("p.small", null, h("a", { href: "#/lessons" }, t("nav.lessons"))),
    h("div.head", null, h("h1", null, `${at + 1}. ${t(name + ".title")}`)), h("p.lead", null, t(name + ".summary")), body);
  const { java, command } = lesson(body, leave.signal) ?? {};
  main.append(h("section", null, h("h2", null, t("lesson.repeat")), h("p", null, t("lesson.java")), h("pre", { tabindex: 0 }, java), h("p", null, t("lesson.command")), h("pre", { tabindex: 0 }, command)),
    h("p.row", null, at > 0 ? h("a", { href: "#/lesson/" + names[at - 1] }, "← " + t(names[at - 1] + ".title")) : null, at + 1 < names.length ? h("a", { href: "#/lesson/" + names[at + 1] }, t(names[at + 1] + ".title") + " →") : null));
  return () => leave.abort();
}
