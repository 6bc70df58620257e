"""Commands as forks of a process that has everything imported and compiled, so that many can be killed soon.

It reads a line for each command and forks; the child has the arguments, the folder of its own file for what
it says, and nothing else of the nursery.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any, NoReturn

import infodemic_sim as ids


class Nursery:
    """The process, as its parent sees it."""

    def __init__(self) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "verification.faults.nursery"],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip
        self._answer()

    def begin(self, words: list[str], said: Path) -> Child:
        """Fork a command."""
        return Child(self, self.ask(begin=words, said=str(said))["pid"], said)

    def ask(self, **what: Any) -> dict[str, Any]:
        """Ask, and wait for the answer."""
        assert self.process.stdin is not None
        self.process.stdin.write(json.dumps(what) + "\n")
        self.process.stdin.flush()
        return self._answer()

    def _answer(self) -> dict[str, Any]:
        assert self.process.stdout is not None
        found: dict[str, Any] = json.loads(self.process.stdout.readline())
        return found

    def close(self) -> None:
        """End it."""
        self.process.kill()
        self.process.communicate()


class Child:
    """A command, with what of ``subprocess.Popen`` is used here."""

    def __init__(self, nursery: Nursery, pid: int, said: Path) -> None:
        self.nursery, self.pid, self.said = nursery, pid, said
        self.returncode: int | None = None

    def poll(self) -> int | None:
        """Its exit code, if it has ended."""
        if self.returncode is None:
            self.returncode = self.nursery.ask(poll=self.pid)["code"]
        return self.returncode

    def kill(self) -> None:
        """Kill it, unless it has ended."""
        if self.poll() is None:
            os.kill(self.pid, signal.SIGKILL)

    def communicate(self, timeout: float = 60.0) -> tuple[None, str]:
        """Wait for its end; what it said."""
        end = time.monotonic() + timeout
        while self.poll() is None:
            if time.monotonic() > end:
                raise TimeoutError(f"{self.pid} does not end")
            time.sleep(0.005)
        return None, self.said.read_text("utf-8")


def main() -> NoReturn:
    """Get ready, say so, and serve."""
    from infodemic_sim.cli import app  # noqa: F401 (imported, so that children need not)
    from infodemic_sim.scenario_file import read_scenario
    from verification.faults.bench import TOWN

    folder = Path(os.environ.get("TMPDIR", "/tmp")) / f"nursery-{os.getpid()}.yaml"
    folder.write_text("\n".join(line.removeprefix("  ") for line in TOWN.splitlines()) + "\n")
    ids.simulate(read_scenario(str(folder)).scenario, seed=1)
    folder.unlink()
    answer(ready=True)
    for line in sys.stdin:
        asked = json.loads(line)
        if "poll" in asked:
            pid, status = os.waitpid(asked["poll"], os.WNOHANG)
            answer(code=os.waitstatus_to_exitcode(status) if pid else None)
        elif pid := os.fork():
            answer(pid=pid)
        else:
            become(asked["begin"], asked["said"])
    sys.exit(0)


def become(words: list[str], said: str) -> NoReturn:
    """What the child does."""
    signal.signal(signal.SIGINT, signal.default_int_handler)
    quiet, loud = os.open(os.devnull, os.O_RDWR), os.open(said, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    for handle, number in ((quiet, 0), (quiet, 1), (loud, 2)):
        os.dup2(handle, number)
    from infodemic_sim.cli import main as command

    try:
        command(words)
    except SystemExit as ended:
        os._exit(int(ended.code or 0))
    except BaseException:
        import traceback

        traceback.print_exc()
        os._exit(1)


def answer(**what: object) -> None:
    """A line for the parent."""
    print(json.dumps(what), flush=True)


if __name__ == "__main__":
    main()
