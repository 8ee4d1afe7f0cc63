"use strict";
(() => {
  const byId = (id) => document.getElementById(id);
  const drawer = byId("drawer");
  const drawerBody = byId("drawer-body");
  const keys = byId("keys");
  const rows = [...byId("grid").tBodies[0].rows].map((row) => [...row.querySelectorAll(".stand")]);
  const links = [...document.querySelectorAll("a[data-entry]")];
  let opener = null;

  // The board: one stop for the tab key, arrows inside (WAI-ARIA authoring practices, "grid").
  byId("grid").setAttribute("role", "grid");
  byId("grid").querySelectorAll("td").forEach((cell) => cell.setAttribute("role", "gridcell"));
  rows.flat().forEach((stand, index) => { stand.tabIndex = index === 0 ? 0 : -1; });

  const place = (stand) => {
    const row = rows.findIndex((each) => each.includes(stand));
    return row < 0 ? null : [row, rows[row].indexOf(stand)];
  };
  const shown = (row) => rows[row][0].closest("tr").offsetParent !== null;
  const focusOn = (stand) => {
    rows.flat().forEach((each) => { each.tabIndex = -1; });
    stand.tabIndex = 0;
    stand.focus();
    stand.scrollIntoView({ block: "nearest", inline: "nearest" });
  };
  const move = (stand, key) => {
    let [row, column] = place(stand);
    if (key === "ArrowLeft") column = Math.max(0, column - 1);
    if (key === "ArrowRight") column = Math.min(rows[row].length - 1, column + 1);
    if (key === "Home") column = 0;
    if (key === "End") column = rows[row].length - 1;
    const step = { ArrowUp: -1, ArrowDown: 1 }[key] || 0;
    for (let next = row + step; step && rows[next]; next += step) {
      if (shown(next)) { row = next; break; }
    }
    focusOn(rows[row][column]);
  };
  byId("grid").addEventListener("keydown", (event) => {
    const stand = event.target.closest(".stand");
    const moves = ["ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown", "Home", "End"];
    if (!stand || !place(stand) || event.ctrlKey || event.metaKey || event.altKey) return;
    if (moves.includes(event.key)) {
      event.preventDefault();
      move(stand, event.key);
    }
  });
  byId("grid").addEventListener("focusin", (event) => {
    if (event.target.matches(".stand")) {
      rows.flat().forEach((each) => { each.tabIndex = -1; });
      event.target.tabIndex = 0;
    }
  });
  byId("quiet").addEventListener("change", () => {
    const stands = rows.filter((row, index) => shown(index)).flat();
    if (stands.length && !stands.some((stand) => stand.tabIndex === 0)) stands[0].tabIndex = 0;
  });

  // The evidence: what stands further down the page, shown beside the board.
  const address = (hash) => {
    try {
      history.replaceState(null, "", hash || location.pathname + location.search);
    } catch {
      // a page that was opened in a way that has no address
    }
  };
  const open = (link) => {
    const evidence = byId(link.dataset.entry);
    const copy = evidence.cloneNode(true);
    [copy, ...copy.querySelectorAll("[id]")].forEach((each) => each.removeAttribute("id"));
    copy.removeAttribute("aria-labelledby");
    copy.querySelectorAll("details").forEach((each) => { each.open = true; });
    drawerBody.replaceChildren(copy);
    links.forEach((each) => each.classList.toggle("current", each === link));
    opener = link;
    const at = links.indexOf(link);
    byId("previous").disabled = at === 0;
    byId("next").disabled = at === links.length - 1;
    if (!drawer.open) drawer.showModal();
    drawerBody.scrollTop = 0;
    drawerBody.focus();
    address(`#${link.dataset.entry}`);
  };
  const go = (step) => {
    const link = links[links.indexOf(opener) + step];
    if (link) open(link);
  };
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-entry]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    open(link);
  });
  byId("previous").addEventListener("click", () => go(-1));
  byId("next").addEventListener("click", () => go(1));
  byId("close").addEventListener("click", () => drawer.close());
  drawer.addEventListener("click", (event) => {
    if (event.target === drawer) drawer.close();
    if (event.target.closest(".back a")) drawer.close();
  });
  drawer.addEventListener("keydown", (event) => {
    if (event.key === "ArrowLeft") go(-1);
    if (event.key === "ArrowRight") go(1);
  });
  drawer.addEventListener("close", () => {
    links.forEach((each) => each.classList.remove("current"));
    address("");
    if (opener && place(opener)) focusOn(opener);
    else if (opener) opener.focus();
  });

  byId("show-keys").hidden = false;
  byId("show-keys").addEventListener("click", () => keys.showModal());
  document.addEventListener("keydown", (event) => {
    if (event.key !== "?" || event.target.closest("input, textarea")) return;
    if (keys.open) keys.close();
    else keys.showModal();
  });

  // On paper everything is open.
  let closed = [];
  addEventListener("beforeprint", () => {
    closed = [...document.querySelectorAll("main details:not([open])")];
    closed.forEach((each) => { each.open = true; });
  });
  addEventListener("afterprint", () => closed.forEach((each) => { each.open = false; }));

  const asked = links.find((link) => `#${link.dataset.entry}` === location.hash);
  if (asked) open(asked);
})();
