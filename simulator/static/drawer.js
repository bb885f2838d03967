// The list of people on a phone: a drawer that its cross, Escape and a tap beside it close.
import { dismissible } from "./dismiss.js";

const by = (id) => document.getElementById(id);
const isOpen = () => document.body.classList.contains("drawer-open");

function set(wanted) {
  document.body.classList.toggle("drawer-open", wanted);
  by("drawer").setAttribute("aria-expanded", String(wanted));
}

export function close() {
  if (!isOpen()) return;
  set(false);
  by("drawer").focus();
}

export function run() {
  by("drawer").onclick = () => {
    if (isOpen()) return close();
    set(true);
    return by("shut").focus();
  };
  by("shut").onclick = close;
  by("beside").onclick = close;
  dismissible(isOpen, close);
}
