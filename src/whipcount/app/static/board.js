// The board: a slider through time, and arrows over its cells (WAI-ARIA practices, "grid").

const main = document.getElementById("main");
const DAY = 86400000;
let sending = null;
let quiet = false;

const iso = (slider, slot) => new Date(Date.parse(`${slider.dataset.first}T00:00:00Z`) + slot * DAY).toISOString().slice(0, 10);
const slotOf = (slider, day) => Math.round((Date.parse(`${day}T00:00:00Z`) - Date.parse(`${slider.dataset.first}T00:00:00Z`)) / DAY);

function show(slider, wait) {
  const form = slider.form;
  const day = iso(slider, Number(slider.value));
  form.elements.day.value = day;
  slider.setAttribute("aria-valuetext", new Date(`${day}T00:00:00Z`).toLocaleDateString("en-GB", { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" }));
  clearTimeout(sending);
  sending = setTimeout(() => form.requestSubmit(), wait);
}

main.addEventListener("input", (event) => {
  if (event.target.id === "slot") show(event.target, 90);
});
main.addEventListener("change", (event) => {
  if (event.target.id === "day" && event.target.value) event.target.form.requestSubmit();
  if (event.target.id === "quiet") quiet = event.target.checked;
});
main.addEventListener("click", (event) => {
  const step = Number(event.target.closest("[data-step]")?.dataset.step);
  if (!step) return;
  const slider = document.getElementById("slot");
  const at = Number(slider.value);
  const moves = slider.dataset.moves.split(" ").filter(Boolean).map((day) => slotOf(slider, day));
  const next = step > 0 ? moves.find((slot) => slot > at) : moves.findLast((slot) => slot < at);
  slider.value = next ?? (step > 0 ? slider.max : slider.min);
  show(slider, 0);
});

const rows = () => [...(document.getElementById("grid")?.tBodies[0].rows ?? [])]
  .filter((row) => row.offsetParent)
  .map((row) => [...row.querySelectorAll(".stand")]);

function ready() {
  const grid = document.getElementById("grid");
  if (!grid) return;
  const box = document.getElementById("quiet");
  if (box && quiet) box.checked = true;
  grid.setAttribute("role", "grid");
  for (const cell of grid.querySelectorAll("td")) cell.setAttribute("role", "gridcell");
  const all = rows().flat();
  all.forEach((stand, index) => { stand.tabIndex = index === 0 ? 0 : -1; });
}

main.addEventListener("focusin", (event) => {
  if (!event.target.matches("#grid .stand")) return;
  for (const stand of rows().flat()) stand.tabIndex = -1;
  event.target.tabIndex = 0;
});

main.addEventListener("keydown", (event) => {
  const stand = event.target.closest("#grid .stand");
  if (!stand || event.ctrlKey || event.metaKey || event.altKey) return;
  const table = rows();
  let row = table.findIndex((each) => each.includes(stand));
  let column = table[row].indexOf(stand);
  if (event.key === "ArrowLeft") column = Math.max(0, column - 1);
  else if (event.key === "ArrowRight") column = Math.min(table[row].length - 1, column + 1);
  else if (event.key === "ArrowUp") row = Math.max(0, row - 1);
  else if (event.key === "ArrowDown") row = Math.min(table.length - 1, row + 1);
  else if (event.key === "Home") column = 0;
  else if (event.key === "End") column = table[row].length - 1;
  else return;
  event.preventDefault();
  event.stopPropagation();
  table[row][column].focus();
  table[row][column].scrollIntoView({ block: "nearest", inline: "nearest" });
});

document.addEventListener("arrived", ready);
ready();
