// The guided tour: its caption, its controls, and the role one plays oneself.
import { get, post } from "./api.js";

const by = (id) => document.getElementById(id);
const PREPARING = "Kantor sedang disiapkan …";
const INTRODUCTION = by("caption").textContent;
let state = null;
let screen = null;
let complain = () => {};

export async function run(report, given) {
  complain = report;
  screen = given;
  for (const button of document.querySelectorAll("[data-tour]")) {
    button.onclick = () => ask(button.dataset);
  }
  take(await get("/api/tour"));
}

// Off until every official of the example has registered.
export function prepare(onboarding) {
  const isReady = onboarding === "done";
  for (const button of document.querySelectorAll('[data-tour="start"]')) button.disabled = !isReady;
  const caption = by("caption");
  if (onboarding.startsWith("failed")) caption.textContent = `Kantor tidak dapat disiapkan (${onboarding}).`;
  else if (!isReady) caption.textContent = PREPARING;
  else if (caption.textContent === PREPARING) caption.textContent = INTRODUCTION;
}

async function ask({ tour, sop }) {
  try {
    take(await post("/api/tour", { do: tour, sop, person: screen.me() }));
  } catch (fault) {
    complain(fault.message);
    if (tour === "start") by("caption").textContent = fault.message;
  }
}

export async function take(now) {
  state = now;
  if (now.caption) by("caption").textContent = now.caption;
  showControls();
  const follows = now.running && !by("tour").hidden && by("follow").checked;
  if (!follows || !now.person || now.taken.includes(screen.me())) return;
  await screen.show(now.person, now.message, now.label);
}

// Which of the controls have a meaning now, for the person whose app is open.
export function showControls() {
  if (!state) return;
  const isTaken = state.taken.includes(screen.me());
  const shown = {
    start: !state.running, stop: state.running, pause: state.running && !state.paused,
    resume: state.running && state.paused, next: state.running,
    take: state.running && !isTaken, give: state.running && isTaken,
  };
  for (const button of document.querySelectorAll("[data-tour]")) {
    button.hidden = !shown[button.dataset.tour];
  }
}
