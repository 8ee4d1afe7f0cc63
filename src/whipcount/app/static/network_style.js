// How a network looks: discs and squares in the colours of the page's style sheet, ties told apart by
// dashes as well as colour.

const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
const HUES = 7; // colours of communities; more have the last one's, and letters tell them apart
const LEANS = 0.15; // the balance from which on a node is mostly for or against
const INKS = ["card", "ink", "soft", "rim", "letter", "focus", "hue-none", "hue-for", "hue-against", "hue-even", "tie-for", "tie-against", "tie-both", "tie-plain"];

// Return the colours that an element sees, by their names in the style sheet.
export function inksOf(element) {
  const seen = getComputedStyle(element);
  const names = [...INKS, ...Array.from({ length: HUES }, (_, hue) => `hue-${hue}`)];
  return Object.fromEntries(names.map((name) => [name, seen.getPropertyValue(`--${name}`).trim()]));
}

function stance(node) {
  const { support, oppose } = node.data();
  if (!support && !oppose) return "none";
  const balance = (support - oppose) / (support + oppose);
  return balance > LEANS ? "for" : balance < -LEANS ? "against" : "even";
}

function hueOf(look, node) {
  if (node.hasClass("loose")) return look.inks.card;
  if (look.colour === "stance") return look.inks[`hue-${stance(node)}`];
  const community = node.data("community");
  return look.inks[community === null ? "hue-none" : `hue-${Math.min(community, HUES - 1)}`];
}

function letterOf(look, node) {
  if (node.hasClass("loose")) return "";
  if (look.colour === "stance") return { for: "+", against: "−", even: "±", none: "" }[stance(node)];
  const community = node.data("community");
  return community === null ? "" : LETTERS[community % LETTERS.length];
}

const DASHES = { for: "solid", plain: "solid", against: "dashed", both: "dashed" };

// Return the style of a picture; `look` is asked each time that it is reckoned anew.
export function styleOf(look, still) {
  const hue = (node) => hueOf(look, node);
  const letter = (node) => letterOf(look, node);
  const fade = still ? 0 : 260;
  return [
    { selector: "core", style: { "active-bg-opacity": 0, "selection-box-opacity": 0 } },
    { selector: "node, edge", style: { "overlay-opacity": 0, "transition-property": "opacity", "transition-duration": fade } },
    {
      selector: ".spot",
      style: {
        shape: (node) => (node.data("side") === "column" ? "round-rectangle" : "ellipse"),
        width: (node) => node.data("radius") * 2 * look.scale(),
        height: (node) => node.data("radius") * 2 * look.scale(),
        "background-color": hue,
        "border-color": (node) => (node.hasClass("loose") ? look.inks.soft : look.inks.rim),
        "border-width": () => 1.1 * look.scale(),
        label: letter,
        color: () => look.inks.letter,
        "font-size": (node) => Math.max(8.5, Math.min(13, node.data("radius") * 0.85)) * (look.colour === "stance" ? 1.4 : 1) * look.scale(),
        "font-weight": 700,
        "text-valign": "center",
        "text-halign": "center",
        "z-index": 10,
      },
    },
    {
      selector: ".name",
      style: {
        width: 0.1,
        height: 0.1,
        "background-opacity": 0,
        "border-width": 0,
        events: "no",
        label: "data(label)",
        color: () => look.inks.ink,
        "font-family": () => getComputedStyle(look.stage).fontFamily,
        "font-size": () => look.letters(),
        "font-weight": (node) => (node.data("side") === "column" ? 700 : 400),
        "text-valign": "center",
        "text-halign": "center",
        "text-background-color": () => look.inks.card,
        "text-background-opacity": 0.82,
        "text-background-padding": () => look.pixel(),
        "z-index": 20,
      },
    },
    {
      selector: "edge",
      style: {
        "curve-style": "straight",
        width: (edge) => (0.9 + 4.6 * edge.data("strength")) * look.scale(),
        "line-color": (edge) => look.inks[`tie-${edge.data("kind")}`],
        "line-opacity": (edge) => 0.34 + 0.62 * edge.data("strength"),
        "line-style": (edge) => DASHES[edge.data("kind")],
        "line-dash-pattern": (edge) => (edge.data("kind") === "both" ? [2, 3] : [6, 4]).map((each) => each * look.scale()),
        "z-index": (edge) => Math.round(edge.data("strength") * 8),
      },
    },
    { selector: ".dim", style: { opacity: 0.14 } },
    { selector: "edge.near", style: { "line-opacity": 1 } },
    { selector: ".spot.here", style: { "border-color": () => look.inks.focus, "border-width": () => 3.5 * look.scale() } },
    { selector: "edge.here", style: { "line-opacity": 1, width: (edge) => (3 + 4.6 * edge.data("strength")) * look.scale() } },
    { selector: ".unnamed", style: { opacity: 0 } },
    { selector: ".gone", style: { opacity: 0, events: "no" } },
  ];
}
