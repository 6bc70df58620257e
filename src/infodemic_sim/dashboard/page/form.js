// The form on the left: network, people, topics, interventions; each number a slider with a field beside it.
import { el } from "./dom.js";

const TITLES = {
  network: "Network", people: "People", topics: "Topics", platforms: "Platforms", rules: "How beliefs move", time: "Time",
};

export class Form {
  constructor(form) {
    this.form = form;
    this.values = new Map(); // path → function that tells the value
    this.network = 0;
    this.chosen = new Set(form.chosen);
    this.element = el("form", { class: "form", onsubmit: (event) => event.preventDefault() });
    this.element.append(this.networks(), ...["people", "topics", "platforms", "rules", "time"].map((g) => this.group(g)).filter(Boolean), this.measures());
  }

  // What the server is sent; only numbers that were moved, so that what is not stays as the file says.
  choices() {
    const values = {};
    for (const [path, tell] of this.values) {
      const value = tell();
      if (value !== undefined) values[path] = value;
    }
    return { graph: this.form.networks[this.network].graph, values, interventions: [...this.chosen] };
  }

  networks() {
    const numbers = el("div");
    const show = (place) => {
      for (const path of [...this.values.keys()]) if (path.startsWith("population.graph.")) this.values.delete(path);
      this.network = place;
      numbers.replaceChildren(...this.numbers(this.form.networks[place].controls));
    };
    const select = el(
      "select", { id: "network", onchange: (event) => show(Number(event.target.value)) },
      ...this.form.networks.map((network, k) => el("option", { value: k }, network.label)),
    );
    show(0);
    return section("Network", true, el("label", { for: "network" }, "kind of network"), select, numbers);
  }

  group(name) {
    const mine = this.form.controls.filter((control) => control.group === name);
    return mine.length ? section(TITLES[name], name === "people", ...this.numbers(mine)) : null;
  }

  measures() {
    const families = new Map();
    for (const one of this.form.interventions) {
      if (!families.has(one.family)) families.set(one.family, []);
      families.get(one.family).push(this.measure(one));
    }
    const parts = [...families].flatMap(([family, boxes]) => [el("h3", {}, family), ...boxes]);
    return section("Interventions in the plan", true, ...parts);
  }

  measure(one) {
    const mine = this.form.controls.filter((control) => control.group === "interventions" && control.part === one.key);
    const numbers = el("div", { class: "strengths", hidden: !this.chosen.has(one.key) }, ...this.numbers(mine));
    const box = el("input", {
      type: "checkbox", id: `plan-${one.key}`, checked: this.chosen.has(one.key),
      onchange: () => {
        this.chosen[box.checked ? "add" : "delete"](one.key);
        numbers.hidden = !box.checked;
      },
    });
    return el("div", { class: "measure" }, box, el("label", { for: box.id, title: one.doc }, one.label), numbers);
  }

  numbers(controls) {
    const first = controls.filter((control) => control.first), rest = controls.filter((control) => !control.first);
    const more = rest.length ? section(`${first.length ? "more" : "all"} (${rest.length})`, false, ...rest.map((c) => this.number(c))) : null;
    return [...first.map((c) => this.number(c)), more].filter(Boolean);
  }

  number(control) {
    const { path, low, high, whole, value } = control;
    const id = `n-${path.replace(/[^\w]/g, "-")}`;
    const step = whole ? 1 : Number(((high - low) / 200).toPrecision(1));
    const several = control.group === "topics" || control.group === "platforms";
    const words = `${control.name.replaceAll("_", " ")}${several ? ` · ${control.part}` : ""}`;
    const slider = el("input", { type: "range", min: low, max: high, step, value, "aria-label": words, tabindex: -1 });
    const field = el("input", { type: "number", id, min: low, max: high, step: whole ? 1 : "any", value });
    slider.addEventListener("input", () => { field.value = slider.value; });
    field.addEventListener("input", () => { slider.value = field.value; });
    this.values.set(path, () => {
      const now = field.valueAsNumber;
      return Number.isNaN(now) || now === value ? undefined : now;
    });
    const source = control.source === "ASSUMED" ? "assumed" : control.source;
    const told = `${control.doc}${source ? ` (${source})` : ""}`;
    return el(
      "div", { class: "number", title: told },
      el("label", { for: id }, words, control.unit ? el("small", {}, ` ${control.unit}`) : null), slider, field,
    );
  }
}

function section(title, open, ...children) {
  return el("details", { open }, el("summary", {}, title), ...children);
}
