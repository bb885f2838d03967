// The line at the bottom: text, replies, edits, attachments and the command menu.
import { get, post, upload } from "./api.js";
import { element } from "./bubble.js";
import { dismissible } from "./dismiss.js";
import { icon } from "./icons.js";

const TEXT_AT_MOST = 4096;
const by = (id) => document.getElementById(id);
let place = null;
let context = null;
let files = [];
let commands = [];
let complain = () => {};

export function run(report) {
  complain = report;
  by("composer").onsubmit = (event) => { event.preventDefault(); send(); };
  by("isian").onkeydown = onKey;
  by("isian").oninput = () => { grow(); filterMenu(); };
  by("isian").onpaste = (event) => addFiles(event.clipboardData.files);
  by("attach").onclick = () => by("files").click();
  by("files").onchange = () => { addFiles(by("files").files); by("files").value = ""; };
  by("commands").onclick = () => toggleMenu(by("menu").hidden);
  by("context").querySelector("button").onclick = () => setContext(null);
  by("tray").querySelector("button").onclick = () => { files = []; showTray(); };
  by("start").onclick = () => attempt(() => post(`/api/people/${place.person}/start`, {}));
  for (const button of document.querySelectorAll("[data-special]")) {
    button.onclick = () => attempt(() => post(`${path()}/special`, { kind: button.dataset.special }));
  }
  dismissible(() => Boolean(context), () => setContext(null));
  dismissible(() => !by("menu").hidden, () => toggleMenu(false), [by("composer")]);
  runDrop();
}

export async function open(person, chat, mayWrite) {
  const isNew = !place || place.person !== person || place.chat !== chat;
  place = { person, chat };
  by("start").hidden = mayWrite;
  by("composer").querySelector(".line").hidden = !mayWrite;
  if (isNew) {
    files = [];
    showTray();
    setContext(null);
    await loadCommands();
  }
}

export async function loadCommands() {
  commands = place ? await get(`${path()}/commands`) : [];
  by("commands").hidden = !commands.length;
  filterMenu();
}

export const reply = (message) => setContext({ kind: "reply", message });
export const edit = (message) => {
  setContext({ kind: "edit", message });
  by("isian").value = message.text;
  grow();
};

export const say = (text) => attempt(() => post(`${path()}/text`, { text }));

const path = () => `/api/people/${place.person}/chats/${place.chat}`;

async function attempt(act) {
  try {
    return (await act()) || true;
  } catch (fault) {
    complain(fault.message);
    return false;
  }
}

async function send() {
  const text = by("isian").value.trim();
  if (!text && !files.length) return;
  if (await attempt(() => sendNow(text))) {
    by("isian").value = "";
    files = [];
    grow();
    showTray();
    setContext(null);
    toggleMenu(false);
  }
}

async function sendNow(text) {
  if (context?.kind === "edit") {
    return post(`${path()}/edit`, { message: context.message.id, text });
  }
  const replied = context?.message.id;
  if (files.length) {
    const isPhoto = by("asphoto").querySelector("input").checked && !by("asphoto").hidden;
    return upload(`${path()}/upload`, files, { caption: text, as: isPhoto ? "photo" : "", reply_to: replied });
  }
  for (let at = 0; at < text.length; at += TEXT_AT_MOST) {
    await post(`${path()}/text`, { text: text.slice(at, at + TEXT_AT_MOST), reply_to: replied });
  }
  return true;
}

function onKey(event) {
  if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
    event.preventDefault();
    send();
  } else if (event.key === "ArrowDown" && !by("menu").hidden) {
    event.preventDefault();
    by("menu").querySelector("button")?.focus();
  }
}

function grow() {
  const field = by("isian");
  field.style.height = "auto";
  field.style.height = `${Math.min(field.scrollHeight, 160)}px`;
}

function setContext(wanted) {
  if (context?.kind === "edit" && !wanted) by("isian").value = "";
  context = wanted;
  by("context").hidden = !wanted;
  if (!wanted) return;
  const label = wanted.kind === "reply" ? `Membalas ${wanted.message.from.name}` : "Menyunting";
  by("context").querySelector("span").textContent = `${label}: ${wanted.message.text.slice(0, 60)}`;
  by("isian").focus();
}

function addFiles(list) {
  if (!list.length) return;
  files = [...files, ...list].slice(0, 10);
  showTray();
  by("isian").focus();
}

function showTray() {
  by("tray").hidden = !files.length;
  const names = files.map((file) => file.name).join(", ");
  by("tray").querySelector("span").replaceChildren(icon("attach"), ` ${names}`);
  by("asphoto").hidden = !files.length || !files.every((file) => /^image\/(png|jpeg|gif)$/.test(file.type));
}

function runDrop() {
  const main = document.querySelector("main");
  main.ondragover = (event) => { event.preventDefault(); by("drop").hidden = false; };
  main.ondragleave = (event) => { if (!main.contains(event.relatedTarget)) by("drop").hidden = true; };
  main.ondrop = (event) => {
    event.preventDefault();
    by("drop").hidden = true;
    addFiles(event.dataTransfer.files);
  };
}

function toggleMenu(isOpen) {
  by("menu").hidden = !isOpen;
  by("commands").setAttribute("aria-expanded", String(isOpen));
  if (isOpen) fillMenu(commands);
}

function filterMenu() {
  const typed = by("isian").value;
  const found = /^\/\w*$/.test(typed)
    ? commands.filter((command) => `/${command.command}`.startsWith(typed))
    : [];
  by("menu").hidden = !found.length;
  fillMenu(found);
}

function fillMenu(shown) {
  by("menu").replaceChildren(...shown.map((command) => {
    const line = element("li");
    const button = element("button");
    button.type = "button";
    button.append(element("b", "", `/${command.command}`), element("span", "", command.description));
    button.onclick = async () => {
      toggleMenu(false);
      by("isian").value = "";
      await say(`/${command.command}`);
      by("isian").focus();
    };
    line.append(button);
    return line;
  }));
}
