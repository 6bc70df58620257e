"""What a comparison gives back: the runs of all plans, and their effects."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from infodemic_sim.cards import card
from infodemic_sim.scenario import Scenario

if TYPE_CHECKING:
    import pandas as pd

    from infodemic_sim.study.frames import Table

RUN_COLUMNS = ["plan", "replicate", "day", "platform", "topic", "subgroup", "measure", "value"]


@dataclass(frozen=True)
class Comparison:
    """Paired runs of several plans; the first plan is the baseline.

    Parameters
    ----------
    names : the plans in their order.
    plans : the scenario of each plan; of a loaded comparison, of those plans that could be written down.
    seed, replicates : with the plans, all that is needed to run it again; ``replicates`` were asked for.
    finished : numbers of the replicates that ``runs`` holds.
    primary : the outcome that leads every report; the others are exploratory.
    until, reached : half width that was asked for, if one was, and whether all intervals became that narrow.
    draws : where the parameters of each replicate come from; None: they are those of the plans.
    imports : what reading graph files left out or took for granted, a text for each.
    fork : the day until which all plans are one, and whose past they have; None: each has its own.
    runs : columns plan, replicate, day, platform, topic, subgroup, measure, value; one row a number, in an
        order that does not depend on who finished when. Names are categories.
    """

    names: tuple[str, ...]
    plans: Mapping[str, Scenario]
    seed: int
    replicates: int
    finished: tuple[int, ...]
    primary: str
    runs: pd.DataFrame
    until: float | None = None
    reached: bool = False
    draws: Mapping[str, Any] | None = None
    fork: Mapping[str, Any] | None = None
    imports: tuple[str, ...] = ()

    def __repr__(self) -> str:
        return (
            f"<Comparison of {', '.join(self.names)}: {len(self.finished)} of {self.replicates} replicates, "
            f"seed {self.seed}>"
        )

    @property
    def baseline(self) -> str:
        """The plan with which the others are compared."""
        return self.names[0]

    @property
    def made_of_plans(self) -> bool:
        """Whether each run follows from its plan alone, without drawn parameters or a shared past."""
        return self.draws is None and self.fork is None

    @property
    def interrupted(self) -> bool:
        """Whether fewer replicates finished than were asked for, and were needed."""
        return len(self.finished) < self.replicates and not self.reached

    def effects(self, half_width: float | None = None) -> pd.DataFrame:
        """What each plan changed on the last day, see ``study.effects``.

        Parameters
        ----------
        half_width : wanted half width of the 95 % interval, in the unit of the measure, from which
            ``replicates_needed`` follows; none: a tenth of the baseline's mean.
        """
        from infodemic_sim.study.effects import effects_table

        return effects_table(self.runs, self.names, self.primary, half_width)

    def deeds(self) -> pd.DataFrame:
        """What each intervention of each plan did, whom it reached and what it cost, see ``study.deeds``."""
        from infodemic_sim.study.deeds import deeds_table

        return deeds_table(self.runs, self.plans)

    def worth(self) -> pd.DataFrame:
        """What each plan pays for each misinformed person and exposure averted, see ``study.worth``."""
        from infodemic_sim.study.worth import worth_table

        return worth_table(self)

    def equity(self, partition: str, measure: str | None = None, *, topic: str = "all") -> pd.DataFrame:
        """Who gains: effects by part of the people, and on the gap between parts, see ``study.equity``."""
        from infodemic_sim.study.equity import equity_table

        return equity_table(self, partition, measure, topic=topic)

    def themes(self) -> pd.DataFrame:
        """What each plan did to each way in which social media touches health care, see ``study.themes``."""
        from infodemic_sim.study.themes import themes_table

        return themes_table(self)

    def observed(self, table: str | Path | Table, plan: str | None = None) -> pd.DataFrame:
        """Real points beside the 90 % predictive interval of the runs, see ``study.observed``.

        Parameters
        ----------
        table : a CSV file or data frame with columns day, measure, value and, if need be, platform, topic,
            subgroup.
        plan : whose runs predict; none: those of the baseline.
        """
        from infodemic_sim.study.observed import observed_table

        return observed_table(self, table, plan)

    def notes(self) -> list[str]:
        """What a reader must know: what imports changed, and plans that differ in more, or reached nobody."""
        from infodemic_sim.study.deeds import idle_sentences
        from infodemic_sim.study.plans import unlike
        from infodemic_sim.study.shared_past import fork_sentence
        from infodemic_sim.study.unknowns import used_again

        apart = unlike(self.plans) if self.baseline in self.plans else ()
        first = filter(None, [fork_sentence(self), used_again(self.draws, len(self.finished))])
        return [*self.imports, *first, *apart, *idle_sentences(self.deeds())]

    def _repr_html_(self) -> str:
        """What a notebook shows: what each plan changes in the primary outcome."""
        from infodemic_sim.study.overall import by_plan, overall
        from infodemic_sim.study.shown import change, judged, paired_runs, shown

        how = shown(self.primary)
        title = f"{how.label}, against {self.baseline}, in {paired_runs(len(self.finished))}"
        if len(self.names) < 2:
            return card(f"Comparison of one plan, {self.baseline}: there is nothing to compare it with.", ())
        rows = by_plan(overall(self.effects(), self.primary))
        told = [(plan, change(row), how.unit_of_change, judged(row)) for plan, row in rows.items()]
        return card(title, told, ("plan", "change (95 % interval)", "", ""))

    @classmethod
    def load(cls, folder: str | Path) -> Comparison:
        """The comparison that was written to a folder.

        Raises
        ------
        ResultFileError
            If the folder holds no results that this version can read.
        """
        from infodemic_sim.study.store import load

        return load(Path(folder))


def stacked(tables: Mapping[tuple[str, int], pd.DataFrame]) -> pd.DataFrame:
    """One tidy table from the tables of all runs, in the order given."""
    import pandas as pd

    blocks = [
        table.assign(plan=plan, replicate=replicate)[RUN_COLUMNS].astype(
            dict.fromkeys(names_in(table), object)
        )
        for (plan, replicate), table in tables.items()
    ]
    return categorised(pd.concat(blocks, ignore_index=True))


def categorised(runs: pd.DataFrame) -> pd.DataFrame:
    """The columns of a comparison's runs, with names as categories."""
    return compact(runs[RUN_COLUMNS])


def compact(table: pd.DataFrame) -> pd.DataFrame:
    """The table with its names as categories, in order of appearance: a byte or so each."""
    import pandas as pd

    return table.assign(
        **{name: pd.Categorical(table[name], categories=table[name].unique()) for name in names_in(table)}
    )


def names_in(table: pd.DataFrame) -> list[str]:
    """Columns that hold names, and not numbers."""
    return [name for name in table.columns if name not in ("replicate", "day", "value")]
