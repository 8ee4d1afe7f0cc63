// The picture of a network. The server says where nodes are; here they are drawn, named, and tied to
// what is behind them. The stage outlives the page's parts that are put in each other's place, so
// that nodes stay where the eye has them while time goes on.

import cytoscape from "/static/cytoscape.esm.min.mjs";
import { places, widthOf } from "/static/network_labels.js";
import { inksOf, styleOf } from "/static/network_style.js";

const FONT = 12.5; // pixels of names
const MARGIN = 44; // pixels around the nodes, less where there is little room
const STRETCH = 1.5; // how much wider than high, or the other way round, a picture is drawn to fill its stage
const still = matchMedia("(prefers-reduced-motion: reduce)");
const dark = matchMedia("(prefers-color-scheme: dark)");

const stage = document.createElement("div");
stage.id = "stage";
stage.tabIndex = 0;
stage.setAttribute("role", "application");
stage.setAttribute("aria-roledescription", "picture of a network");
stage.setAttribute("aria-describedby", "about");

let cy = null;
let graph = null;
let behind = "";
let layout = "";
let whole = 1; // the zoom at which all is in view
let at = null; // what is pointed at, or was reached by key
let opened = false;

// What the style looks at whenever it is reckoned anew.
const look = { stage, colour: "community", inks: {}, scale, letters, pixel: () => 1 / cy.zoom() };

const idOf = (node) => `${node.side} ${node.label}`;
const spots = () => cy.nodes(".spot");
const seen = () => spots().not(".gone");

// How much larger than at first things are drawn: they grow half as fast as the distances.
const grown = () => Math.sqrt(cy.zoom() / whole);

function scale() {
  return (Math.min(1.15, Math.max(0.68, whole)) * grown()) / cy.zoom();
}

function letters() {
  return (FONT * Math.min(1.3, grown())) / cy.zoom();
}

// Puts the stage into the page's new part, and into it what is to be seen.
export function show(place, painted) {
  place.prepend(stage);
  behind = place.dataset.behind;
  graph = JSON.parse(place.dataset.network);
  look.colour = painted;
  look.inks = inksOf(stage);
  begin();
  const signature = JSON.stringify([graph.width, graph.nodes.map((node) => [idOf(node), node.x, node.y])]);
  const anew = signature !== layout;
  layout = signature;
  const held = at?.id();
  cy.batch(() => {
    if (anew) arrange();
    update();
  });
  cy.resize();
  if (anew) fit();
  else cy.style().update();
  means();
  const again = held ? cy.getElementById(held) : cy.collection();
  if (again.length && !again.hasClass("gone")) point(again);
  else point(null);
  const number = seen().length;
  stage.setAttribute("aria-label", `${graph.title}: ${number} nodes, ${graph.ties.length} ties. Arrow keys go from node to node, Enter reads its statements, plus and minus zoom.`);
}

export function paint(painted) {
  look.colour = painted;
  means();
  if (cy) dress();
}

export function zoom(way) {
  if (!cy) return;
  if (way === "fit") return fit();
  const level = Math.max(whole, Math.min(whole * 6, cy.zoom() * (way === "in" ? 1.35 : 1 / 1.35)));
  cy.zoom({ level, renderedPosition: at?.isNode() ? at.renderedPosition() : { x: cy.width() / 2, y: cy.height() / 2 } });
  if (level === whole) fit();
}

// After the drawer: back to where one was.
export function back() {
  if (opened && stage.isConnected) stage.focus();
  opened = false;
}

function begin() {
  if (cy) return;
  cy = cytoscape({
    container: stage,
    style: styleOf(look, still.matches),
    layout: { name: "preset" },
    autoungrabify: true,
    boxSelectionEnabled: false,
    userZoomingEnabled: false,
    maxZoom: 40,
    minZoom: 0.05,
  });
  cy.on("mouseover", ".spot, edge", (event) => {
    stage.classList.add("at");
    point(event.target);
  });
  cy.on("mouseout", ".spot, edge", away);
  stage.addEventListener("pointerenter", () => cy.resize()); // what is above may have grown meanwhile
  stage.addEventListener("pointerleave", away);
  cy.on("tap", ".spot, edge", (event) => {
    point(event.target);
    read();
  });
  cy.on("zoom", later);
  new ResizeObserver(() => {
    if (!stage.isConnected || !stage.clientWidth) return;
    const wide = cy.zoom() <= whole * 1.001;
    cy.resize();
    if (!wide) return;
    cy.batch(arrange);
    cy.batch(update);
    fit();
  }).observe(stage);
  dark.addEventListener("change", () => {
    look.inks = inksOf(stage);
    dress();
  });
  still.addEventListener("change", () => cy.style(styleOf(look, still.matches)));
}

