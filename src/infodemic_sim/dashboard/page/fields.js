// A field for a number, with a sentence below it once it holds none.
import { el } from "./dom.js";

export class Field {
  // limits: whether min, max and step are limits; elsewhere they are those of a slider, and the model knows better.
  constructor(attributes, sentence, limits = false) {
    this.sentence = sentence;
    this.limits = limits;
    this.fault = el("small", { class: "fault", role: "alert", id: `${attributes.id}-fault` });
    this.input = el("input", { type: "number", required: true, "aria-describedby": this.fault.id, ...attributes });
    this.input.addEventListener("change", () => this.check());
    this.input.addEventListener("input", () => this.fault.textContent && this.check());
  }

  get number() {
    return this.input.valueAsNumber;
  }

  check() {
    const holds = this.limits ? this.input.validity.valid : !Number.isNaN(this.number);
    this.fault.textContent = holds ? "" : this.sentence;
    this.input.setAttribute("aria-invalid", !holds);
    return holds;
  }

  // It may stand in a section that is closed.
  reveal() {
    for (let at = this.input.parentElement; at; at = at.parentElement) if (at.tagName === "DETAILS") at.open = true;
    this.input.focus();
  }
}
