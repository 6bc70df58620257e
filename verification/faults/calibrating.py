"""Kill -9 during a calibration: the same command goes on from its last generation."""

from __future__ import annotations

import infodemic_sim as ids
from verification.faults.bench import BROKEN, HELD, TOWN, Bench, kill, until

QUESTION = f"""\
scenario:
{TOWN}parameters: {{spread.persuasion_claim: declared}}
evidence: {{type: measured, path: seen.csv}}
particles: 20
generations: 4
seed: 1
"""
PARTICLES, METHODS = 20, ("likelihood", "emulator")


def calibrate_killed(bench: Bench, number: int) -> None:
    """A calibration is killed at random moments, and then let go on."""
    (bench.folder / "seen.csv").write_text("measure,day,value,error\nmisinformed,1,0.15,0.05\n")
    question = bench.folder / "question.yaml"
    while number > 0:
        question.write_text(f"{QUESTION}method: {bench.random.choice(METHODS)}\n")
        out = bench.place()
        for _ in range(min(number, 3)):
            process = bench.begin("calibrate", str(question), "--out", str(out), "--workers", "1", "--quiet")
            delay = bench.random.uniform(0.0, 8.0)
            until(lambda: False, process, delay)
            bench.note("calibrate killed", f"after {delay:.2f} s", f"alive: {kill(process)}", HELD)
            number -= 1
        last = bench.begin("calibrate", str(question), "--out", str(out), "--workers", "1", "--quiet")
        code, said = bench.told(last)
        points = 0 if code else len(ids.read_posterior(out).points)
        verdict = HELD if points == PARTICLES else BROKEN
        bench.note("calibrate after kills", "at the end", said[-300:] or f"{points} points", verdict)
