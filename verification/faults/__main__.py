"""`python -m verification.faults --kills 200 --log out/faults.jsonl`: all kinds of faults, from one seed."""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from verification.faults.bench import BROKEN, Bench
from verification.faults.calibrating import calibrate_killed
from verification.faults.clock import clock
from verification.faults.comparing import compare_killed
from verification.faults.damage import damage
from verification.faults.disk import full_disk, full_disk_of_compare, read_only
from verification.faults.kills import kills
from verification.faults.two_at_once import two_at_once

SHARES: dict[Callable[[Bench, int], None], float] = {
    kills: 0.75,
    compare_killed: 0.2,
    calibrate_killed: 0.05,
    damage: 0.15,
    full_disk: 0.06,
    full_disk_of_compare: 0.06,
    read_only: 0.06,
    clock: 0.04,
    two_at_once: 0.05,
}
"""Faults of each kind, for each kill that was asked for; those of the first three are the kills."""


def main(words: list[str]) -> int:
    """Try them all, and sum up; 1 if anything was neither held nor named, or could not be tried."""
    asked = arguments(words)
    asked.log.parent.mkdir(parents=True, exist_ok=True)
    left_out = 0
    with tempfile.TemporaryDirectory(prefix="infodemic-faults-") as folder:
        bench = Bench(Path(folder), asked.seed, asked.log)
        for kind, share in SHARES.items():
            if asked.only and kind.__name__ not in asked.only:
                continue
            began = time.monotonic()
            try:
                kind(bench, max(1, round(share * asked.kills)))
            except PermissionError as reason:
                left_out += 1
                print(f"{kind.__name__}: not tried, as {reason}")
            print(f"{kind.__name__}: {time.monotonic() - began:.0f} s", flush=True)
        bench.close()
    for (fault, verdict), number in sorted(bench.verdicts.items()):
        print(f"{fault}: {number} {verdict}")
    return int(bench.broken > 0 or left_out > 0)


def arguments(words: list[str]) -> argparse.Namespace:
    """What was asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--log", type=Path, default=Path("out/faults.jsonl"))
    parser.add_argument("--only", nargs="*", choices=[kind.__name__ for kind in SHARES])
    return parser.parse_args(words)


__all__ = ["BROKEN", "main"]

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
