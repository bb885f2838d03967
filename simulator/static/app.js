// The page: whose app it is, which chat is open, and what the live events change.
import { get, post, listen } from "./api.js";
import { append, bubble, element, markDays } from "./bubble.js";
import * as clock from "./clock.js";
import * as composer from "./composer.js";
import * as drawer from "./drawer.js";
import { icon } from "./icons.js";
import * as panels from "./panels.js";
import * as tour from "./tour.js";

const PAGE = 100;
const by = (id) => document.getElementById(id);
const address = new URLSearchParams(location.search);
const open = { person: Number(address.get("saya")) || null, chat: Number(address.get("chat")) || null };
let people = [];
let chats = [];
let state = null;
let refreshing = 0;
let toasting = 0;
let sticks = true;
let changes = 0; // of the open chat, while its messages are being fetched

const acts = {
  reply: composer.reply,
  edit: composer.edit,
  jump: (id) => {
    const target = by(`m${id}`);
    target?.scrollIntoView({ block: "center" });
    target?.classList.add("found");
    setTimeout(() => target?.classList.remove("found"), 1500);
  },
  press: async (message, row, col, key) => {
    key.setAttribute("aria-busy", "true");
    try {
      const answer = await post(`${path()}/press`, { message: message.id, row, col });
      await follow(answer);
    } catch (fault) {
      toast(fault.message);
    }
    key.removeAttribute("aria-busy");
  },
};

const path = () => `/api/people/${open.person}/chats/${open.chat}`;
const person = () => people.find((one) => one.id === open.person);

async function follow(answer) {
  if (answer.kind === "url") return visit(answer.value);
  if (answer.kind === "copy") {
    await navigator.clipboard.writeText(answer.value);
    return toast("Disalin");
  }
  if (answer.url) return visit(answer.url);
  if (answer.text && answer.alert) {
    by("alert").querySelector("p").textContent = answer.text;
    return by("alert").showModal();
  }
  return answer.text ? toast(answer.text) : undefined;
}

async function visit(link) {
  const url = new URL(link.includes("://") ? link : `https://${link}`);
  const isOwn = url.hostname === "t.me" && url.pathname.slice(1) === state.bot.username;
  if (!isOwn) return window.open(url.href, "_blank", "noopener");
  if (url.searchParams.has("startgroup")) {
    const text = `/start@${state.bot.username} ${url.searchParams.get("startgroup")}`;
    await post(`/api/people/${open.person}/chats/${state.group}/text`, { text });
    return choose(open.person, state.group);
  }
  await post(`/api/people/${open.person}/start`, { payload: url.searchParams.get("start") || "" });
  return choose(open.person, open.person);
}

function toast(text) {
  clearTimeout(toasting);
  by("toast").textContent = text;
  by("toast").hidden = false;
  toasting = setTimeout(() => { by("toast").hidden = true; }, 4000);
}

async function choose(personId, chatId) {
  open.person = personId;
  open.chat = chatId;
  history.replaceState(null, "", `?saya=${personId}${chatId === personId ? "" : `&chat=${chatId}`}`);
  drawer.close();
  await refresh();
  await loadMessages();
  tour.showControls();
}

async function visitMessage(personId, messageId) {
  await choose(personId, personId);
  acts.jump(messageId);
}

// Where the guided tour is at: his chat, and the button he is about to press.
async function showAct(personId, messageId, label) {
  if (open.person !== personId || open.chat !== personId) await choose(personId, personId);
  for (const key of document.querySelectorAll(".next-press")) key.classList.remove("next-press");
  const keys = [...(by(`m${messageId}`)?.querySelectorAll(".keyboard button") ?? [])];
  keys.find((key) => key.textContent === label)?.classList.add("next-press");
  by(`m${messageId}`)?.scrollIntoView({ block: "nearest" });
}

