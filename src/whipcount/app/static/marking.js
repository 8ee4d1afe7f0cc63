// Words that are selected become spans of the article's text. Every run says where it begins
// (`data-at`), in UTF-16 units as strings here are counted; what the page shows around is no part.

import { send } from "/static/page.js";

const main = document.getElementById("main");

function offset(node, at) {
  const element = node.nodeType === Node.TEXT_NODE ? node.parentElement : node;
  const run = element.closest("[data-at]");
  if (run) {
    const before = document.createRange();
    before.setStart(run, 0);
    before.setEnd(node, at);
    return Number(run.dataset.at) + before.toString().length;
  }
  // between runs: where the next one begins, or the last one ends
  const text = element.closest("[data-text]");
  if (!text) return null;
  const place = document.createRange();
  place.setStart(node, at);
  const runs = [...text.querySelectorAll("[data-at]")];
  const next = runs.find((each) => place.comparePoint(each, 0) >= 0);
  if (next) return Number(next.dataset.at);
  const last = runs.at(-1);
  return last ? Number(last.dataset.at) + last.textContent.length : null;
}

export function selected() {
  const selection = getSelection();
  if (!selection.rangeCount || selection.isCollapsed) return null;
  const range = selection.getRangeAt(0);
  const text = range.commonAncestorContainer.nodeType === Node.TEXT_NODE
    ? range.commonAncestorContainer.parentElement.closest("[data-text]")
    : range.commonAncestorContainer.closest?.("[data-text]");
  if (!text || !main.contains(text)) return null;
  const start = offset(range.startContainer, range.startOffset);
  const end = offset(range.endContainer, range.endOffset);
  if (start === null || end === null || end <= start) return null;
  return { text, range, start, end };
}

function place() {
  const bar = document.getElementById("mark");
  if (!bar) return;
  const found = selected();
  bar.hidden = !found;
  if (!found) return;
  const has = Boolean(bar.elements.statement.value);
  for (const button of bar.querySelectorAll("[data-mark]")) button.hidden = !has && button.dataset.mark !== "new";
  const box = found.range.getBoundingClientRect();
  const around = bar.offsetParent.getBoundingClientRect();
  const left = Math.min(Math.max(0, box.left - around.left), Math.max(0, around.width - bar.offsetWidth));
  bar.style.setProperty("left", `${left}px`);
  bar.style.setProperty("top", `${box.bottom - around.top + 6}px`);
}

let placing = null;
document.addEventListener("selectionchange", () => {
  clearTimeout(placing);
  placing = setTimeout(place, 60);
});

main.addEventListener("mousedown", (event) => {
  if (event.target.closest("#mark")) event.preventDefault(); // the selection stays
});

main.addEventListener("click", (event) => {
  const button = event.target.closest("[data-mark]");
  if (!button) return;
  const found = selected();
  if (!found) return;
  const form = button.form;
  const fields = form.elements;
  const what = button.dataset.mark;
  const span = `[${found.start},${found.end}]`;
  const isNew = what === "new";
  form.action = { split: "/do/split-off", new: "/do/add-statement" }[what] ?? "/do/remark";
  fields.span.value = span;
  fields.content.value = `[${span}]`;
  fields.part.value = { source: "source", cue: "cue" }[what] ?? "content";
  fields.more.value = "true";
  fields.span.disabled = isNew;
  fields.statement.disabled = isNew;
  fields.article.disabled = !isNew;
  fields.content.disabled = !isNew;
  fields.part.disabled = isNew || what === "split";
  fields.more.disabled = what !== "more";
  const then = fields.then.value;
  if (isNew) fields.then.value = form.dataset.made ?? `/articles/${found.text.dataset.article}?statement={made}`;
  else if (then.includes("{made}")) fields.then.value = then.replace("{made}", encodeURIComponent(fields.statement.value));
  getSelection().removeAllRanges();
  send(form).then(() => { fields.then.value = then; });
});
