// What the pages ask the server, and nothing else on the network.

import { t } from "./text.js";

let token = null;

async function sessionToken() {
  token ??= (await (await fetch("api/session")).json()).token;
  return token;
}

/** @param {Response} response */
async function result(response) {
  const body = await response.json().catch(() => null);
  if (!response.ok) throw new Error(body?.error?.reason ?? `${response.status}`);
  return body;
}

/** @param {string} path @param {AbortSignal} [signal] */
export async function get(path, signal) {
  return result(await fetch("api/" + path, { signal }));
}

/** Sends something that changes something. @param {string} method @param {string} path @param {any} [body] */
export async function send(method, path, body, signal) {
  const binary = body instanceof Uint8Array;
  return result(await fetch("api/" + path, {
    method,
    signal,
    headers: {
      "X-Manabi-Token": await sessionToken(),
      "Content-Type": binary ? "application/octet-stream" : "application/json",
    },
    body: body === undefined ? undefined : binary ? body : JSON.stringify(body),
  }));
}

/**
 * Listens to events until the page is left.
 * @param {string} path @param {Object<string, (data: any) => void>} listeners
 * @returns {EventSource}
 */
export function listen(path, listeners) {
  const source = new EventSource("api/" + path);
  for (const [name, listener] of Object.entries(listeners)) {
    if (name === "error") source.addEventListener("error", listener);
    else source.addEventListener(name, event => listener(JSON.parse(event.data)));
  }
  return source;
}

/** Why a stream did not open, which an EventSource does not tell. @param {string} path @param {AbortSignal} signal */
async function refusal(path, signal) {
  const ask = new AbortController();
  signal.addEventListener("abort", () => ask.abort());
  try {
    const response = await fetch("api/" + path, { signal: ask.signal });
    if (!response.ok) return new Error((await response.json()).error.reason);
    ask.abort(); // it would answer now: nothing but the connection was lost
  } catch (error) {
    if (signal.aborted) return error;
  }
  return new Error(t("disconnected"));
}

/** Runs a long computation of the server. @param {string} path @param {(share: number) => void} progress @param {AbortSignal} signal @returns {Promise<any>} */
export function compute(path, progress, signal) {
  return new Promise((resolve, reject) => {
    const source = listen(path, {
      progress: data => progress(data.share),
      result: data => { source.close(); resolve(data); },
      fault: data => { source.close(); reject(new Error(data.reason)); },
      error: async () => { source.close(); reject(await refusal(path, signal)); },
    });
    signal.addEventListener("abort", () => { source.close(); reject(new DOMException("left", "AbortError")); });
  });
}
