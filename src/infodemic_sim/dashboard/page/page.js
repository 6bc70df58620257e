// The page: a form, two runs side by side on the same draws, and what the plan changes as pairs arrive.
// A host tells it what can be set and runs it: { form(), run(choices, told, signal), yaml?(choices), report?(choices) }.
import { courseChart, effectChart } from "./charts.js";
import { Designs } from "./designs.js";
import { bytes, el, save } from "./dom.js";
import { Form } from "./form.js";
import { legend, Picture } from "./pictures.js";

const FRAME = 60; // milliseconds from picture to picture, at least

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
    this.frames = [];
    this.baseline = told.baseline ?? "today";
    this.pictures = { today: new Picture(this.baseline), plan: new Picture("with the plan") };
    this.run = el("button", { type: "button", class: "run", onclick: () => this.start() }, "Run");
    this.stop = el("button", { type: "button", hidden: true, onclick: () => this.abort?.abort() }, "Stop");
    this.pairs = el("input", { type: "number", id: "pairs", min: 1, max: 100, value: 12 });
    this.seed = el("input", { type: "number", id: "seed", min: 0, value: 1 });
    this.status = el("p", { role: "status", "aria-live": "polite", class: "status" }, "Set a plan and press Run.");
    this.answer = el("section", { class: "answer", "aria-label": "Answer", hidden: true });
    this.charts = el("section", { class: "charts" });
    this.table = el("section", { class: "beside" });
    root.classList.add("what-if");
    root.replaceChildren(
      el("aside", { "aria-label": "Settings" }, el("h1", {}, "What if?"), told.points ? null : this.bar(), this.form.element),
      el("main", {}, this.status, this.answer, this.stage(), this.charts, this.table, this.saving()),
    );
  }

  bar() {
    return el(
      "div", { class: "bar" }, el("div", {}, this.run, this.stop),
      el("label", { for: "pairs" }, "pairs of runs"), this.pairs, el("label", { for: "seed" }, "seed"), this.seed,
    );
  }

  stage() {
    this.play = el("button", { type: "button", onclick: () => this.toggle() }, "Pause");
    this.day = el("input", { type: "range", min: 0, max: 0, value: 0, "aria-label": "day", oninput: () => this.still() });
    this.says = el("output", {}, "");
    this.film = el("div", { class: "film", hidden: true }, this.play, this.day, this.says);
    return (this.shown = el(
      "section", { "aria-label": "The network", hidden: true },
      el("div", { class: "pictures" }, this.pictures.today.figure, this.pictures.plan.figure), this.film, legend(),
    ));
  }

  saving() {
    const button = (words, what) => el("button", { type: "button", disabled: true, onclick: () => this.keep(what) }, words);
    this.savers = [];
    if (this.host.yaml) this.savers.push(button("Save scenario (YAML)", "yaml"));
    if (this.host.report) this.savers.push(button("Save report (HTML)", "report"));
    return el("section", { class: "saving" }, ...this.savers);
  }

  choices() {
    if (this.told.points) return this.form.choices();
    return { ...this.form.choices(), replicates: this.pairs.valueAsNumber, seed: this.seed.valueAsNumber };
  }

  async start() {
    this.abort?.abort();
    const mine = (this.abort = new AbortController());
    this.asked = this.choices();
    this.frames = [];
    this.effects = [];
    this.playing = false;
    this.running(true);
    this.say("Running …");
    try {
      await this.host.run(this.asked, (event) => mine === this.abort && this.hear(event), mine.signal);
    } catch (error) {
      if (mine === this.abort) this.say(mine.signal.aborted ? "Stopped." : error.message, !mine.signal.aborted);
    } finally {
      if (mine === this.abort) this.running(false);
    }
  }

  running(on) {
    this.stop.hidden = !on;
    for (const saver of this.savers) saver.disabled = on && !this.effects.length;
  }

  say(words, wrong = false) {
    this.status.textContent = words;
    this.status.classList.toggle("wrong", wrong);
  }

  hear(event) {
    const { network, frame, pair, done, news, wrong } = this;
    const heard = { network, frame, pair, done, news, error: wrong };
    heard[event.kind]?.call(this, event);
  }

  network(told) {
    this.shown.hidden = false;
    for (const picture of Object.values(this.pictures)) picture.network(told);
  }

  frame(told) {
    for (const run of ["today", "plan"]) {
      const { credence, posted, misinformed } = told[run];
      told[run] = { credence: bytes(credence), posted: bytes(posted), misinformed };
    }
    this.frames.push(told);
    this.film.hidden = false;
    this.day.max = this.frames.length - 1;
    if (this.frames.length === 1) this.from(0);
  }

  pair(told) {
    this.effects.push(told.effect);
    this.say(`${told.number} of ${told.of} pairs of runs.`);
    const { effect } = told;
    const words = `${effect.label}: ${effect.change} ${effect.unit}`;
    const reading = { better: "The plan is better.", worse: "The plan is worse.", changed: "The plan changes it.", none: "No difference in any pair.", unclear: "The interval includes no change." };
    const sure = effect.low == null ? "One pair alone cannot tell chance from effect." : reading[effect.verdict];
    this.answer.hidden = false;
    this.answer.replaceChildren(el("p", {}, words), el("p", {}, sure));
    const charts = [this.told.points ? null : effectChart(this.effects, told.of), courseChart(told.course, effect.label, this.baseline)];
    this.charts.replaceChildren(...charts.filter(Boolean));
    this.table.replaceChildren(beside(told.beside, this.baseline));
    for (const saver of this.savers) saver.disabled = false;
  }

  done(told) {
    this.say(told.words ?? `Done: ${this.effects.length} pairs of runs on the same draws.`);
  }

  news(told) {
    this.say(told.words);
  }

  wrong(told) {
    throw new Error(told.message);
  }

  from(place) {
    cancelAnimationFrame(this.timer);
    this.place = place;
    this.playing = true;
    this.play.textContent = "Pause";
    let last = 0;
    const step = (now) => {
      if (!this.playing) return;
      if (now - last >= FRAME && this.place < this.frames.length) {
        last = now;
        this.show(this.place++);
      }
      if (this.place >= this.frames.length && !this.busy()) return this.pause();
      this.timer = requestAnimationFrame(step);
    };
    this.timer = requestAnimationFrame(step);
  }

  busy() {
    return !this.stop.hidden && !this.effects.length;
  }

  show(place) {
    const frame = this.frames[place];
    if (!frame) return;
    const day = Number(frame.day.toFixed(2));
    for (const run of ["today", "plan"]) this.pictures[run].draw(frame[run], day);
    this.day.value = place;
    this.says.textContent = `day ${day}`;
  }

  toggle() {
    if (this.playing) this.pause();
    else this.from(this.place >= this.frames.length - 1 ? 0 : this.place);
  }

  pause() {
    this.playing = false;
    this.play.textContent = "Play";
  }

  still() {
    this.pause();
    this.place = this.day.valueAsNumber;
    this.show(this.place);
  }

  async keep(what) {
    try {
      const text = await this.host[what](this.asked);
      if (what === "yaml") save("scenario.yaml", text, "application/yaml");
      else save("report.html", text, "text/html");
    } catch (error) {
      this.say(error.message, true);
    }
  }
}

function beside(rows, baseline) {
  const body = rows.map((row) =>
    el("tr", { class: row.verdict }, el("th", { scope: "row" }, row.label), ...[row.today, row.plan, row.change].map((v) => el("td", { class: "n" }, v)), el("td", {}, row.unit)),
  );
  const head = ["", baseline, "with the plan", "change (95 % interval)", "unit"].map((v, k) => el("th", { class: k && k < 4 ? "n" : "" }, v));
  return el("div", { class: "scroll" }, el("table", {}, el("thead", {}, el("tr", {}, ...head)), el("tbody", {}, ...body)));
}
