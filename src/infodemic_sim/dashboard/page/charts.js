// Two charts: the outcome by day in both runs, and the paired difference as pairs arrive.
import { el, plain, svg } from "./dom.js";

const WIDE = 560, HIGH = 190, LEFT = 52, RIGHT = 12, TOP = 12, BOTTOM = 30;

function scale(low, high, from, to) {
  const span = high - low || 1;
  return (value) => from + ((value - low) / span) * (to - from);
}

// The fewest at round values, but at least so many; whole: never between whole numbers.
function ticks(low, high, least, whole = false) {
  const power = 10 ** Math.floor(Math.log10(high - low || 1));
  let out = [];
  for (const step of [5, 2, 1, 0.5, 0.2, 0.1].map((k) => k * power)) {
    if (out.length >= least || (whole && step < 1)) break;
    out = [];
    for (let k = Math.ceil(low / step - 1e-9); k * step <= high + 1e-9 * step; k++) out.push(Number((k * step).toPrecision(12)));
  }
  return out;
}

function frame(label, x, y, [x0, x1], [y0, y1], below, whole) {
  const parts = [];
  for (const t of ticks(y0, y1, 3)) {
    parts.push(svg("line", { x1: LEFT, x2: WIDE - RIGHT, y1: y(t), y2: y(t), class: "grid" }));
    parts.push(svg("text", { x: LEFT - 6, y: y(t) + 4, class: "n" }, plain(t)));
  }
  for (const t of ticks(x0, x1, 4, whole)) parts.push(svg("text", { x: x(t), y: HIGH - BOTTOM + 16, class: "m" }, plain(t)));
  parts.push(svg("text", { x: WIDE - RIGHT, y: HIGH - 2, class: "n" }, below));
  return svg("svg", { viewBox: `0 0 ${WIDE} ${HIGH}`, role: "img", "aria-label": label }, ...parts);
}

const path = (xs, ys) => xs.map((v, k) => `${k ? "L" : "M"}${v.toFixed(1)},${ys[k].toFixed(1)}`).join("");

export function courseChart(course, title, baseline) {
  if (course.days.length < 2) return null;
  const all = [...course.today, ...course.plan];
  const [low, high] = [Math.min(0, ...all), Math.max(...all) * 1.05 || 1];
  const [first, last] = [course.days[0], course.days.at(-1)];
  const x = scale(first, last, LEFT, WIDE - RIGHT), y = scale(low, high, HIGH - BOTTOM, TOP);
  const chart = frame(`${title} by day, ${baseline} and with the plan`, x, y, [first, last], [low, high], "day");
  for (const name of ["today", "plan"]) {
    chart.append(svg("path", { d: path(course.days.map(x), course[name].map(y)), class: `line ${name}` }));
  }
  const words = `${title}${course.unit ? ` (${course.unit})` : ""}, mean of all pairs; dashed: with the plan`;
  return el("figure", { class: "chart" }, el("figcaption", {}, words), chart);
}

export function effectChart(effects, asked) {
  const known = effects.filter((e) => e.low != null);
  const values = known.flatMap((e) => [e.low, e.high]).concat(effects.map((e) => e.difference), 0);
  const mid = effects.at(-1).difference;
  // The first intervals, from two or three pairs, are wide: they may run out of the picture.
  const span = Math.max(Math.abs(mid) * 2.5, ...known.slice(3).map((e) => Math.max(Math.abs(e.low), Math.abs(e.high))), 1e-9);
  let [low, high] = [Math.max(Math.min(...values), -span), Math.min(Math.max(...values), span)];
  if (low === high) [low, high] = [-1, 1];
  const x = scale(0.5, asked + 0.5, LEFT, WIDE - RIGHT), y = scale(low, high, HIGH - BOTTOM, TOP);
  const last = effects.at(-1);
  const chart = frame(`Change by number of pairs; now ${last.change} ${last.unit}`, x, y, [1, asked], [low, high], "pairs of runs", true);
  chart.append(svg("line", { x1: LEFT, x2: WIDE - RIGHT, y1: y(0), y2: y(0), class: "zero" }));
  const inside = (value) => Math.min(high, Math.max(low, value));
  let beyond = false;
  effects.forEach((e, k) => {
    const [from, to, at] = [e.low ?? e.difference, e.high ?? e.difference, x(k + 1)];
    if (e.low != null) chart.append(svg("line", { x1: at, x2: at, y1: y(inside(from)), y2: y(inside(to)), class: "interval" }));
    if (from < low) chart.append(arrow(at, HIGH - BOTTOM, -1));
    if (to > high) chart.append(arrow(at, TOP, 1));
    beyond ||= from < low || to > high;
    if (inside(e.difference) === e.difference) chart.append(svg("circle", { cx: at, cy: y(e.difference), r: 3.5, class: "dot" }));
  });
  const words = `Change in ${last.label.toLowerCase()} (${last.unit}), with its 95 % interval${beyond ? "; arrows: beyond the edge" : ""}`;
  return el("figure", { class: "chart" }, el("figcaption", {}, words), chart);
}

// At an edge, where an interval goes on beyond it.
const arrow = (x, y, up) => svg("path", { d: `M${x - 4},${y + 3 * up}L${x},${y - 4 * up}L${x + 4},${y + 3 * up}Z`, class: "arrow" });
