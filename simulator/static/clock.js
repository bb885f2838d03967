// The office clock: shown in Indonesian words, moved by the buttons above the chat.
import { get, post } from "./api.js";

const OFFICE_ZONE = "Asia/Makassar";
const OFFICE_HOURS = 8;
const OPENING = "07:30";
const DAY = 86_400_000;
const words = new Intl.DateTimeFormat("id-ID", {
  weekday: "long", day: "numeric", month: "long", year: "numeric", timeZone: OFFICE_ZONE,
});
const hours = new Intl.DateTimeFormat("id-ID", {
  hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZone: OFFICE_ZONE,
});
const weekday = new Intl.DateTimeFormat("id-ID", { weekday: "short", timeZone: OFFICE_ZONE });
const shortDay = new Intl.DateTimeFormat("id-ID", {
  day: "numeric", month: "short", timeZone: OFFICE_ZONE,
});

let complain = () => {};
let holidays = new Set();
let state = { now: Date.now(), rate: 1, at: performance.now() };

export const time = (moment) => hours.format(new Date(moment)).replace(":", ".");
export const day = (moment) => shortDay.format(new Date(moment));
export const fullDay = (moment) => words.format(new Date(moment));

export function now() {
  return state.now + (performance.now() - state.at) * state.rate;
}

export function take(clock) {
  state = { now: Date.parse(clock.now), rate: clock.rate, at: performance.now() };
  for (const button of document.querySelectorAll("[data-rate]")) {
    button.setAttribute("aria-pressed", String(Number(button.dataset.rate) === clock.rate));
  }
  show();
}

export function run(report, daysOff) {
  complain = report;
  holidays = new Set(daysOff);
  for (const button of document.querySelectorAll("[data-minutes]")) {
    button.onclick = () => move({ advance_minutes: Number(button.dataset.minutes) });
  }
  for (const button of document.querySelectorAll("[data-rate]")) {
    button.onclick = () => move({ rate: Number(button.dataset.rate) });
  }
  document.getElementById("limit").onclick = () => move({ to_limit: true });
  document.getElementById("workday").onclick = () => move({ set: nextWorkday() });
  setInterval(show, 1000);
  setInterval(() => get("/clock").then(take, () => {}), 30_000);
}

async function move(change) {
  try {
    take(await post("/clock", change));
  } catch (fault) {
    complain(fault.message);
  }
}

function show() {
  const moment = new Date(now());
  const text = `${words.format(moment)} pukul ${time(moment)} WITA`;
  const place = document.getElementById("now");
  if (place.textContent === text) return;
  place.textContent = text;
  const button = document.getElementById("hour");
  button.textContent = `${weekday.format(moment)} ${time(moment)}`;
  button.setAttribute("aria-label", `Jam kantor: ${button.textContent}`);
}

function nextWorkday() {
  let moment = now() + OFFICE_HOURS * 3_600_000 + DAY;
  while (isOff(moment)) moment += DAY;
  return `${date(moment)}T${OPENING}:00+08:00`;
}

const date = (moment) => new Date(moment).toISOString().slice(0, 10);
const isOff = (moment) => [0, 6].includes(new Date(moment).getUTCDay()) || holidays.has(date(moment));
