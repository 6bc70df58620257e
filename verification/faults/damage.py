"""Files that were damaged while nobody looked."""

from __future__ import annotations

from pathlib import Path

from verification.faults.bench import BROKEN, HELD, NAMED, Bench, kill, one_sentence, until

WAYS = ("a bit turned", "cut off", "zeros", "emptied", "grown", "deleted")


def damage(bench: Bench, number: int) -> None:
    """A file of a half-made sweep is damaged: it is named, deleted, and made anew, or it mattered not."""
    for _ in range(number):
        out = bench.place()
        process = bench.sweep(out, "--workers", "1")
        until(lambda: len(list(out.glob("runs/part-*"))) > 2, process)  # noqa: B023 (it is asked at once)
        kill(process)
        parts = sorted(out.glob("runs/part-*"))
        others = [path for path in out.iterdir() if path.is_file()]
        victim = bench.random.choice(parts if bench.random.random() < 0.75 else others)
        way = bench.random.choice(WAYS)
        spoil(victim, way, bench)
        _go_on(bench, out, f"{victim.name}: {way}")


def _go_on(bench: Bench, out: Path, moment: str) -> None:
    """The same command again; what it names is deleted, as it says, until it goes through."""
    for _ in range(5):
        code, said = bench.told(bench.sweep(out, "--workers", "1"))
        if code == 0:
            bench.judged("damage", moment, out)
            return
        if not one_sentence(code, said) or "delete it" not in said:
            bench.note("damage", moment, said[-400:], NAMED if one_sentence(code, said) else BROKEN)
            return
        bench.note("damage", moment, said, NAMED)
        Path(said.removeprefix("infodemic: ").split(": ")[0]).unlink()
    bench.note("damage", moment, "it was named again and again", BROKEN)


def spoil(path: Path, way: str, bench: Bench) -> None:
    """Damage a file."""
    content = bytearray(path.read_bytes())
    at = bench.random.randrange(max(1, len(content)))
    if way == "a bit turned" and content:
        content[at] ^= 1 << bench.random.randrange(8)
    elif way == "cut off":
        del content[at:]
    elif way == "zeros":
        content[at : at + 64] = bytes(len(content[at : at + 64]))
    elif way == "emptied":
        content.clear()
    elif way == "grown":
        content += bytes(range(50))
    path.write_bytes(content)
    if way == "deleted":
        path.unlink()


__all__ = ["HELD", "damage"]
