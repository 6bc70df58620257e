"""Five people at the what-if page: `python -m verification.load.visitors --minutes 20`.

They run plans, leave in the middle, read slowly, and ask for files and reports. It ends with 1 if an answer
is not what it should be, or if the server's memory, threads or open files go on growing.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from pathlib import Path

import httpx2
import psutil

import infodemic_sim as ids
from infodemic_sim.scenario_file import write_scenario
from verification.load.memory import Sampler, slope

VISITORS, MOST_PER_HOUR = 5, 60.0
"""And megabytes by which a server may grow in an hour of such visits: chosen, not derived from anything."""
TOWN = ids.Scenario(
    population=ids.Population(
        graph=ids.graphs.ScaleFree(people=200, mean_degree=10.0, seed=1), providers=0.05
    ),
    topics=[ids.Topic(name="vaccines", posting=ids.Posting(public=0.5, provider=0.5))],
    interventions=[ids.WarningLabel(recall=0.5)],
    days=4.0,
    warm_up=1.0,
)


class Visitor(threading.Thread):
    """Somebody at the page, who does one thing after the other until it is time to go."""

    def __init__(self, address: str, number: int, until: float) -> None:
        super().__init__()
        self.base, _, self.token = address.partition("#")
        self.luck, self.until = random.Random(number), until
        self.did: Counter[str] = Counter()
        self.wrong: list[str] = []

    def run(self) -> None:
        with httpx2.Client(base_url=self.base, headers={"X-Token": self.token}, timeout=600.0) as client:
            while time.monotonic() < self.until and not self.wrong:
                act = self.luck.choice([self.runs, self.runs, self.leaves, self.reads_slowly, self.asks])
                try:
                    act(client)
                except Exception as error:
                    self.wrong.append(f"{act.__name__}: {type(error).__name__}: {error}")
                self.did[act.__name__] += 1

    def choices(self) -> dict[str, object]:
        """A plan of their own."""
        return {
            "values": {"population.providers": round(self.luck.uniform(0.0, 0.2), 3)},
            "interventions": ["warning_label"],
            "replicates": self.luck.randint(1, 4),
            "seed": self.luck.randrange(1000),
        }

    def runs(self, client: httpx2.Client) -> None:
        """A run to its end."""
        answer = client.post("/run", json=self.choices())
        kinds = [json.loads(line)["kind"] for line in answer.text.splitlines()]
        if kinds[-1] != "done":
            self.wrong.append(f"a run ended with {kinds[-1:]}")

    def leaves(self, client: httpx2.Client) -> None:
        """A run that is left after a few lines."""
        few = self.luck.randint(0, 5)
        with client.stream("POST", "/run", json=self.choices()) as answer:
            for k, _ in enumerate(answer.iter_lines()):
                if k >= few:
                    break

    def reads_slowly(self, client: httpx2.Client) -> None:
        """A run whose lines are taken one by one, with time between them."""
        last = ""
        with client.stream("POST", "/run", json=self.choices()) as answer:
            for line in answer.iter_lines():
                time.sleep(0.02)
                last = line
        if json.loads(last)["kind"] != "done":
            self.wrong.append("a run that was read slowly did not end")

    def asks(self, client: httpx2.Client) -> None:
        """The form, the scenario file and the report, which only the last run has."""
        for answer in (
            client.get("/form"),
            client.post("/yaml", json=self.choices()),
            client.post("/report", json=self.choices()),
        ):
            if answer.status_code != 200 and "press Run first" not in answer.text:
                self.wrong.append(f"{answer.url.path}: {answer.status_code} {answer.text[:200]}")


def main(words: list[str]) -> int:
    """Serve, visit, and say what was seen."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=20.0)
    seconds = 60.0 * parser.parse_args(words).minutes
    with tempfile.TemporaryDirectory() as folder:
        write_scenario(TOWN, Path(folder) / "town.yaml")
        command = ["app", str(Path(folder) / "town.yaml"), "--no-browser"]
        with subprocess.Popen(
            [sys.executable, "-m", "infodemic_sim", *command], stdout=subprocess.PIPE, text=True
        ) as server:
            try:
                assert server.stdout is not None
                address = re.search(r"http://\S+", server.stdout.readline())[0]  # type: ignore[index]
                return visited(address, server.pid, seconds)
            finally:
                server.terminate()


def visited(address: str, pid: int, seconds: float) -> int:
    """Let them come, and look at the server meanwhile."""
    visitors = [Visitor(address, k, time.monotonic() + seconds) for k in range(VISITORS)]
    process, counts = psutil.Process(pid), list[tuple[int, int]]()
    with Sampler(pid, every=2.0) as sampler:
        for visitor in visitors:
            visitor.start()
        while any(visitor.is_alive() for visitor in visitors):
            time.sleep(2.0)
            counts.append((process.num_threads(), process.num_fds()))
    settled = [(at, own + children) for at, own, children in sampler.samples if at > seconds / 3]
    grows = slope(settled) * 3600.0
    middle, end = (max(counts[int(part * (len(counts) - 1))]) for part in (0.5, 1.0))
    wrong = [sentence for visitor in visitors for sentence in visitor.wrong]
    did = sum((visitor.did for visitor in visitors), Counter[str]())
    print(json.dumps({
        "minutes": round(seconds / 60.0, 1), "did": dict(did), "wrong": wrong[:5],
        "mb": [round(value) for value in (settled[0][1], max(mb for _, mb in settled), settled[-1][1])],
        "mb_per_hour": round(grows, 1),
        "threads_and_files": [counts[0], counts[len(counts) // 2], counts[-1]],
    }))  # fmt: skip
    return int(bool(wrong) or grows > MOST_PER_HOUR or end > 2 * middle)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
