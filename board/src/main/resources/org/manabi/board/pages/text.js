// Everything the pages say, in English and Japanese, and how they write numbers.

import { english } from "./text-en.js";
import { japanese } from "./text-ja.js";

const texts = { en: english, ja: japanese };

let current = localStorage.getItem("manabi.language") ?? (navigator.language.startsWith("ja") ? "ja" : "en");

export function language() {
  return current;
}

/** @param {"en"|"ja"} other */
export function setLanguage(other) {
  current = other;
  localStorage.setItem("manabi.language", other);
}

/**
 * A text; {0}, {1} … in it stand for values.
 * @param {string} key @param {...any} values
 */
export function t(key, ...values) {
  const text = texts[current][key];
  if (text === undefined) {
    console.error("no text " + key);
    return key;
  }
  return text.replace(/\{(\d)\}/g, (_, i) => String(values[i]));
}

/** A number with as many digits as mean something. @param {number} v */
export function number(v) {
  if (v === null || v === undefined || !Number.isFinite(v)) return v === Infinity ? "∞" : v === -Infinity ? "−∞" : "–";
  if (v === 0) return "0";
  const size = Math.abs(v);
  if (Number.isInteger(v) && size < 1e9) return count(v);
  return size >= 1e6 || size < 1e-4 ? v.toExponential(2) : String(Number(v.toPrecision(4)));
}

/** A whole number with its thousands apart. @param {number} v */
export function count(v) {
  return Math.round(v).toLocaleString("en-US").replaceAll(",", "\u202f");
}

/** @param {number} v a share @param {number} [digits] */
export function percent(v, digits = 2) {
  return Number.isFinite(v) ? (100 * v).toFixed(digits) + " %" : "–";
}

/** @param {number} seconds */
export function clock(seconds) {
  const s = Math.max(0, Math.round(seconds));
  const two = v => String(v).padStart(2, "0");
  return s >= 3600 ? `${Math.floor(s / 3600)}:${two(Math.floor(s / 60) % 60)}:${two(s % 60)}` : `${Math.floor(s / 60)}:${two(s % 60)}`;
}

/** @param {string} instant */
export function date(instant) {
  return new Intl.DateTimeFormat(current, { dateStyle: "medium", timeStyle: "short" }).format(new Date(instant));
}
