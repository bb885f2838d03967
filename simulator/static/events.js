// One live stream for all windows of this browser: a browser opens only six connections to a
// server, and every person's window would hold one. Runs as a shared worker.
import { KINDS } from "./kinds.js";

const KEPT = 1000;
const ports = new Set();
const recent = [];
let source = null;
let isUp = true;

const tell = (note) => { for (const port of ports) port.postMessage(note); };

function connect(last) {
  source = new EventSource(`/api/events?last=${last}`);
  for (const kind of KINDS) {
    source.addEventListener(kind, (event) => {
      const note = { kind, data: JSON.parse(event.data), id: Number(event.lastEventId) };
      recent.push(note);
      if (recent.length > KEPT) recent.shift();
      tell(note);
    });
  }
  source.onopen = () => { isUp = true; tell({ kind: "connection", data: true }); };
  source.onerror = () => { isUp = false; tell({ kind: "connection", data: false }); };
}

function welcome(port, last) {
  ports.add(port);
  if (!source) return connect(last);
  if (recent.length === KEPT && recent[0].id > last + 1) port.postMessage({ kind: "reset", data: {} });
  for (const note of recent) if (note.id > last) port.postMessage(note);
  return port.postMessage({ kind: "connection", data: isUp });
}

self.onconnect = (event) => {
  const [port] = event.ports;
  port.onmessage = (order) => {
    if (order.data.leave) ports.delete(port);
    else welcome(port, order.data.last);
  };
};
