// The answer in words, and what else changed as a table.
import { el } from "./dom.js";

const READING = {
  better: "the plan is better", worse: "the plan is worse", changed: "the plan changes it",
  none: "no difference in any pair", unclear: "the interval includes no change",
};

export const pairsOf = (count) => `${count} ${count === 1 ? "pair" : "pairs"} of runs`;

// Only what all pairs say, that were asked for, stands without their number.
function reading({ effect, number, of }, going) {
  if (effect.low == null) return "One pair alone cannot tell chance from effect.";
  const words = `${READING[effect.verdict]}${effect.mark}.`;
  if (number === of) return words[0].toUpperCase() + words.slice(1);
  return `${going ? "So far, in" : "After"} ${number} of ${pairsOf(of)}: ${words}`;
}

export function answer(told, going, note) {
  const { effect, beside } = told;
  const marked = [effect, ...beside].some((one) => one.mark);
  return [
    el("p", {}, `${effect.label}: ${effect.change} ${effect.unit}`), el("p", {}, reading(told, going)),
    marked ? el("p", { class: "small" }, note) : null,
  ].filter(Boolean);
}

// On a narrow screen each row is a block of its own, and its numbers carry their heads with them.
export function besideTable(rows, baseline) {
  const heads = ["", baseline, "with the plan", "change (95 % interval)", "unit"];
  const cell = (value, k) => el("td", { role: "cell", class: k < 3 ? "n" : "", "data-head": heads[k + 1] }, value);
  const body = rows.map((row) =>
    el(
      "tr", { role: "row", class: row.verdict }, el("th", { role: "rowheader", scope: "row" }, row.label),
      ...[row.today, row.plan, row.change + row.mark, row.unit].map(cell),
    ),
  );
  const head = heads.map((v, k) => el("th", { role: "columnheader", class: k && k < 4 ? "n" : "" }, v));
  return el(
    "div", { class: "scroll" },
    el("table", { role: "table" }, el("thead", {}, el("tr", { role: "row" }, ...head)), el("tbody", {}, ...body)),
  );
}
