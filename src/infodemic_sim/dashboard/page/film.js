// Two runs side by side, picture by picture; they can be played again.
import { bytes, el } from "./dom.js";
import { legend, Picture } from "./pictures.js";

const FRAME = 60; // milliseconds from picture to picture, at least

export class Film {
  // more: tells whether pictures may still come.
  constructor(baseline, more) {
    this.more = more;
    this.frames = [];
    this.pictures = { today: new Picture(baseline), plan: new Picture("with the plan") };
    this.play = el("button", { type: "button", onclick: () => this.toggle() }, "Pause");
    this.day = el("input", { type: "range", min: 0, max: 0, value: 0, "aria-label": "day", oninput: () => this.still() });
    this.says = el("output", {}, "");
    this.topic = el("select", { "aria-label": "topic of the pictures", hidden: true, onchange: () => this.show(this.day.valueAsNumber) });
    this.controls = el("div", { class: "film", hidden: true }, this.play, this.day, this.says, this.topic);
    this.legend = el("div");
    this.element = el(
      "section", { "aria-label": "The network", hidden: true },
      el("div", { class: "pictures" }, this.pictures.today.figure, this.pictures.plan.figure), this.controls, this.legend,
    );
  }

  clear() {
    this.frames = [];
    this.playing = false;
  }

  network(told) {
    this.element.hidden = false;
    this.offer(told.topics);
    this.legend.replaceChildren(legend(told.colours, told.topics.length > 1));
    for (const picture of Object.values(this.pictures)) picture.network(told);
  }

  // Of several topics the pictures show one; the one chosen before stays, if it is still there.
  offer(topics) {
    const before = this.topic.value;
    this.topic.replaceChildren(...topics.map((name) => el("option", { selected: name === before }, name)));
    this.topic.hidden = topics.length < 2;
  }

  add(told) {
    for (const run of ["today", "plan"]) {
      const { credence, posted, misinformed } = told[run];
      told[run] = { credence: credence.map(bytes), posted: bytes(posted), misinformed };
    }
    this.frames.push(told);
    this.controls.hidden = false;
    this.day.max = this.frames.length - 1;
    if (this.frames.length === 1) this.from(0);
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
      if (this.place >= this.frames.length && !this.more()) return this.pause();
      this.timer = requestAnimationFrame(step);
    };
    this.timer = requestAnimationFrame(step);
  }

  show(place) {
    const frame = this.frames[place];
    if (!frame) return;
    const day = Number(frame.day.toFixed(2));
    const about = this.topic.hidden ? "" : ` about ${this.topic.value}`, k = this.topic.selectedIndex;
    for (const run of ["today", "plan"]) {
      const { credence, posted, misinformed } = frame[run];
      this.pictures[run].draw({ credence: credence[k], posted, misinformed: misinformed[k] }, day, about);
    }
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
}
