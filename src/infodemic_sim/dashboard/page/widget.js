// The page in a notebook: what it asks and what it is told travel as messages of the widget.
import { mount } from "./page.js";

function hostOf(model) {
  let last = 0;
  const waiting = new Map();
  model.on("msg:custom", ({ id, event, answer, error }) => {
    const one = waiting.get(id);
    if (!one) return;
    if (event) {
      one.hear(event);
      if (event.kind !== "done" && event.kind !== "error") return;
    }
    waiting.delete(id);
    if (error) one.fail(new Error(error));
    else one.end(answer);
  });
  const ask = (what, choices, hear, signal) =>
    new Promise((end, fail) => {
      const id = ++last;
      waiting.set(id, { hear, end, fail });
      model.send({ id, what, choices });
      signal?.addEventListener("abort", () => {
        model.send({ id, what: "stop" });
        waiting.delete(id);
        fail(new Error("Stopped."));
      });
    });
  return {
    form: () => ask("form"),
    run: (choices, hear, signal) => ask("run", choices, hear, signal),
    yaml: (choices) => ask("yaml", choices),
    report: (choices) => ask("report", choices),
  };
}

export default {
  render({ model, el }) {
    const page = document.createElement("div");
    page.classList.add("in-notebook");
    el.append(page);
    mount(page, hostOf(model)).catch((error) => { page.textContent = error.message; });
  },
};
