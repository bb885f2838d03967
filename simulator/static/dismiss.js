// What lies over the page is closed by Escape, one at a time, and some by a tap beside it.
const layers = [];

// `parts`: where a tap does not close it; without them only Escape does.
export function dismissible(isOpen, close, parts) {
  layers.unshift({ isOpen, close, parts });
}

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || document.querySelector("dialog[open]")) return;
  layers.find((layer) => layer.isOpen())?.close();
});
document.addEventListener("pointerdown", (event) => {
  for (const layer of layers) {
    if (!layer.parts || !layer.isOpen()) continue;
    if (!layer.parts.some((part) => part.contains(event.target))) layer.close();
  }
});