async function refresh() {
  people = await get("/api/people");
  if (!person()) open.person = people[0]?.id;
  if (!open.person) return;
  const asked = open.person;
  const found = await get(`/api/people/${asked}/chats`);
  if (asked !== open.person) return refresh(); // another was chosen meanwhile
  chats = found;
  if (!chats.some((chat) => chat.id === open.chat)) open.chat = open.person;
  showPeople();
  showChat();
  await composer.open(open.person, open.chat, open.chat < 0 || (person().started && !person().blocked));
}

function refreshSoon() {
  clearTimeout(refreshing);
  refreshing = setTimeout(refresh, 150);
}

function showPeople() {
  const focused = document.activeElement?.dataset?.person;
  by("people").replaceChildren(...people.map((one) => {
    const line = element("li");
    const button = element("button");
    button.type = "button";
    button.dataset.person = one.id;
    if (one.id === open.person) button.setAttribute("aria-current", "true");
    const words = element("span", "who");
    words.append(element("b", "", one.name), element("small", "", one.note));
    button.append(words);
    if (one.unread) button.append(badge(one.unread));
    button.onclick = () => choose(one.id, one.id);
    line.append(button);
    return line;
  }));
  if (focused) by("people").querySelector(`[data-person="${focused}"]`)?.focus();
}

function badge(count) {
  const made = element("span", "badge", String(count));
  made.setAttribute("aria-label", `${count} belum dibaca`);
  return made;
}

function showChat() {
  const chat = chats.find((one) => one.id === open.chat);
  const me = person();
  document.querySelector("main").dataset.kind = chat.kind;
  by("title").textContent = chat.title;
  by("whoami").textContent = `${me.name}${me.note ? `, ${me.note}` : ""}`;
  document.title = `${me.name} · ${chat.title}`;
  by("block").hidden = me.blocked || !me.started;
  by("chats").replaceChildren(...chats.map((one) => {
    const isPrivate = one.kind === "private";
    const button = element("button");
    button.append(icon(isPrivate ? "contact" : "group"), element("span", "", isPrivate ? "Pribadi" : one.title));
    button.type = "button";
    button.setAttribute("aria-pressed", String(one.id === open.chat));
    if (one.unread && one.id !== open.chat) button.append(badge(one.unread));
    button.onclick = () => choose(open.person, one.id);
    return button;
  }));
  showPinned(chat);
}

function showPinned(chat) {
  const id = chat.pinned.at(-1);
  by("pinned").hidden = id === undefined;
  if (id === undefined) return;
  const text = by(`m${id}`)?.querySelector(".text")?.textContent || "Pesan tersemat";
  by("pinned").replaceChildren(icon("pin"), ` ${text.slice(0, 120)}`);
  by("pinned").onclick = () => acts.jump(id);
}

async function loadMessages() {
  const asked = path();
  const before = changes;
  const messages = await get(`${asked}/messages?limit=${PAGE}`);
  if (asked !== path()) return; // another chat was chosen meanwhile, and loads its own
  if (changes !== before) return loadMessages(); // what has come since is perhaps not among them
  const list = by("messages");
  list.replaceChildren(...messages.map((message) => bubble(message, open.person, acts)));
  markDays(list);
  by("earlier").hidden = messages.length < PAGE;
  showPinned(chats.find((one) => one.id === open.chat));
  toEnd();
  await markRead();
}

async function loadEarlier() {
  const list = by("messages");
  const first = list.querySelector(".bubble");
  const older = await get(`${path()}/messages?limit=${PAGE}&before=${first.dataset.id}`);
  const height = list.scrollHeight;
  list.prepend(...older.map((message) => bubble(message, open.person, acts)));
  markDays(list);
  list.scrollTop += list.scrollHeight - height;
  by("earlier").hidden = older.length < PAGE;
}

async function markRead() {
  if (document.hidden || !by("messages").childElementCount) return;
  const chat = chats.find((one) => one.id === open.chat);
  const last = Number(by("messages").lastElementChild.dataset.id);
  if (chat?.unread) await post(`${path()}/read`, { up_to: last });
}

