// The form of a finished study: sliders that stop only at values that were run, and the plans that were.
import { el, plain } from "./dom.js";

export class Designs {
  constructor(told, changed) {
    this.told = told;
    this.changed = changed;
    this.moved = -1;
    this.sliders = told.parameters.map((parameter, k) => this.slider(parameter, k));
    this.plan = el("select", { id: "which-plan", onchange: changed }, ...told.plans.map((name) => el("option", {}, name)));
    this.element = el(
      "form", { class: "form", onsubmit: (event) => event.preventDefault() },
      el("p", {}, told.about),
      el("label", { for: "which-plan" }, "plan"), this.plan, ...this.sliders.map((s) => s.element),
    );
  }

  slider(parameter, k) {
    const shown = el("output", {}, "");
    const range = el("input", {
      type: "range", min: 0, max: parameter.values.length - 1, step: 1, value: 0, id: `d-${parameter.path.replace(/[^\w]/g, "-")}`,
      oninput: () => { this.moved = k; tell(); this.changed(); },
    });
    const tell = () => {
      const value = parameter.values[range.valueAsNumber];
      shown.textContent = typeof value === "number" ? plain(value) : String(value);
      range.setAttribute("aria-valuetext", shown.textContent);
    };
    tell();
    const element = el(
      "div", { class: "number", title: parameter.doc },
      el("label", { for: range.id }, parameter.label, parameter.unit ? el("small", {}, ` ${parameter.unit}`) : null), range, shown,
    );
    return { range, tell, element, values: parameter.values };
  }

  // The design nearest to the sliders, counted in places on them, the one moved last before the others; they
  // go to what was really run.
  choices() {
    const wanted = this.sliders.map((slider) => slider.range.valueAsNumber);
    const far = (place, k) => (place - wanted[k]) / Math.max(1, this.sliders[k].values.length - 1);
    const apart = (point) => point.reduce((sum, place, k) => sum + (k === this.moved ? 1000 : 1) * far(place, k) ** 2, 0);
    let nearest = 0;
    this.told.points.forEach((point, k) => { if (apart(point) < apart(this.told.points[nearest])) nearest = k; });
    const exact = apart(this.told.points[nearest]) === 0;
    this.told.points[nearest].forEach((place, k) => {
      this.sliders[k].range.value = place;
      this.sliders[k].tell();
    });
    return { point: nearest, plan: this.plan.value, exact };
  }
}
