// Keys: what has `data-key` is clicked by it (a space parts keys, "g-b" is g, then b), as far as it
// is shown. `?` lists them, with what `data-does` says they do.

const drawer = document.getElementById("drawer");
const keys = document.getElementById("keys");
const list = document.getElementById("keys-list");
const NAMES = { ArrowLeft: "←", ArrowRight: "→" };
let begun = "";
let forgetting = null;

const shown = (element) => element.checkVisibility?.({ visibilityProperty: true }) ?? element.offsetParent !== null;

function scope() {
  if (keys.open) return null;
  return drawer.open ? drawer : document;
}

// Those inside an opened list come first: its figures mean its lines.
function all(within) {
  const found = [...within.querySelectorAll("[data-key]")].filter((one) => shown(one) && !one.disabled);
  const inner = found.filter((one) => one.closest("[data-keys]"));
  return [...inner, ...found.filter((one) => !inner.includes(one) && one.closest("dialog") === (drawer.open ? drawer : null))];
}

function typing(target) {
  return target.closest("input:not([type=checkbox], [type=radio], [type=range]), textarea, select, [contenteditable]");
}

// Keys that come while an answer is awaited are kept for the page that it brings.
const early = [];
document.addEventListener("idle", () => {
  const event = early.shift();
  if (event) document.activeElement.dispatchEvent(new KeyboardEvent("keydown", { key: event, bubbles: true }));
  if (event && document.querySelector("main[aria-busy]") === null && early.length) document.dispatchEvent(new Event("idle"));
});

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (typing(event.target)) {
    if (event.key === "Escape") event.target.blur();
    return;
  }
  if (event.key === "?") {
    event.preventDefault();
    if (keys.open) keys.close();
    else open();
    return;
  }
  if (document.querySelector("main[aria-busy]") && event.key.length === 1) {
    event.preventDefault();
    early.push(event.key);
    return;
  }
  const within = scope();
  if (!within || event.key === "Escape" || event.key === "Tab") return;
  if (event.target.matches("input[type=range]") && event.key.startsWith("Arrow")) return;
  if (event.key === "Enter" && event.target.closest("a, button, summary, input, [data-card]")) return;
  const key = begun ? `${begun}-${event.key}` : event.key;
  const wanted = all(within).find((one) => one.dataset.key.split(" ").includes(key));
  clearTimeout(forgetting);
  begun = "";
  if (wanted) {
    event.preventDefault();
    press(wanted);
  } else if (event.key === "g") {
    begun = "g";
    forgetting = setTimeout(() => { begun = ""; }, 1500);
  }
});

function press(element) {
  if (element.matches("input, select")) {
    element.focus();
    element.select?.();
    return;
  }
  element.click();
  if (element.matches("summary")) element.focus();
}

function open() {
  list.replaceChildren();
  const seen = new Set();
  const found = all(scope() ?? document);
  const rooms = (one) => one.closest("nav") !== null;
  for (const one of [...found.filter((each) => !rooms(each)), ...found.filter(rooms)]) {
    const does = one.dataset.does || one.textContent.trim();
    if (seen.has(does)) continue;
    seen.add(does);
    const row = document.createElement("div");
    const names = document.createElement("dt");
    for (const key of one.dataset.key.split(" ")) {
      for (const part of key.split("-").filter(Boolean)) {
        const name = document.createElement("kbd");
        name.textContent = NAMES[part] ?? part;
        names.append(name, " ");
      }
    }
    const what = document.createElement("dd");
    what.textContent = does;
    row.append(names, what);
    list.append(row);
  }
  keys.showModal();
}

const button = document.getElementById("show-keys");
button.hidden = false;
button.addEventListener("click", open);
