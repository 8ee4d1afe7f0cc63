// Hovering ties together what belongs together: a statement's source, cue and content, and its card.

const main = document.getElementById("main");
let tied = "";

const innermost = (run) => run?.dataset.in.split(" ")[0] ?? "";

function tie(statement) {
  if (statement === tied) return;
  tied = statement;
  for (const run of main.querySelectorAll("[data-in]")) {
    run.classList.toggle("tied", statement !== "" && run.dataset.in.split(" ").includes(statement));
  }
  for (const card of main.querySelectorAll("[data-card]")) card.classList.toggle("tied", card.dataset.card === statement);
  for (const text of main.querySelectorAll("[data-text]")) text.classList.toggle("tying", statement !== "");
}

export function choose(statement) {
  const text = main.querySelector("[data-text]");
  if (!text || !main.querySelector("[data-card]")) return;
  text.dataset.statement = statement;
  for (const card of main.querySelectorAll("[data-card]")) card.classList.toggle("chosen", card.dataset.card === statement);
  for (const run of main.querySelectorAll("[data-in]")) run.classList.toggle("chosen", run.dataset.in.split(" ").includes(statement));
  const mark = document.getElementById("mark");
  if (mark) mark.elements.statement.value = statement;
}

main.addEventListener("pointerover", (event) => {
  const run = event.target.closest("[data-in]");
  const card = event.target.closest("[data-card]");
  tie(run ? innermost(run) : card ? card.dataset.card : "");
});
main.addEventListener("pointerleave", () => tie(""));
main.addEventListener("focusin", (event) => tie(event.target.closest("[data-card]")?.dataset.card ?? ""));

main.addEventListener("click", (event) => {
  if (!getSelection().isCollapsed) return;
  const run = event.target.closest("[data-in]");
  const card = event.target.closest("[data-card]");
  if (run) {
    choose(innermost(run));
    document.getElementById(`s-${innermost(run)}`)?.scrollIntoView({ block: "nearest" });
  } else if (card && !event.target.closest("a, button, summary, input, select, label")) {
    choose(card.dataset.card);
    main.querySelector(`[data-in~="${CSS.escape(card.dataset.card)}"]`)?.scrollIntoView({ block: "nearest" });
  }
});
main.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && event.target.matches("[data-card]")) choose(event.target.dataset.card);
});

document.addEventListener("arrived", () => {
  tied = "";
  const statement = main.querySelector("[data-text]")?.dataset.statement;
  if (statement && main.querySelector("[data-card]")) {
    choose(statement);
    document.getElementById(`s-${statement}`)?.scrollIntoView({ block: "nearest" });
    main.querySelector(`[data-in~="${CSS.escape(statement)}"]`)?.scrollIntoView({ block: "nearest" });
  }
});
document.dispatchEvent(new Event("arrived"));
