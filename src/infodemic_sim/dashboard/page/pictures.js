// A network of people: ties once, on a layer of their own; people anew in every picture.
import { el } from "./dom.js";

const parts = (colour) => [1, 3, 5].map((k) => parseInt(colour.slice(k, k + 2), 16));

// A colour for each byte of credence, from misinformed over unsure to the accurate position.
function shadesOf({ misinformed, unsure, accurate }) {
  const [from, middle, to] = [misinformed, unsure, accurate].map(parts);
  return Array.from({ length: 256 }, (_, c) => {
    const share = Math.abs(c - 128) / 128, end = c < 128 ? from : to;
    return `rgb(${middle.map((u, k) => Math.round(u + (end[k] - u) * share)).join(",")})`;
  });
}

export class Picture {
  constructor(title) {
    this.canvas = el("canvas", { role: "img", "aria-label": title });
    this.caption = el("figcaption", {}, title);
    this.figure = el("figure", { class: "picture" }, this.caption, this.canvas);
    this.title = title;
  }

  network(told) {
    this.colours = told.colours;
    this.shades = shadesOf(told.colours);
    this.caption.textContent = this.title; // what it said was of the run before
    const size = Math.round(this.canvas.clientWidth * devicePixelRatio) || 400;
    this.canvas.width = this.canvas.height = size;
    const edge = 0.02 * size;
    this.places = told.places.map((p) => edge + (p / 1000) * (size - 2 * edge));
    this.radius = Math.max(1, Math.min(0.012 * size, (0.32 * size) / Math.sqrt(told.people)));
    this.ties = document.createElement("canvas");
    this.ties.width = this.ties.height = size;
    const pen = this.ties.getContext("2d");
    pen.strokeStyle = getComputedStyle(this.canvas).color;
    pen.globalAlpha = Math.min(0.15, 150 / told.ties.length + 0.02);
    pen.beginPath();
    for (let k = 0; k < told.ties.length; k += 2) {
      const [a, b] = [told.ties[k], told.ties[k + 1]];
      pen.moveTo(this.places[2 * a], this.places[2 * a + 1]);
      pen.lineTo(this.places[2 * b], this.places[2 * b + 1]);
    }
    pen.stroke();
  }

  // People of one shade in one path: 2,000 people take about a millisecond.
  draw(frame, day, about) {
    const pen = this.canvas.getContext("2d");
    const { places, radius } = this;
    pen.clearRect(0, 0, this.canvas.width, this.canvas.height);
    pen.drawImage(this.ties, 0, 0);
    const shades = new Map();
    frame.credence.forEach((c, i) => {
      const shade = c & 0xf0;
      if (!shades.has(shade)) shades.set(shade, []);
      shades.get(shade).push(i);
    });
    for (const [shade, people] of shades) {
      pen.fillStyle = this.shades[shade < 128 ? shade : Math.min(255, shade + 15)];
      pen.beginPath();
      for (const i of people) this.dot(pen, i, radius);
      pen.fill();
    }
    pen.strokeStyle = this.colours.posted;
    pen.lineWidth = Math.max(1, radius / 3);
    pen.beginPath();
    frame.posted.forEach((posted, i) => posted & 2 && this.dot(pen, i, 1.9 * radius));
    pen.stroke();
    const share = `${(100 * frame.misinformed).toFixed(1)} % misinformed${about}`;
    this.caption.textContent = `${this.title}: ${share}`;
    this.canvas.setAttribute("aria-label", `${this.title}, day ${day}: ${share}`);
  }

  dot(pen, i, radius) {
    const [x, y] = [this.places[2 * i], this.places[2 * i + 1]];
    pen.moveTo(x + radius, y);
    pen.arc(x, y, radius, 0, 2 * Math.PI);
  }
}

// several: whether there are more topics than the one in the pictures.
export function legend(colours, several) {
  const swatch = (colour, words, ring) =>
    el("span", { class: "key" }, el("i", { class: ring ? "swatch ring" : "swatch", "data-colour": colour }), words);
  const made = el(
    "p", { class: "legend" },
    swatch(colours.misinformed, "misinformed"), swatch(colours.unsure, "unsure"), swatch(colours.accurate, "holds the accurate position"),
    swatch(colours.posted, `posted misinformation${several ? " on any topic" : ""}`, true),
    several ? el("span", {}, "The answer, charts and table are of all topics together.") : null,
  );
  for (const one of made.querySelectorAll("i")) one.style.setProperty("--colour", one.dataset.colour);
  return made;
}
