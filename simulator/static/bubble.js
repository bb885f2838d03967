// One message as a bubble. Only `html` is markup, and the server has escaped it.
import { time, fullDay } from "./clock.js";
import { icon } from "./icons.js";

export function element(tag, className, text) {
  const made = document.createElement(tag);
  if (className) made.className = className;
  if (text !== undefined) made.textContent = text;
  return made;
}

const SPECIAL = { sticker: "Stiker", voice: "Pesan suara", contact: "Kontak", location: "Lokasi" };

export function bubble(message, me, acts) {
  const isMine = message.from.id === me;
  const made = element("article", `bubble ${isMine ? "mine" : "theirs"} ${message.kind}`);
  made.id = `m${message.id}`;
  made.dataset.id = message.id;
  made.dataset.day = fullDay(message.date);
  made.setAttribute("aria-label", `${message.from.name}, ${time(message.date)}`);
  if (message.kind === "service") {
    made.append(element("p", "service", serviceText(message)));
    return made;
  }
  const card = element("div", "card");
  card.append(element("p", "sender", message.from.name), ...parts(message, acts), foot(message, isMine, acts));
  made.append(card);
  if (message.keyboard.length) made.append(keyboard(message, acts));
  return made;
}

// The date above the first message of each day.
export function markDays(list) {
  for (const mark of list.querySelectorAll(".day")) mark.remove();
  let before = "";
  for (const one of list.querySelectorAll(".bubble")) {
    if (one.dataset.day !== before) one.before(element("p", "day", one.dataset.day));
    before = one.dataset.day;
  }
}

export function append(list, made) {
  const last = list.lastElementChild;
  if (last?.dataset.day !== made.dataset.day) list.append(element("p", "day", made.dataset.day));
  list.append(made);
}

function parts(message, acts) {
  const made = [];
  if (message.reply_to) made.push(quote(message.reply_to, acts));
  if (message.file && message.kind === "photo") made.push(picture(message.file));
  else if (message.file && message.kind === "document") made.push(attachment(message.file));
  else if (SPECIAL[message.kind]) made.push(special(message.kind));
  if (message.html) {
    const text = element("div", "text");
    text.innerHTML = message.html;
    for (const command of text.querySelectorAll(".command")) {
      command.setAttribute("role", "button");
      command.tabIndex = 0;
    }
    made.push(text);
  }
  return made;
}

function special(kind) {
  const made = element("p", "special");
  made.append(icon(kind), ` ${SPECIAL[kind]}`);
  return made;
}

function quote(replied, acts) {
  const made = element("button", "quote");
  made.type = "button";
  made.append(element("b", "", replied.from), element("span", "", replied.text));
  made.onclick = () => acts.jump(replied.id);
  return made;
}

function picture(file) {
  const link = element("a", "picture");
  link.href = file.url;
  link.target = "_blank";
  const image = element("img");
  image.src = file.url;
  image.alt = file.name;
  image.width = file.width;
  image.height = file.height;
  image.loading = "lazy";
  link.append(image);
  return link;
}

function attachment(file) {
  const link = element("a", "file");
  link.href = file.url;
  link.download = file.name;
  const name = element("span", "name");
  name.append(icon("file"), ` ${file.name}`);
  link.append(name, element("span", "size", size(file.size)));
  return link;
}

function size(bytes) {
  if (bytes < 1024) return `${bytes} B`;
  if (bytes < 1_048_576) return `${Math.round(bytes / 1024)} KB`;
  return `${(bytes / 1_048_576).toFixed(1).replace(".", ",")} MB`;
}

function foot(message, isMine, acts) {
  const made = element("footer");
  for (const reaction of message.reactions) {
    const mark = element("span", "reaction", reaction.emoji);
    mark.title = reaction.from.name;
    made.append(mark);
  }
  if (message.edited) made.append(element("span", "edited", "disunting"));
  if (message.silent) made.append(labelled("span", "silent", "silent", "tanpa bunyi"));
  made.append(element("time", "", time(message.date)));
  const reply = labelled("button", "act", "reply", "Balas pesan ini");
  reply.type = "button";
  reply.onclick = () => acts.reply(message);
  made.append(reply);
  if (isMine && message.kind === "text") {
    const edit = labelled("button", "act", "edit", "Sunting pesan ini");
    edit.type = "button";
    edit.onclick = () => acts.edit(message);
    made.append(edit);
  }
  return made;
}

function labelled(tag, className, shown, label) {
  const made = element(tag, className);
  made.append(icon(shown));
  if (tag === "span") made.setAttribute("role", "img");
  made.setAttribute("aria-label", label);
  made.title = label;
  return made;
}

function keyboard(message, acts) {
  const made = element("div", "keyboard");
  made.setAttribute("role", "group");
  made.setAttribute("aria-label", "Tombol pesan");
  message.keyboard.forEach((row, at) => {
    const line = element("div", "row");
    row.forEach((button, column) => {
      const key = element("button", "", button.text);
      if (button.kind === "url") key.append(" ", icon("link"));
      key.type = "button";
      key.onclick = () => acts.press(message, at, column, key);
      line.append(key);
    });
    made.append(line);
  });
  return made;
}

function serviceText(message) {
  const details = message.details;
  if (details.new_chat_members) {
    return `${details.new_chat_members.map((user) => user.first_name).join(", ")} bergabung`;
  }
  if (details.left_chat_member) return `${details.left_chat_member.first_name} keluar`;
  if (details.pinned_message) return `${message.from.name} menyematkan pesan`;
  if (details.migrate_to_chat_id || details.migrate_from_chat_id) return "Grup menjadi supergrup";
  return "Pemberitahuan grup";
}
