"""What any host asks of the model: the form, a run, its scenario file, its report."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from infodemic_sim.dashboard.choices import choices_from, offered
from infodemic_sim.dashboard.form import form
from infodemic_sim.dashboard.pairs import Pairs
from infodemic_sim.dashboard.pictures import Told
from infodemic_sim.dashboard.telling import told
from infodemic_sim.errors import BrokenRunError, InfodemicError, ParameterError
from infodemic_sim.faults import origin, sentence
from infodemic_sim.report.page import report_html
from infodemic_sim.scenario import Scenario
from infodemic_sim.study.comparison import Comparison

LOG = logging.getLogger(__name__)
KEPT = 8
"""Comparisons kept for their reports."""


class Desk:
    """One scenario on a page: what is offered, and what was found.

    Parameters
    ----------
    pairs : makes pairs of runs; none: this process does.
    """

    def __init__(self, scenario: Scenario, pairs: Pairs | None = None) -> None:
        self.own, self.base, self.pairs = scenario, offered(scenario), pairs or Pairs()
        self.found: dict[str, Comparison] = {}

    def answer(self, what: str, choices: Any = None) -> Any:
        """The form as data, or what is chosen as a scenario file or a report.

        Raises
        ------
        ParameterError
            If the choices cannot stand, or there is nothing to report yet.
        BrokenRunError
            If a plug-in fails.
        """
        with faults_told():
            if what == "form":
                return form(self.base, self.own)
            return {"yaml": self.yaml, "report": self.report}[what](choices)

    def run(self, choices: Any, pairs: Pairs | None = None) -> Iterator[Told]:
        """A run as it comes about; mistakes are found before it begins.

        Parameters
        ----------
        pairs : makes its pairs; none: who makes those of all runs.

        Raises
        ------
        ParameterError
            If the choices cannot stand.
        BrokenRunError
            While it is made: if a part of it, such as a plug-in, fails.
        """
        asked = choices_from(choices)
        with faults_told():
            asked.plans(self.base)

        def keep(comparison: Comparison) -> None:
            self.found.pop(asked.digest(), None)
            self.found[asked.digest()] = comparison
            while len(self.found) > KEPT:
                self.found.pop(next(iter(self.found)))

        def events() -> Iterator[Told]:
            with faults_told():
                yield from told(asked, self.base, pairs or self.pairs, keep)

        return events()

    def yaml(self, choices: Any) -> str:
        """The scenario file of what is chosen."""
        return choices_from(choices).yaml(self.base)

    def report(self, choices: Any) -> str:
        """The report of what was run last with these choices."""
        comparison = self.found.get(choices_from(choices).digest())
        if comparison is None:
            raise ParameterError("there is nothing to report yet: press Run first.")
        return report_html(comparison)


@contextmanager
def faults_told() -> Iterator[None]:
    """A fault of anybody's code, such as a plug-in's, becomes one sentence, and goes into the log."""
    try:
        yield
    except InfodemicError:
        raise
    except Exception as error:
        LOG.error("a run stopped", exc_info=error)
        said = sentence(error, origin(error) or "stopped with an error of its own")
        raise BrokenRunError(f"{said}: see the log.") from error
