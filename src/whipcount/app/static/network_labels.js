// Where names go beside the nodes of a picture, so that none lies on another or on a node. All is in
// pixels of the screen: names stay as large as they are, and more of them have room when one zooms.

const GAP = 5; // pixels between a node and its name
const LINE = 1.2; // a line's height, in letters

// The ways from a node to its name, with what each costs: right and left read best.
const WAYS = [[1, 0, 0], [-1, 0, 1], [0, 1, 2], [0, -1, 2], [0.75, 0.75, 3], [0.75, -0.75, 3], [-0.75, 0.75, 3], [-0.75, -0.75, 3]];
const ON_TIE = 0.5; // what it costs to lie on a tie

const brush = document.createElement("canvas").getContext("2d");

export function widthOf(words, font) {
  brush.font = font;
  return brush.measureText(words).width;
}

const overlap = (one, other) => one.left < other.right && other.left < one.right && one.top < other.bottom && other.top < one.bottom;

function onNode(box, node) {
  const across = Math.max(box.left - node.x, 0, node.x - box.right);
  const along = Math.max(box.top - node.y, 0, node.y - box.bottom);
  return across * across + along * along < node.radius * node.radius;
}

// Whether a line goes through a box (Liang, Barsky 1984).
function crosses(box, line) {
  let enters = 0;
  let leaves = 1;
  for (const [from, step, low, high] of [
    [line.x1, line.x2 - line.x1, box.left, box.right],
    [line.y1, line.y2 - line.y1, box.top, box.bottom],
  ]) {
    if (Math.abs(step) < 1e-9) {
      if (from < low || from > high) return false;
      continue;
    }
    const ends = [(low - from) / step, (high - from) / step];
    enters = Math.max(enters, Math.min(...ends));
    leaves = Math.min(leaves, Math.max(...ends));
  }
  return enters < leaves;
}

// Return the middle of each node's name, null where it has no room. Nodes have x, y, radius, width
// (of the name), size (of its letters); the first ones choose first. `field` has width and height.
export function places(nodes, lines, field) {
  const taken = [];
  return nodes.map((node) => {
    let best = null;
    for (const [right, down, price] of WAYS) {
      const high = node.size * LINE;
      const x = node.x + right * (node.radius + GAP) + Math.sign(right) * (node.width / 2);
      const y = node.y + down * (node.radius + GAP) + Math.sign(down) * (high / 2);
      const box = { left: x - node.width / 2 - 1, right: x + node.width / 2 + 1, top: y - high / 2, bottom: y + high / 2 };
      if (box.left < 0 || box.top < 0 || box.right > field.width || box.bottom > field.height) continue;
      if (taken.some((other) => overlap(box, other)) || nodes.some((other) => onNode(box, other))) continue;
      const cost = price + ON_TIE * lines.filter((line) => crosses(box, line)).length;
      if (!best || cost < best.cost) best = { x, y, box, cost };
    }
    if (best) taken.push(best.box);
    return best && { x: best.x, y: best.y };
  });
}
