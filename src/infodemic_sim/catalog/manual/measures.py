"""The page of measures: the codebook."""

from __future__ import annotations

from infodemic_sim.catalog.manual.wording import link, plain, table
from infodemic_sim.codebook import CODEBOOK, Measure

HEAD = """# Measures

What a run records, by day, platform, topic and subgroup. *Better* says which direction is; where nothing is
said, neither is. `codebook.csv` beside every result holds the same. People are all accounts of the
population, automated ones (role bot), too; only measures of behaviour and of a disease leave these out.
"""
COLUMNS = ("measure", "what it is", "formula", "unit", "per", "better", "source")


def page() -> str:
    """The whole page as Markdown."""
    return f"{HEAD}\n{table(COLUMNS, (_row(measure) for measure in CODEBOOK))}"


def _row(measure: Measure) -> list[str]:
    texts = [measure.label, measure.formula, measure.unit, measure.denominator, measure.better]
    return [f"`{measure.name}`", *map(plain, texts), link(measure.source)]
