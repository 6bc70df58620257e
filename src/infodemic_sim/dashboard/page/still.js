// The page of a finished study: everything is in this file, and nothing is computed but the nearest design.
import { mount } from "./page.js";

const told = JSON.parse(document.getElementById("study").textContent);

const host = {
  form: async () => told,
  run: async ({ point, plan, exact }, hear) => {
    const pictures = told.pictures?.[point];
    if (pictures) {
      hear({ kind: "network", ...told.networks[pictures.network] });
      const [today, other] = [pictures.runs[told.baseline], pictures.runs[plan]];
      pictures.days.forEach((day, k) => hear({ kind: "frame", day, today: { ...today[k] }, plan: { ...other[k] } }));
    }
    hear({ kind: "pair", number: told.pairs, of: told.pairs, ...told.found[point][plan] });
    hear({ kind: "done", words: exact ? told.shown : `${told.shown} The sliders moved to the nearest design that was run.` });
  },
};

mount(document.getElementById("page"), host);
