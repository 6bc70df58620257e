// The page of a running server. Its token stands behind the # of the address, which browsers send to nobody.
import { mount } from "./page.js";

const token = location.hash.slice(1);
const headers = { "X-Token": token, "Content-Type": "application/json" };

async function asked(path, choices, signal) {
  const answer = await fetch(path, choices === undefined ? { headers } : { method: "POST", headers, body: JSON.stringify(choices), signal });
  if (!answer.ok) throw new Error(await answer.text());
  return answer;
}

const host = {
  form: async () => (await asked("form")).json(),
  yaml: async (choices) => (await asked("yaml", choices)).text(),
  report: async (choices) => (await asked("report", choices)).text(),
  run: async (choices, told, signal) => {
    const lines = (await asked("run", choices, signal)).body.pipeThrough(new TextDecoderStream()).getReader();
    for (let rest = ""; ; ) {
      const { done, value } = await lines.read();
      if (done) return;
      const parts = (rest + value).split("\n");
      rest = parts.pop();
      for (const part of parts) told(JSON.parse(part));
    }
  },
};

mount(document.getElementById("page"), host).catch((error) => {
  document.getElementById("page").textContent = error.message;
});
