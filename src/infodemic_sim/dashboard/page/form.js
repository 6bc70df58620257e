// The form on the left: network, people, topics, interventions; each number a slider with a field beside it.
import { el } from "./dom.js";
import { Field } from "./fields.js";

const TITLES = {
  network: "Network", people: "People", topics: "Topics", platforms: "Platforms", rules: "How beliefs move", time: "Time",
};

export class Form {
  constructor(form) {
    this.form = form;
    this.fields = new Map(); // by path, each with the value that it had
    this.network = 0;
    this.chosen = new Set(form.chosen);
    this.element = el("form", { class: "form", onsubmit: (event) => event.preventDefault() });
    this.element.append(this.networks(), ...["people", "topics", "platforms", "rules", "time"].map((g) => this.group(g)).filter(Boolean), this.measures());
  }

  // What the server is sent; only numbers that were moved, so that what is not stays as the file says.
  choices() {
    const values = {};
    for (const [path, field] of this.fields) if (field.number !== field.was && concerns(field)) values[path] = field.number;
    const interventions = this.form.interventions.map((one) => one.key).filter((key) => this.chosen.has(key));
    return { graph: this.form.networks[this.network].graph, values, interventions };
  }

  asked() {
    return [...this.fields.values()].filter(concerns);
  }

  networks() {
    const numbers = el("div");
    const show = (place) => {
      for (const path of [...this.fields.keys()]) if (path.startsWith("population.graph.")) this.fields.delete(path);
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
    const step = whole ? 1 : roundStep((high - low) / 200);
    const several = control.group === "topics" || control.group === "platforms";
    const words = `${control.name.replaceAll("_", " ")}${several ? ` · ${control.part}` : ""}`;
    // Stops of the slider are multiples of its step; the field can also hold what lies between and at the ends.
    const [min, max] = [Math.ceil(low / step - 1e-9), Math.floor(high / step + 1e-9)].map((k) => Number((k * step).toPrecision(12)));
    const slider = el("input", { type: "range", min, max, step, value, "aria-label": words, tabindex: -1 });
    const field = new Field({ id, min: low, max: high, step: whole ? 1 : "any", value }, `Give a number; it was ${value}.`);
    field.was = value;
    slider.addEventListener("input", () => { field.input.value = slider.value; field.check(); });
    field.input.addEventListener("input", () => { if (!Number.isNaN(field.number)) slider.value = field.number; });
    this.fields.set(path, field);
    const source = control.source === "ASSUMED" ? "assumed" : control.source;
    const told = `${control.doc}${source ? ` (${source})` : ""}`;
    return el(
      "div", { class: "number", title: told },
      el("label", { for: id }, words, control.unit ? el("small", {}, ` ${control.unit}`) : null), slider, field.input, field.fault,
    );
  }
}

// The strengths of an intervention that is not in the plan count for nothing.
const concerns = (field) => !field.input.closest(".strengths[hidden]");

// 1, 2 or 5 of a power of ten, about as much or less.
function roundStep(about) {
  const power = 10 ** Math.floor(Math.log10(about));
  return Number((power * [5, 2, 1].find((k) => k * power <= 1.2 * about)).toPrecision(1));
}

function section(title, open, ...children) {
  return el("details", { open }, el("summary", {}, title), ...children);
}
