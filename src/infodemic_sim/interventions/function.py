"""A plain function as an intervention."""

from __future__ import annotations

from collections.abc import Callable
from inspect import signature
from typing import Any, Self

from pydantic import model_validator

from infodemic_sim.errors import NotWritableError
from infodemic_sim.interventions.base import Indices, Intervention, Memory
from infodemic_sim.params import param
from infodemic_sim.world import World


class FunctionIntervention(Intervention):
    """Call a function of the world at each step: ``def act(world): …``."""

    function: Callable[[World], None] = param(doc="The function.")

    @model_validator(mode="after")
    def _takes_the_world(self) -> Self:
        try:
            taken = signature(self.function)
        except ValueError:  # of what is written in C, nothing is known
            return self
        try:
            taken.bind(None)
        except TypeError:
            raise ValueError(
                f"holds the function {self.key}, which must take one argument, the world: def act(world)"
            ) from None
        return self

    @property
    def key(self) -> str:
        """Identity among the interventions of a scenario."""
        return self.name or str(getattr(self.function, "__name__", "function"))

    def act(self, world: World, people: Indices, memory: Memory) -> None:
        """Call the function, while the schedule is in force and anybody takes part."""
        if people.size:
            self.function(world)

    def to_dict(self) -> dict[str, Any]:
        """Refused: a function cannot be written down."""
        raise NotWritableError(
            f"the function {self.key} runs, but cannot be written down: "
            "make it an Intervention class and offer it through an entry point."
        )
