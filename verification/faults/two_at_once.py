"""Two sweeps in one folder at the same time."""

from __future__ import annotations

from verification.faults.bench import BROKEN, HELD, NAMED, Bench, kill, one_sentence, until

REFUSED = "another process is at work in this folder"


def two_at_once(bench: Bench, number: int) -> None:
    """One of them works, the other is refused or finds nothing left to do; one of them may be killed."""
    for _ in range(number):
        out = bench.place()
        first = bench.sweep(out, "--workers", "1")
        delay = bench.random.uniform(0.0, 3.0)
        until(lambda: False, first, delay)
        second = bench.sweep(out, "--workers", "1")
        if bench.random.random() < 0.4:
            until(lambda: False, first, bench.random.uniform(0.0, 3.0))
            kill(first)
        for process in (first, second):
            if process is first and process.returncode is not None and process.returncode < 0:
                continue
            code, said = bench.told(process)
            refused = one_sentence(code, said) and REFUSED in said
            verdict = HELD if code == 0 else NAMED if refused else BROKEN
            bench.note("two at once", f"{delay:.2f} s apart", said[-300:] or "made", verdict)
        code, said = bench.told(bench.sweep(out, "--workers", "1"))
        if code:
            bench.note("two at once", "afterwards", said[-300:], BROKEN)
        else:
            bench.judged("two at once", "afterwards", out)
