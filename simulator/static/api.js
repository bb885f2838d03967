// The simulator's JSON API and its live events.
import { KINDS } from "./kinds.js";

async function call(path, options) {
  const answer = await fetch(path, options);
  const body = await answer.json();
  if (!answer.ok) throw new Error(body.error || answer.statusText);
  return body;
}

export const get = (path) => call(path);

export const post = (path, body) =>
  call(path, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });

export function upload(path, files, fields) {
  const form = new FormData();
  for (const file of files) form.append("file", file, file.name || "gambar.png");
  for (const [name, value] of Object.entries(fields)) if (value) form.append(name, value);
  return call(path, { method: "POST", body: form });
}

export function listen(last, reactions) {
  const react = (note) => reactions[note.kind]?.(note.data);
  if (typeof SharedWorker === "undefined") return listenAlone(last, react);
  const worker = new SharedWorker("/static/events.js", { name: "sigap", type: "module" });
  worker.port.onmessage = (event) => react(event.data);
  worker.port.postMessage({ last });
  addEventListener("pagehide", () => worker.port.postMessage({ leave: true }));
  addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });
  return undefined;
}

function listenAlone(last, react) {
  const source = new EventSource(`/api/events?last=${last}`);
  for (const kind of KINDS) {
    source.addEventListener(kind, (event) => react({ kind, data: JSON.parse(event.data) }));
  }
  source.onopen = () => react({ kind: "connection", data: true });
  source.onerror = () => react({ kind: "connection", data: false });
}
