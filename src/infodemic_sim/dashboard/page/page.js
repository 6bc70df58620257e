// The page: a form, two runs side by side on the same draws, and what the plan changes as pairs arrive.
// A host tells it what can be set and runs it: { form(), run(choices, told, signal), yaml?(choices), report?(choices) }.
import { answer, besideTable, pairsOf } from "./answer.js";
import { courseChart, effectChart } from "./charts.js";
import { Designs } from "./designs.js";
import { el, save } from "./dom.js";
import { Field } from "./fields.js";
import { Film } from "./film.js";
import { Form } from "./form.js";

const COMING = "The answer below is of the run before: of the new one no pair is there yet.";
const CHANGED = "These results are of the choices before your last change: press Run.";

export async function mount(root, host) {
  const told = await host.form();
  const page = new Page(root, host, told);
  if (told.points) await page.start();
  root.dataset.ready = "yes";
  return page;
}

class Page {
  constructor(root, host, told) {
    this.host = host;
    this.told = told;
    this.form = told.points ? new Designs(told, () => this.start()) : new Form(told);
    this.baseline = told.baseline ?? "today";
    this.effects = [];
    this.film = new Film(this.baseline, () => this.coming());
    this.run = el("button", { type: "button", class: "run", onclick: () => this.start() }, "Run");
    this.stop = el("button", { type: "button", hidden: true, onclick: () => this.abort?.abort() }, "Stop");
    this.pairs = new Field({ id: "pairs", min: 1, max: 100, value: 12 }, "Give a whole number of pairs, from 1 to 100.", true);
    this.seed = new Field({ id: "seed", min: 0, value: 1 }, "Give a whole number as the seed, 0 or more.", true);
    this.status = el("p", { role: "status", "aria-live": "polite", class: "status" }, "Set a plan and press Run.");
    this.note = el("p", { role: "status", "aria-live": "polite", class: "note" });
    this.answer = el("section", { class: "answer", "aria-label": "Answer", hidden: true });
    this.charts = el("section", { class: "charts" });
    this.table = el("section", { class: "beside" });
    this.main = el("main", {}, this.status, this.note, this.answer, this.film.element, this.charts, this.table, this.limits(), this.saving());
    const watch = () => this.compare();
    root.classList.add("what-if");
    root.replaceChildren(
      el("aside", { "aria-label": "Settings", oninput: watch, onchange: watch }, el("h1", {}, "What if?"), told.points ? null : this.bar(), this.form.element),
      this.main,
    );
  }

  bar() {
    const { pairs, seed } = this;
    return el(
      "div", { class: "bar" }, el("div", {}, this.run, this.stop),
      el("label", { for: "pairs" }, "pairs of runs"), pairs.input, el("label", { for: "seed" }, "seed"), seed.input, pairs.fault, seed.fault,
    );
  }

  limits() {
    return this.told.limits ? el("section", { class: "limits" }, ...this.told.limits.map((words) => el("p", { class: "small" }, words))) : null;
  }

  // A scenario is of what the form says now, a report of what was run.
  saving() {
    const button = (words, what, disabled) => el("button", { type: "button", disabled, onclick: () => this.keep(what) }, words);
    this.report = button("Save report (HTML)", "report", true);
    return el("section", { class: "saving" }, this.host.yaml ? button("Save scenario (YAML)", "yaml", false) : null, this.host.report ? this.report : null);
  }

  choices() {
    if (this.told.points) return this.form.choices();
    return { ...this.form.choices(), replicates: this.pairs.number, seed: this.seed.number };
  }

  // Whether every field holds a number: the first that does not is shown, and nothing is made of the old one.
  ready() {
    if (this.told.points) return true;
    const wrong = [this.pairs, this.seed, ...this.form.asked()].filter((field) => !field.check());
    wrong[0]?.reveal();
    return !wrong.length;
  }

  async start() {
    if (!this.ready()) return;
    this.abort?.abort();
    const mine = (this.abort = new AbortController());
    this.asked = this.choices();
    this.effects = [];
    this.film.clear();
    this.stop.hidden = false;
    this.say("Running …");
    this.compare();
    try {
      await this.host.run(this.asked, (event) => mine === this.abort && this.hear(event), mine.signal);
    } catch (error) {
      if (mine === this.abort) this.say(mine.signal.aborted ? this.stopped() : error.message, !mine.signal.aborted);
    } finally {
      if (mine === this.abort) this.ended();
    }
  }

  stopped() {
    return this.effects.length ? `Stopped after ${this.effects.length} of ${pairsOf(this.asked.replicates)}.` : "Stopped before the first pair of runs was there.";
  }

  ended() {
    this.stop.hidden = true;
    this.read();
    this.compare();
  }

  // Whether a run is on its way of which nothing can be told yet.
  coming() {
    return !this.stop.hidden && !this.effects.length;
  }

  // What stands on the page may be of other choices than those that the form shows.
  compare() {
    if (!this.last || this.told.points) return;
    const words = this.coming() ? COMING : this.changed() ? CHANGED : "";
    if (this.note.textContent !== words) this.note.textContent = words;
    this.main.classList.toggle("old", words !== "");
  }

  changed() {
    return JSON.stringify(this.choices()) !== JSON.stringify(this.shown);
  }

  say(words, wrong = false) {
    this.status.textContent = words;
    this.status.classList.toggle("wrong", wrong);
  }

  hear(event) {
    const { pair, done, news, wrong, film } = this;
    const heard = { pair, done, news, error: wrong };
    if (event.kind === "network") film.network(event);
    else if (event.kind === "frame") film.add(event);
    else heard[event.kind]?.call(this, event);
  }

  pair(told) {
    this.effects.push(told.effect);
    this.last = told;
    this.shown = this.asked;
    this.report.disabled = false;
    this.say(`${told.number} of ${pairsOf(told.of)}.`);
    this.read();
    const charts = [this.told.points ? null : effectChart(this.effects, told.of), courseChart(told.course, told.effect.label, this.baseline)];
    this.charts.replaceChildren(...charts.filter(Boolean));
    this.table.replaceChildren(besideTable(told.beside, this.baseline));
    this.compare();
  }

  read() {
    if (!this.last) return;
    this.answer.hidden = false;
    this.answer.replaceChildren(...answer(this.last, !this.stop.hidden, this.told.note));
  }

  done(told) {
    this.say(told.words ?? `Done: ${pairsOf(this.effects.length)} on the same draws.`);
  }

  news(told) {
    this.say(told.words);
  }

  wrong(told) {
    throw new Error(told.message);
  }

  async keep(what) {
    if (what === "yaml" && !this.ready()) return;
    try {
      const text = await this.host[what](what === "yaml" ? this.choices() : this.shown);
      if (what === "yaml") save("scenario.yaml", text, "application/yaml");
      else save("report.html", text, "text/html");
      if (this.last && this.changed()) this.say(what === "yaml" ? "Saved the choices as they are now, which were not run." : "Saved the report of what was run, before your last change.");
    } catch (error) {
      this.say(error.message, true);
    }
  }
}
