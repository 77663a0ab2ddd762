// Building pages: elements from plain calls. Text is always text, never HTML.

/**
 * Makes an element.
 * @param {string} tag such as "div", or "div.card.wide" with classes
 * @param {Object<string, any>|null} [props] attributes; on… are listeners; a function is no attribute
 * @param {...any} children nodes, texts, arrays of these; null and false are left out
 * @returns {any}
 */
export function h(tag, props, ...children) {
  const [name, ...classes] = tag.split(".");
  const element = document.createElement(name);
  if (classes.length) element.className = classes.join(" ");
  for (const [key, value] of Object.entries(props ?? {})) {
    if (value === null || value === undefined || value === false) continue;
    if (key.startsWith("on")) element.addEventListener(key.slice(2), value);
    else if (key in element && typeof value !== "string") element[key] = value;
    else element.setAttribute(key, value === true ? "" : String(value));
  }
  append(element, children);
  return element;
}

/** @param {Element} element @param {any} children */
export function append(element, children) {
  for (const child of [children].flat(Infinity)) {
    if (child === null || child === undefined || child === false) continue;
    element.append(child instanceof Node ? child : String(child));
  }
}

/** Replaces everything in an element. @param {Element} element @param {...any} children */
export function fill(element, ...children) {
  element.replaceChildren();
  append(element, children);
  return element;
}

/** The color of a CSS variable now. @param {string} name */
export function color(name) {
  return getComputedStyle(document.documentElement).getPropertyValue("--" + name).trim();
}

/** The color of the n-th series. @param {number} n */
export function seriesColor(n) {
  return color("s" + ((n % 8) + 1));
}

/** Shows a message for some seconds. @param {string} text */
export function notice(text) {
  const line = h("div", null, text);
  document.getElementById("notice")?.append(line);
  setTimeout(() => line.remove(), 6000);
}

/** Hands a file to the browser. @param {string} name @param {Blob} blob */
export function download(name, blob) {
  const link = h("a", { href: URL.createObjectURL(blob), download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
}

/**
 * A picture of gray pixels: 0 is white paper, 1 black ink.
 * @param {ArrayLike<number>} pixels @param {number} width @param {number} size on the page
 * @param {string} label for those who do not see it
 */
export function picture(pixels, width, size, label) {
  return paint(pixels, width, size, label, v => { const g = 255 * (1 - v); return [g, g, g]; });
}

/** A picture of signed numbers: below 0 blue, above 0 red, by the largest. */
export function signedPicture(values, width, size, label) {
  const most = Math.max(1e-12, ...Array.from(values, Math.abs));
  return paint(values, width, size, label, v => {
    const s = Math.max(-1, Math.min(1, v / most));
    return s < 0 ? [255 + 210 * s, 255 + 150 * s, 255 + 60 * s] : [255 - 50 * s, 255 - 180 * s, 255 - 205 * s];
  });
}

function paint(values, width, size, label, colorOf) {
  const height = Math.round(values.length / width);
  const canvas = h("canvas.pixels", { width, height, role: "img", "aria-label": label });
  canvas.style.width = size + "px";
  canvas.style.height = Math.round((size * height) / width) + "px";
  const context = canvas.getContext("2d");
  const image = context.createImageData(width, height);
  for (let i = 0; i < values.length; i++) {
    const [r, g, b] = colorOf(values[i]);
    image.data.set([r, g, b, 255], 4 * i);
  }
  context.putImageData(image, 0, 0);
  return canvas;
}

/** Bytes in base64 as numbers 0 … 1. @param {string} text */
export function pixelsOf(text) {
  return Float32Array.from(atob(text), c => c.charCodeAt(0) / 255);
}
