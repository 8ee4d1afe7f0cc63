// The networks' room: choices that show at once, time that plays, and the picture's buttons. The
// picture itself (network_picture.js) is only loaded where there is one.

const main = document.getElementById("main");
const drawer = document.getElementById("drawer");
const PAUSE = 700; // milliseconds between two steps of time
const STEPS = 40; // steps that all of the time takes at most

let picture = null;
let playing = false;
let waiting = null;
let open = null;
let colour = "community";

const slot = () => main.querySelector(".network-choices #slot");

async function ready() {
  const details = document.getElementById("all-choices");
  if (details && open !== null) details.open = open;
  if (!details) open = null;
  const chosen = document.getElementById("colour");
  if (chosen) chosen.value = colour;
  press();
  const place = document.getElementById("picture");
  if (!place) return;
  picture ??= await import("/static/network_picture.js");
  if (place.isConnected) picture.show(place, colour);
}

function press() {
  const button = document.getElementById("play");
  if (!button) return;
  button.setAttribute("aria-pressed", String(playing));
  button.querySelector("[data-word]").textContent = playing ? "Stop" : "Play";
  button.firstElementChild.textContent = playing ? "■" : "▶";
}

function stop() {
  playing = false;
  clearTimeout(waiting);
  press();
}

// Goes on to the next day on which something was said, in strides that end in some forty steps.
function step() {
  const slider = slot();
  if (!playing || !slider) return stop();
  const at = Number(slider.value);
  const most = Number(slider.max);
  if (at >= most) return stop();
  const stride = Math.max(1, Math.ceil(most / STEPS));
  const begins = Date.parse(`${slider.dataset.first}T00:00:00Z`);
  const stops = slider.dataset.moves.split(" ").filter(Boolean).map((day) => Math.round((Date.parse(`${day}T00:00:00Z`) - begins) / 86400000));
  go(slider, stops.find((each) => each >= at + stride) ?? most);
}

function go(slider, value) {
  slider.value = value;
  slider.dispatchEvent(new Event("input", { bubbles: true })); // board.js sends it
}

main.addEventListener("change", (event) => {
  if (event.target.id === "colour") {
    colour = event.target.value;
    picture?.paint(colour);
  } else if (event.target.closest(".network-choices") && !["day", "slot"].includes(event.target.id)) {
    if (event.target.reportValidity()) event.target.form.requestSubmit();
  }
});

main.addEventListener("toggle", (event) => {
  if (event.target.id === "all-choices") open = event.target.open;
}, true);

main.addEventListener("click", (event) => {
  const zoom = event.target.closest("[data-zoom]");
  if (zoom) picture?.zoom(zoom.dataset.zoom);
  if (!event.target.closest("#play")) return;
  if (playing) return stop();
  playing = true;
  press();
  const slider = slot();
  if (Number(slider.value) >= Number(slider.max)) go(slider, slider.min);
  else step();
});

main.addEventListener("pointerdown", (event) => {
  if (event.target.id === "slot") stop();
});

document.addEventListener("idle", () => {
  clearTimeout(waiting);
  if (playing) waiting = setTimeout(step, PAUSE);
});

drawer.addEventListener("close", () => picture?.back());
document.addEventListener("arrived", ready);
ready();
