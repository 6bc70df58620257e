"""From a decision to an advice: search, confirm, weigh, write. Read this file first."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from infodemic_sim.decisions.answering import answer
from infodemic_sim.decisions.bench import Bench
from infodemic_sim.decisions.decision import Decision
from infodemic_sim.decisions.portfolio import Choice
from infodemic_sim.decisions.search import searched
from infodemic_sim.decisions.tables import (
    NOTHING,
    best_table,
    candidates,
    doubtful,
    front_table,
    information_table,
    portfolios_table,
    with_nothing,
)
from infodemic_sim.errors import of_kind
from infodemic_sim.study.store import write_text
from infodemic_sim.study.unknowns import used_again
from infodemic_sim.sweeps.foreman import Progress

if TYPE_CHECKING:
    import pandas as pd

CONFIRMED = "confirmed"
"""Folder of the new runs of the portfolios that came out best."""
OTHER_DRAWS = 2**62
"""Added to the seed for these runs, so that none of their draws has been seen before."""
FINALISTS = 12
"""Portfolios that are run anew, at most."""
DOUBTFUL = 4
"""Of these at most, so many of which further runs may tell that they are within the budget."""
LIKELY = 0.01
"""Portfolios that are best with less than this probability need not be run anew."""


@dataclass(frozen=True)
class Advice:
    """What to buy, and how sure that is.

    Parameters
    ----------
    tried, possible : number of portfolios that were tried, and that there are.
    portfolios : all that were tried, see ``tables.portfolios_table``.
    judged : the same of those that ``front`` and ``best`` are about: all, or those that were run anew.
    front, best, information : see ``tables``.
    draws : where the parameters come from that were drawn anew in each pair of runs; None: none were.
    """

    decision: Decision
    tried: int
    possible: int
    portfolios: pd.DataFrame
    judged: pd.DataFrame
    front: pd.DataFrame
    best: pd.DataFrame
    information: pd.DataFrame
    draws: Mapping[str, Any] | None = None

    def __repr__(self) -> str:
        return f"<Advice: “{self.recommended}”, of {self.tried:,} portfolios tried>"

    @property
    def recommended(self) -> str:
        """Name of the plan with the best expectation of all that are within the budget."""
        return str(self.best["plan"].iloc[0])

    @property
    def beyond(self) -> pd.DataFrame:
        """Plans expected to do better in the first objective that may exceed the budget, the best first.

        Each by the runs that it was last judged by, and beside the recommended plan in those same runs: those
        run anew have other draws.
        """
        import pandas as pd

        leading = self.decision.wanted[0]
        earlier = doubtful(self.portfolios, self.recommended, leading)
        left = earlier[~earlier["plan"].isin(self.judged["plan"])]
        better = pd.concat([doubtful(self.judged, self.recommended, leading), left], ignore_index=True)
        return better.sort_values(leading.name, ascending=leading.sign < 0, kind="stable")

    @property
    def answer(self) -> list[str]:
        """Two sentences: what to buy, and how sure that is."""
        return answer(self)

    def notes(self) -> list[str]:
        """What a reader must know of the draws of parameters."""
        return [text for text in [used_again(self.draws, int(self.judged["pairs"].max()))] if text]

    def write(self, out: Path) -> None:
        """The tables, as files of the folder."""
        for name in ("portfolios", "judged", "front", "best", "information"):
            table: pd.DataFrame = getattr(self, name)
            write_text(out / f"{name}.csv", table.to_csv(index=False, lineterminator="\n"))


def optimise(
    decision: Decision, out: str | Path, *, workers: int = 1, progress: Progress | None = None
) -> Advice:
    """Find the portfolios that are worth choosing within a budget, and say how sure that is.

    Every run is made once and kept in the folder: the same call goes on where an earlier one ended, and
    another budget, other objectives or more trials cost only what was not tried before.

    What comes out best of many is partly best by luck [SmithWinkler2006]. With ``confirm``, those that came
    out best are run anew with draws that no choice was made by; what is said of them rests on these runs.

    Parameters
    ----------
    out : the folder of runs and tables.
    workers : processes on this machine.
    progress : called with (runs that are there, most that there will be).

    Raises
    ------
    ParameterError
        If the budget is below what any intervention alone spends, a search needs Optuna and it is missing, or
        draws cannot be used: the portfolio varies its settings and every uptake, so these cannot be drawn.
    OutputExistsError
        If the folder holds other runs.
    """
    of_kind("decision", decision, Decision)
    folder, possible = Path(out).absolute(), decision.portfolio.number(decision.scenario)
    first_runs = (1 + min(possible, decision.trials)) * decision.replicates
    new_runs = (1 + min(possible, decision.trials, FINALISTS)) * decision.confirm

    def told(before: int) -> Callable[[int], None] | None:
        return progress and (lambda done: progress(before + done, first_runs + new_runs))

    bench = Bench(decision, folder, decision.replicates, decision.seed, workers, told(0))
    choices = tried = searched(decision, bench)
    portfolios = portfolios_table(decision, bench, tried)
    if decision.confirm:
        choices = finalists(decision, bench, tried, portfolios)
        anew = decision.seed + OTHER_DRAWS
        bench = Bench(decision, folder / CONFIRMED, decision.confirm, anew, workers, told(first_runs))
        bench.measure(choices)
    judged = portfolios_table(decision, bench, choices) if decision.confirm else portfolios
    found = candidates(decision, with_nothing(decision, bench, choices))
    advice = Advice(
        decision=decision,
        tried=len(tried),
        possible=possible,
        portfolios=portfolios,
        judged=judged,
        front=front_table(judged, decision.wanted[0]),
        best=best_table(decision, found),
        information=information_table(decision, found),
        draws=bench.drawing.record if bench.drawing else None,
    )
    advice.write(folder)
    return advice


def finalists(
    decision: Decision, bench: Bench, tried: Sequence[Choice], portfolios: pd.DataFrame
) -> list[Choice]:
    """Portfolios to be run anew: the likely best, some that would be better if surely within the budget, and
    those most surely on the front.
    """
    best = best_table(decision, candidates(decision, with_nothing(decision, bench, tried)))
    likely = best[best["probability_best"] >= LIKELY].sort_values(
        "probability_best", ascending=False, kind="stable"
    )
    front = portfolios[portfolios["front"].isin(["surely", "possibly"])].sort_values(
        "probability_on_front", ascending=False, kind="stable"
    )
    unsure = doubtful(portfolios, best["plan"].iloc[0], decision.wanted[0]).head(DOUBTFUL)
    by_name = {choice.name: choice for choice in tried}
    names = dict.fromkeys([*best["plan"].head(1), *likely["plan"], *unsure["plan"], *front["plan"]])
    return [by_name[name] for name in names if name != NOTHING.name][:FINALISTS]