const margin = () => Math.min(MARGIN, stage.clientWidth * 0.06);

// All nodes where the server has them; on a tall stage the picture stands on its side.
function arrange() {
  const turned = stage.clientHeight > stage.clientWidth * 1.1;
  const [across, along] = turned ? ["y", "x"] : ["x", "y"];
  const spread = (axis) => Math.max(...graph.nodes.map((node) => node[axis])) - Math.min(...graph.nodes.map((node) => node[axis])) || 1;
  const room = [(stage.clientWidth - 2 * margin()) / spread(across), (stage.clientHeight - 2 * margin()) / spread(along)];
  const [wide, high] = room.map((each) => Math.min(each / Math.min(...room), STRETCH));
  cy.elements().remove();
  at = null;
  for (const node of graph.nodes) {
    const position = { x: node[across] * wide, y: node[along] * high };
    cy.add({ group: "nodes", data: { id: idOf(node), ...node }, position, classes: "spot" });
    cy.add({ group: "nodes", data: { id: `name ${idOf(node)}`, label: node.label, side: node.side }, position: { ...position }, classes: "name" });
  }
}

function update() {
  for (const node of graph.nodes) {
    const spot = cy.getElementById(idOf(node));
    spot.data(node);
    spot.toggleClass("gone", !node.shown).toggleClass("loose", node.shown && !node.tied);
    cy.getElementById(`name ${idOf(node)}`).toggleClass("gone", !node.shown);
  }
  const wanted = new Map(graph.ties.map((tie) => [`tie ${tie.source} ${tie.target}`, tie]));
  cy.edges().filter((edge) => !wanted.has(edge.id())).remove();
  for (const [id, tie] of wanted) {
    const ends = { source: idOf(graph.nodes[tie.source]), target: idOf(graph.nodes[tie.target]) };
    const known = cy.getElementById(id);
    const data = { weight: tie.weight, kind: tie.kind, strength: tie.strength };
    if (known.length) known.data(data);
    else cy.add({ group: "edges", data: { id, ...ends, ...data } });
  }
}

function fit() {
  cy.fit(spots(), margin());
  whole = cy.zoom();
  dress();
}

let coming = 0;
function later() {
  cancelAnimationFrame(coming);
  coming = requestAnimationFrame(dress);
}

// Sizes, colours and names for the zoom that there is. Names of all days are placed, once for each
// zoom, so that none moves while time goes on.
function dress() {
  cy.userPanningEnabled(cy.zoom() > whole * 1.01);
  cy.style().update();
  const font = FONT * Math.min(1.3, grown());
  const family = getComputedStyle(stage).fontFamily;
  const all = spots().toArray();
  const laid = places(
    all.map((spot) => ({
      ...spot.renderedPosition(),
      radius: spot.data("radius") * scale() * cy.zoom(),
      width: widthOf(spot.data("label"), `${spot.data("side") === "column" ? 700 : 400} ${font}px ${family}`),
      size: font,
    })),
    cy.edges().map((edge) => {
      const [from, to] = [edge.source().renderedPosition(), edge.target().renderedPosition()];
      return { x1: from.x, y1: from.y, x2: to.x, y2: to.y };
    }),
    cy.zoom() > whole * 1.01 ? { width: Infinity, height: Infinity } : { width: cy.width(), height: cy.height() },
  );
  cy.batch(() => all.forEach((spot, index) => {
    const name = cy.getElementById(`name ${spot.id()}`);
    name.toggleClass("unnamed", !laid[index]);
    const middle = laid[index] ?? { x: spot.renderedPosition().x, y: spot.renderedPosition().y + (spot.data("radius") * scale() + letters()) * cy.zoom() };
    name.renderedPosition(middle);
  }));
}

