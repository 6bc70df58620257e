"""The gallery: every public figure on a small run, drawn by the code that stands beside it.

``python -m docs.gallery docs/gallery`` draws the pictures into a folder; ``docs/gallery.md`` shows them.
"""

from __future__ import annotations

import inspect
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from textwrap import dedent
from typing import Any

from docs.gallery_examples import CHAPTERS, RUNS
from infodemic_sim import plots
from infodemic_sim.study.store import write_text

HEAD = """# Gallery

Every figure that `infodemic_sim.plots` draws, on runs so small that all take about half a minute. The
pictures are no part of the repository: `python -m docs.gallery docs/gallery` draws them.

Functions that draw on axes take `ax=` and give the axes back, others give a figure. It is written by
`plots.save_figure(figure, "name.svg")`; `with plots.styled():` lends our look to figures of yours. Orange is
what is false, or worse, blue what is accurate, or better; people with any kind of colour vision can tell the
colours apart.
"""
PAGE = Path(__file__).with_suffix(".md")
EXAMPLES = [example for examples in CHAPTERS.values() for example in examples]


def write_gallery(folder: str | Path) -> list[Path]:
    """Draw every example into a folder, which is made if need be; the files written."""
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        made = {"folder": Path(scratch), "pictures": folder}
        return [picture(example, made, folder) for example in EXAMPLES]


def picture(example: Callable[..., Any], made: dict[str, Any], folder: Path) -> Path:
    """What one example draws, as a file."""
    drawn = example(**{name: run(name, made) for name in inspect.signature(example).parameters})
    if isinstance(drawn, Path):
        return drawn
    return plots.save_figure(getattr(drawn, "figure", drawn), folder / file_name(example))


def run(name: str, made: dict[str, Any]) -> Any:
    """What an example takes, made once."""
    if name not in made:
        (making,) = (each for each in RUNS if each.__name__ == name)
        made[name] = making(**{each: run(each, made) for each in inspect.signature(making).parameters})
    return made[name]


def file_name(example: Callable[..., Any]) -> str:
    """The picture of an example."""
    return f"{example.__name__}.{'gif' if example.__name__ == 'animate' else 'png'}"


def page() -> str:
    """The whole page as Markdown."""
    parts = [HEAD]
    for chapter, examples in CHAPTERS.items():
        parts.append(f"## {chapter}\n")
        parts += [section(example) for example in examples]
    made = [f"{inspect.getdoc(each)}\n\n{fenced(code(each, each.__name__))}" for each in RUNS]
    told = "## The runs\n\nWith `folder` and `pictures` as folders, and these names:\n\n"
    names = inspect.getsource(inspect.getmodule(RUNS[0])).partition("\n\n# ---")[0]
    imports = names[names.index("import pandas") :].strip()
    return "\n".join(parts) + "\n" + told + fenced(imports) + "\n" + "\n".join(made)


def section(example: Callable[..., Any]) -> str:
    """One figure with its call."""
    name, says = example.__name__, inspect.getdoc(example) or ""
    return f"### `{name}`\n\n{says}\n\n{fenced(code(example))}\n![{says}](gallery/{file_name(example)})\n"


def code(function: Callable[..., Any], result: str = "") -> str:
    """What a function does, as a script does it; what it returns gets a name, if one is told."""
    body = inspect.getsource(function).partition('"""\n')[2]
    before, _, value = dedent(body).rpartition("return ")
    return before + (f"{result} = {value}" if result else value)


def fenced(text: str) -> str:
    """Text as a block of Python."""
    return f"```python\n{text.strip()}\n```\n"


if __name__ == "__main__":
    write_text(PAGE, page())
    for path in write_gallery(*sys.argv[1:] or [PAGE.with_suffix("")]):
        print(path)
