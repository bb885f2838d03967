// The panels under the clock: what fell due, and the faults between the bot and Telegram.
import { get, post } from "./api.js";
import { element } from "./bubble.js";
import { time, day } from "./clock.js";
import { dismissible } from "./dismiss.js";
import { icon } from "./icons.js";
import { look as lookAtTour } from "./tour.js";

const SHOWN = 8;
const LOOK = 1000;
const NAMES = {
  down: "Telegram mati", delay: "lambat", status: "429", unlimited: "tanpa batas kirim",
  drop_after: "jawaban hilang", duplicate: "pembaruan ganda",
};
const by = (id) => document.getElementById(id);
let visit = () => {};
let looking = 0;

export function run(complain, goTo) {
  visit = goTo;
  const due = by("due");
  const more = document.querySelector(".more");
  due.querySelector(".shut").onclick = () => { due.hidden = true; };
  dismissible(() => !due.hidden, () => { due.hidden = true; });
  for (const button of document.querySelectorAll("[data-panel]")) {
    const name = button.dataset.panel;
    button.onclick = () => { more.open = false; show(name, by(name).hidden); };
  }
  for (const name of ["clock", "tour", "faults"]) {
    dismissible(() => !by(name).hidden, () => show(name, false));
  }
  dismissible(() => more.open, () => { more.open = false; }, [more]);
  for (const button of document.querySelectorAll("[data-fault]")) {
    button.onclick = () => order(button.dataset.fault).catch((fault) => complain(fault.message));
  }
}

export function show(name, isShown) {
  by(name).hidden = !isShown;
  for (const button of document.querySelectorAll(`[data-panel="${name}"]`)) {
    button.setAttribute("aria-expanded", String(isShown));
  }
  if (name === "tour" && isShown) lookAtTour();
  clearInterval(looking);
  if (!by("faults").hidden) {
    look();
    looking = setInterval(look, LOOK);
  }
}

export function showDue(due) {
  by("due").hidden = false;
  const lines = due.map((limit) => {
    const line = element("li");
    const post = limit.note ? ` (${limit.note})` : "";
    const words = `${day(limit.at)} ${time(limit.at)} · ${limit.name}${post}: ${limit.title}`;
    const button = element("button", "", words);
    button.type = "button";
    button.onclick = () => visit(limit.person, limit.message);
    line.append(button);
    return line;
  });
  by("due").querySelector("ul").replaceChildren(...lines);
}

async function order(fault) {
  if (fault) await post("/api/faults", JSON.parse(fault));
  else await fetch("/api/faults", { method: "DELETE" });
  await look();
}

async function look() {
  try {
    const [faults, state, calls] = await Promise.all([
      get("/api/faults"), get("/api/state"), get(`/api/log?last=${SHOWN}`),
    ]);
    const now = faults.map((fault) => `${NAMES[fault.kind] || fault.kind} (${fault.hits}×)`);
    by("broken").textContent = `${now.length ? `Sekarang: ${now.join(", ")}.` : "Tidak ada gangguan."} `
      + `${state.updates_waiting} pembaruan menunggu diambil bot.`;
    by("calls").replaceChildren(...calls.reverse().map(callLine));
  } catch {
    by("broken").textContent = "Simulator tidak menjawab.";
  }
}

function callLine(call) {
  const made = element("li", call.ok ? "" : "failed", `${time(call.at)} ${call.method} `);
  made.append(icon(call.ok ? "yes" : "close"), ` ${call.error || ""} ${call.text.slice(0, 60)}`);
  return made;
}
