"""The measures of a run at one moment, number for number as its result will tell them."""

from __future__ import annotations

from functools import cached_property

from infodemic_sim.codebook import check_measure
from infodemic_sim.errors import ParameterError, UnknownNameError, did_you_mean
from infodemic_sim.measures.cascades import cascade_means
from infodemic_sim.measures.formulas import all_measures
from infodemic_sim.simulation import Run


class Moment:
    """All measures now: sums are taken once, however many measures are asked for."""

    def __init__(self, run: Run) -> None:
        run.observe()  # at day 0 counters start here, as in the result
        recorder = run.recorder
        sums = recorder.sums()
        self.run, self.step = run, run.world.step
        self.values = all_measures({name: value[None] for name, value in sums.items()}, recorder.plan)
        scenario = run.scenario
        self.axes = {
            "platform": ["all", *(platform.name for platform in scenario.platforms)],
            "topic": ["all", *(topic.name for topic in scenario.topics)],
        }

    @cached_property
    def cascades(self) -> dict[str, float]:
        """Measures of cascades, taken only where one is asked for."""
        return cascade_means(self.run.scenario, self.run.world)

    def value(self, measure: str, **where: str) -> float:
        """One measure, over all platforms, topics and people unless said otherwise."""
        check_measure(measure)
        if measure in self.values:
            return float(self.values[measure][(0, *self._place(measure, where))])
        if measure not in self.cascades or set(where.values()) != {"all"}:
            cascades = self.run.scenario.cascades
            raise ParameterError(
                f"{measure} is not taken for {where} in a scenario whose cascades='{cascades}'."
            )
        return self.cascades[measure]

    def _place(self, measure: str, where: dict[str, str]) -> list[int]:
        """Positions on the axes; a sole topic or platform is told as "all" only."""
        place = []
        axes = {**self.axes, "subgroup": self.run.recorder.labels(measure)}
        for length, (axis, names) in zip(self.values[measure].shape[1:], axes.items(), strict=True):
            alone = axis != "subgroup" and len(names) == 2
            known = names[: 1 if alone else length]
            if where[axis] not in known:
                tail = did_you_mean(where[axis], known)
                raise UnknownNameError(f"{measure} is not told for the {axis} '{where[axis]}'. {tail}")
            place.append(known.index(where[axis]))
        return place
