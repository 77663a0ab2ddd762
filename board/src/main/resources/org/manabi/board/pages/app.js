// The frame of all pages: which page the address asks for, language, theme.

import { fill, h } from "./dom.js";
import { language, setLanguage, t } from "./text.js";
import { runsPage, comparePage } from "./runs.js";
import { runPage } from "./run.js";
import { lessonsPage, lessonPage } from "./lessons.js";
import { drawPage } from "./draw.js";

/** A page fills an element and returns what is to be done when it is left. */
const pages = { runs: runsPage, run: runPage, compare: comparePage, lessons: lessonsPage, lesson: lessonPage, draw: drawPage };
const sections = { run: "runs", compare: "runs", lesson: "lessons" };

let leave = () => {};

function show() {
  leave();
  leave = () => {};
  const [name, argument] = location.hash.replace(/^#\//, "").split("/");
  const page = pages[name] ?? runsPage;
  frame(sections[name] ?? (pages[name] ? name : "runs"));
  const main = document.getElementById("main");
  fill(main);
  leave = page(main, decodeURIComponent(argument ?? "")) ?? (() => {});
}

function frame(current) {
  document.documentElement.lang = language();
  document.getElementById("skip").textContent = t("skip");
  const nav = document.getElementById("nav");
  nav.setAttribute("aria-label", t("nav"));
  fill(nav, ["runs", "lessons", "draw"].map(name => h("a", { href: "#/" + name, "aria-current": name === current ? "page" : null }, t("nav." + name))));
  fill(document.getElementById("settings"),
    h("button", { type: "button", id: "language", lang: language() === "en" ? "ja" : "en", onclick: () => { setLanguage(language() === "en" ? "ja" : "en"); show(); } }, language() === "en" ? "日本語" : "English"),
    h("button", { type: "button", id: "theme", onclick: toggleTheme }, t(isDark() ? "theme.light" : "theme.dark")));
}

function isDark() {
  return document.documentElement.dataset.theme === "dark";
}

function toggleTheme() {
  const theme = isDark() ? "light" : "dark";
  document.documentElement.dataset.theme = theme;
  localStorage.setItem("manabi.theme", theme);
  show();
}

document.documentElement.dataset.theme = localStorage.getItem("manabi.theme") ?? (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light");
document.getElementById("skip").addEventListener("click", event => { event.preventDefault(); document.getElementById("main").focus(); });
let shown = location.hash;
addEventListener("hashchange", () => { if (location.hash !== shown) { shown = location.hash; show(); scrollTo(0, 0); document.getElementById("main").focus(); } });
show();