function onMessage(message) {
  refreshSoon();
  if (message.chat === open.chat) changes += 1;
  if (message.chat !== open.chat || by(`m${message.id}`)) return;
  const isMine = message.from.id === open.person;
  if (isMine && message.text?.startsWith("/perintah")) closeHint();
  const isAtEnd = sticks || isMine;
  append(by("messages"), bubble(message, open.person, acts));
  by("action").textContent = "";
  if (isAtEnd) toEnd();
  if (!document.hidden) post(`${path()}/read`, { up_to: message.id });
}

function onEdited(message) {
  if (message.chat !== open.chat) return;
  changes += 1;
  const old = by(`m${message.id}`);
  if (!old) return;
  const isAtEnd = sticks;
  const hadFocus = old.contains(document.activeElement);
  old.replaceWith(bubble(message, open.person, acts));
  if (hadFocus) by(`m${message.id}`).querySelector(".keyboard button, .act")?.focus();
  if (isAtEnd) toEnd();
  if (message.pinned) refreshSoon();
}

function onDeleted(event) {
  if (event.chat !== open.chat) return;
  changes += 1;
  by(`m${event.id}`)?.remove();
  markDays(by("messages"));
}

function onAction(event) {
  if (event.chat !== open.chat) return;
  const words = event.action === "typing" ? "mengetik…" : "mengirim dokumen…";
  by("action").textContent = `${state.bot.name} ${words}`;
  setTimeout(() => { by("action").textContent = ""; }, 5000);
}

async function start() {
  state = await get("/api/state");
  clock.take(state.clock);
  clock.run(toast, state.days_off);
  composer.run(toast);
  panels.run(toast, visitMessage);
  drawer.run();
  await refresh();
  await choose(open.person, open.chat ?? open.person);
  tour.prepare(state.onboarding);
  tour.run(toast, { me: () => open.person, show: showAct });
  by("count").textContent = people.length;
  by("hint").hidden = sessionStorage.getItem("hint") === "closed";
  if (address.get("panel") === "tour") watchTour();
  listen(state.last_event, {
    message: onMessage,
    edited: onEdited,
    deleted: onDeleted,
    action: onAction,
    clock: clock.take,
    due: (event) => panels.showDue(event.due),
    tour: tour.take,
    commands: () => composer.loadCommands(),
    reset: async () => { await refresh(); await loadMessages(); },
    pinned: refreshSoon,
    read: refreshSoon,
    person: refreshSoon,
    members: refreshSoon,
    onboarding: (event) => { tour.prepare(event.state); refreshSoon(); },
    connection: (isUp) => {
      by("link").hidden = isUp;
      document.body.dataset.live = isUp;
    },
  });
}

function toEnd() {
  const list = by("messages");
  list.scrollTop = list.scrollHeight;
  sticks = true;
}

function closeHint() {
  sessionStorage.setItem("hint", "closed");
  by("hint").hidden = true;
}

by("begin").onclick = async () => {
  const head = people.find((one) => /^Kepala Dinas/.test(one.note)) || people[0];
  await choose(head.id, head.id);
  if (await composer.say("/perintah")) closeHint();
};
function watchTour() {
  panels.show("tour", true);
  closeHint();
}

by("watch").onclick = watchTour;
by("later").onclick = closeHint;
by("messages").onscroll = () => {
  const list = by("messages");
  sticks = list.scrollHeight - list.scrollTop - list.clientHeight < 120;
};
new ResizeObserver(() => { if (sticks) toEnd(); }).observe(by("messages"));
by("earlier").onclick = loadEarlier;
by("block").onclick = () => post(`/api/people/${open.person}/block`, { blocked: true });
by("messages").addEventListener("click", onText);
by("messages").addEventListener("keydown", (event) => { if (event.key === "Enter") onText(event); });
document.addEventListener("visibilitychange", () => { if (!document.hidden) refresh().then(markRead); });

function onText(event) {
  const command = event.target.closest?.(".command");
  if (command) {
    event.preventDefault();
    composer.say(command.textContent);
  }
  const link = event.target.closest?.(".text a");
  if (link && link.hostname === "t.me") {
    event.preventDefault();
    visit(link.href);
  }
}

start();
