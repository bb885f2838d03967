// The guided tour: its caption, its controls, and the role one plays oneself.
import { get, post } from "./api.js";

const by = (id) => document.getElementById(id);
const PREPARING = "Kantor sedang disiapkan …";
const OPENING = "Kantor baru sedang dibuka …";
const INTRODUCTION = by("caption").textContent;
let state = null;
let screen = null;
let complain = () => {};
let isReady = false; // every official of the example has registered
let isOpening = false;

// Another office of this machine, by the name under which this one was reached.
const at = (port, query = "") => `${location.protocol}//${location.hostname}:${port}/${query}`;

export async function run(report, given) {
  complain = report;
  screen = given;
  for (const button of document.querySelectorAll("[data-tour]")) {
    button.onclick = () => ask(button.dataset);
  }
  by("opener").onclick = () => location.assign(at(state.opener));
  await look();
}

// Whether it would start here or in a fresh office changes with the first work done here.
export async function look() {
  try {
    await take(await get("/api/tour"));
  } catch (fault) {
    complain(fault.message);
  }
}

export function prepare(onboarding) {
  isReady = onboarding === "done";
  enable();
  const caption = by("caption");
  if (onboarding.startsWith("failed")) caption.textContent = `Kantor tidak dapat disiapkan (${onboarding}).`;
  else if (!isReady) caption.textContent = PREPARING;
  else if (caption.textContent === PREPARING) caption.textContent = INTRODUCTION;
}

function enable() {
  for (const button of document.querySelectorAll('[data-tour="start"]')) {
    button.disabled = !isReady || isOpening;
  }
}

async function ask({ tour, sop }) {
  if (tour === "start" && state?.starts === "anew") return open(sop);
  try {
    return await take(await post("/api/tour", { do: tour, sop, person: screen.me() }));
  } catch (fault) {
    if (tour !== "start") return complain(fault.message);
    await look();
    if (by("notice").hidden) by("caption").textContent = fault.message;
    return undefined;
  }
}

// The page goes to the fresh office, in which the tour begins by itself.
async function open(sop) {
  isOpening = true;
  enable();
  by("caption").textContent = OPENING;
  try {
    const { port } = await post("/api/tour", { do: "open", sop });
    location.assign(at(port, "?panel=tour"));
  } catch (fault) {
    by("caption").textContent = fault.message;
    isOpening = false;
    enable();
  }
}

export async function take(now) {
  state = now;
  if (now.caption && !isOpening) by("caption").textContent = now.caption;
  by("notice").textContent = now.notice;
  by("notice").hidden = !now.notice;
  by("opener").hidden = now.running || !now.opener;
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
    start: !state.running && state.starts !== "", stop: state.running, pause: state.running && !state.paused,
    resume: state.running && state.paused, next: state.running,
    take: state.running && !isTaken, give: state.running && isTaken,
  };
  for (const button of document.querySelectorAll("[data-tour]")) {
    button.hidden = !shown[button.dataset.tour];
  }
}