// Ties a node to those beside it, or a tie to its ends, and says what it is.
function point(element) {
  at = element;
  cy.batch(() => {
    cy.elements().removeClass("dim near here");
    if (element) {
      const kept = element.isNode() ? element.closedNeighborhood() : element.union(element.connectedNodes());
      const names = kept.nodes().map((node) => cy.getElementById(`name ${node.id()}`));
      cy.elements().not(kept).addClass("dim");
      for (const name of names) name.removeClass("dim");
      kept.edges().addClass("near");
      element.addClass("here");
    }
  });
  tell();
}

// The pointer went away from what it was at; what was reached by key stays.
function away() {
  if (!stage.classList.contains("at")) return;
  stage.classList.remove("at");
  point(null);
}

function tell() {
  const about = document.getElementById("about");
  const link = document.getElementById("about-open");
  if (!about) return;
  link.hidden = !at;
  if (!at) {
    about.textContent = "Point at a node to see whom it is tied to; click on a node or a tie for what was said.";
    return;
  }
  about.textContent = at.isNode() ? aboutNode(at) : `${at.source().data("label")} and ${at.target().data("label")}: ${graph.legend[at.data("kind")]}, ${weight(at)}.`;
  link.href = address(at);
}

const weight = (edge) => Number(edge.data("weight").toFixed(3)).toLocaleString("en-GB");

function aboutNode(node) {
  const { label, statements, support, oppose } = node.data();
  const said = `${label}: ${statements} ${statements === 1 ? "statement" : "statements"}, ${support} for and ${oppose} against.`;
  const kinds = Object.entries(graph.legend).map(([kind, words]) => {
    const ties = node.connectedEdges().filter((edge) => edge.data("kind") === kind).sort((one, other) => Math.abs(other.data("weight")) - Math.abs(one.data("weight")));
    const named = ties.slice(0, 6).map((edge) => `${edge.connectedNodes().not(node).data("label")} (${weight(edge)})`).join(", ");
    return ties.length ? `${words[0].toUpperCase()}${words.slice(1)}: ${named}${ties.length > 6 ? ` and ${ties.length - 6} more` : ""}.` : "";
  });
  return [said, ...kinds].filter(Boolean).join(" ");
}

function address(element) {
  const query = new URLSearchParams();
  if (element.isNode()) query.set(element.data("side"), element.data("label"));
  else {
    query.set("row", element.source().data("label"));
    query.set(element.target().data("side") === "column" ? "column" : "other", element.target().data("label"));
  }
  return `${behind}&${query}`;
}

function read() {
  opened = true;
  document.getElementById("about-open")?.click();
}

function means() {
  for (const each of document.querySelectorAll("[data-means]")) each.hidden = each.dataset.means !== look.colour;
}

const WAYS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

// The nearest node in a direction, sideways counting double.
function towards([right, down]) {
  const from = at.renderedPosition();
  let best = null;
  for (const spot of seen().not(at)) {
    const across = spot.renderedPosition().x - from.x;
    const along = spot.renderedPosition().y - from.y;
    const ahead = across * right + along * down;
    const aside = Math.abs(across * down) + Math.abs(along * right);
    if (ahead <= 0) continue;
    const far = ahead + 2 * aside;
    if (!best || far < best.far) best = { spot, far };
  }
  return best?.spot ?? at;
}

stage.addEventListener("keydown", (event) => {
  if (!cy || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key in WAYS) point(at?.isNode() ? towards(WAYS[event.key]) : seen()[0] ?? null);
  else if (event.key === "Enter" && at) read();
  else if (event.key === "Escape" && at) point(null);
  else if (event.key === "+" || event.key === "=") zoom("in");
  else if (event.key === "-") zoom("out");
  else return;
  event.preventDefault();
  event.stopPropagation();
});

stage.addEventListener("wheel", (event) => {
  if (!cy || !(event.ctrlKey || event.metaKey)) return;
  event.preventDefault();
  zoom(event.deltaY < 0 ? "in" : "out");
}, { passive: false });
