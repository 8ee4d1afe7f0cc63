// Pages that change without being loaded anew: forms and links with `data-swap` put the answer's
// main part in the place of the one before. Without scripts they are plain forms and links.

const main = document.getElementById("main");
const drawer = document.getElementById("drawer");
const drawerBody = document.getElementById("drawer-body");
let asking = null;

function tell(words, wrong = false) {
  const place = document.getElementById(wrong ? "wrong" : "said");
  place.textContent = words;
  place.classList.add("shown");
  clearTimeout(place.leaving);
  place.leaving = setTimeout(() => place.classList.remove("shown"), wrong ? 9000 : 2500);
}

async function ask(address, options = {}) {
  asking?.abort();
  asking = options.method === "POST" ? null : new AbortController(); // a change is never broken off
  const answer = await fetch(address, {
    ...options,
    headers: { "X-Part": "main", ...options.headers },
    signal: asking?.signal,
    credentials: "same-origin",
  });
  const words = await answer.text();
  if (!answer.ok || !answer.headers.get("content-type")?.startsWith("text/html")) {
    throw new Error(words.trim() || `The answer was ${answer.status}.`);
  }
  return { words, address: answer.url };
}

function arrive(words, address, { push = true, quiet = false } = {}) {
  const held = document.activeElement?.id;
  main.innerHTML = words;
  const title = main.querySelector("[data-title]")?.dataset.title;
  if (title) document.title = title;
  if (push) {
    const shown = new URL(address);
    shown.searchParams.delete("done");
    history[quiet ? "replaceState" : "pushState"]({ swapped: true }, "", shown);
  }
  if (drawer.open) drawer.close();
  document.dispatchEvent(new Event("arrived"));
  const again = held && quiet && document.getElementById(held);
  const wanted = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (again) again.focus({ preventScroll: true });
  else if (wanted) wanted.focus();
  else main.focus({ preventScroll: true });
  if (!quiet && !wanted && main.querySelector("[data-item]")) scrollTo(0, 0);
}

let changing = false;

export async function swap(address, options = {}, how = {}) {
  if (changing) return; // its answer comes first
  changing = options.method === "POST";
  main.setAttribute("aria-busy", "true");
  try {
    const answer = await ask(address, options);
    arrive(answer.words, answer.address, how);
  } catch (error) {
    if (error.name !== "AbortError") {
      tell(error instanceof TypeError ? "The page's program doesn't answer; is it still running?" : error.message, true);
    }
  } finally {
    changing = false;
    main.removeAttribute("aria-busy");
    document.dispatchEvent(new Event("idle"));
  }
}

export function send(form, button = null) {
  const values = new URLSearchParams(new FormData(form, button));
  const quiet = "quiet" in form.dataset;
  if (form.method === "get") {
    for (const [name, value] of [...values]) if (!value) values.delete(name);
    return swap(`${form.action.split("?")[0]}?${values}`, {}, { quiet });
  }
  const action = button?.hasAttribute("formaction") ? button.formAction : form.action;
  return swap(action, { method: "POST", body: values }, { quiet });
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!("swap" in form.dataset)) return;
  event.preventDefault();
  send(form, event.submitter);
});

document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-swap], a[data-drawer]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  if ("drawer" in link.dataset) openDrawer(link);
  else swap(link.href);
});

addEventListener("popstate", () => swap(location.href, {}, { push: false }));

// What proves a cell, beside the board.
let opener = null;

const openers = () => [...main.querySelectorAll("[data-drawer][data-evidence]")].filter((link) => link.offsetParent);

async function openDrawer(link) {
  try {
    const answer = await ask(link.href);
    drawerBody.innerHTML = answer.words;
  } catch (error) {
    if (error.name !== "AbortError") tell(error.message, true);
    return;
  }
  opener = link;
  for (const each of main.querySelectorAll("[data-drawer]")) each.classList.toggle("current", each === link);
  const all = openers();
  document.getElementById("previous").disabled = all.indexOf(link) <= 0;
  document.getElementById("next").disabled = all.indexOf(link) === all.length - 1;
  if (!drawer.open) drawer.showModal();
  drawerBody.scrollTop = 0;
  drawerBody.focus();
  document.dispatchEvent(new Event("arrived"));
  fillAgain(link);
}

// What a cell's page still waits for comes by itself.
function fillAgain(link) {
  const place = drawerBody.querySelector("[data-again]");
  if (!place) return;
  setTimeout(async () => {
    if (!drawer.open || opener !== link || !place.isConnected) return;
    try {
      const answer = await ask(link.href);
      if (!place.isConnected) return;
      drawerBody.innerHTML = answer.words;
      fillAgain(link);
    } catch (error) {
      if (error.name !== "AbortError") tell(error.message, true);
    }
  }, 900);
}

function go(step) {
  const all = openers();
  const link = all[all.indexOf(opener) + step];
  if (link) openDrawer(link);
}

document.getElementById("previous").addEventListener("click", () => go(-1));
document.getElementById("next").addEventListener("click", () => go(1));
document.getElementById("close").addEventListener("click", () => drawer.close());
drawer.addEventListener("click", (event) => {
  if (event.target === drawer) drawer.close();
});
drawer.addEventListener("close", () => {
  for (const each of main.querySelectorAll("[data-drawer].current")) each.classList.remove("current");
  if (opener?.isConnected) opener.focus();
  opener = null;
});

// What is being counted is asked for again until it is there.
let waiting = null;
let strip = null;

async function live() {
  const place = main.querySelector("[data-live]");
  if (!place) return;
  try {
    const answer = await fetch(place.dataset.live, { headers: { "X-Part": "main" } });
    if (!answer.ok) return;
    const words = await answer.text();
    if (!place.isConnected) return;
    place.innerHTML = words;
    strip = words;
    if (place.querySelector("[data-stale]")) waiting = setTimeout(live, 1000);
  } catch {
    // the strip is a comfort; whatever is wrong is told by what a person does next
  }
}

document.addEventListener("arrived", () => {
  clearTimeout(waiting);
  for (const each of document.querySelectorAll(".needs-script")) each.hidden = false;
  for (const each of document.querySelectorAll(".no-script")) each.hidden = true;
  const again = main.querySelector("[data-again]");
  if (again) waiting = setTimeout(() => swap(again.dataset.again, {}, { quiet: true }), 900);
  const place = main.querySelector("[data-live]");
  if (place) {
    if (strip) place.innerHTML = strip;
    waiting = setTimeout(live, strip ? 250 : 0);
  }
});

document.dispatchEvent(new Event("arrived"));
