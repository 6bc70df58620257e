"""How an intervention takes a target, by name, by function or as an array; and targets made of others."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any

import numpy as np
from pydantic import BeforeValidator, SerializeAsAny

from infodemic_sim.errors import NotWritableError, ParameterError
from infodemic_sim.interventions.who.base import Who, mask_of
from infodemic_sim.interventions.who.connected import FriendsOfRandom, MostFollowed
from infodemic_sim.interventions.who.momentary import AtRisk, Believers
from infodemic_sim.interventions.who.named import Chosen, Everyone, Nobody, Role, Rows, Share, Subgroup
from infodemic_sim.params import param
from infodemic_sim.plugins import kind, make
from infodemic_sim.randomness import Purpose
from infodemic_sim.world import World

GROUP = "infodemic_sim.targets"
SAMPLE = 1
"""Word of a sample's lot, which so is another than that of a share."""


class ByFunction(Who):
    """People named by a function of your own, world → bool[n]."""

    function: Callable[[World], np.ndarray] = param(doc="The function.")

    def mask(self, world: World) -> np.ndarray:
        """Whom it names, bool[n]."""
        mask = np.asarray(self.function(world))
        if mask.dtype != bool or mask.shape != (world.n,):
            raise ParameterError(
                f"ByFunction.function must give bool[{world.n}], but gave {mask.dtype}{list(mask.shape)}."
            )
        return mask

    def to_dict(self) -> dict[str, Any]:
        """Refused: a function cannot be written down."""
        name = getattr(self.function, "__name__", "the function")
        raise NotWritableError(f"who={name} runs, but cannot be written down: name a target class instead.")


def _who(value: Any) -> Any:
    if callable(value) and not isinstance(value, Who):
        return ByFunction(function=value)
    if isinstance(value, np.ndarray):
        kind = value.dtype.kind
        if kind not in "biu":
            raise ParameterError("who must be identities (int) or a mask (bool), not numbers.")
        if kind == "b":
            return Rows(people=int(value.size), rows=tuple(np.flatnonzero(value).tolist()))
        return Chosen(keys=tuple(value.tolist()))
    return make(value, BUILT_IN, GROUP, Who)


WhoField = Annotated[SerializeAsAny[Who], BeforeValidator(_who)]
"""The type of a parameter that names people, such as a plug-in's own ``who`` with another default."""


class Sample(Who):
    """So many people by lot among those whom another target names; all of these where they are fewer.

    It makes targets comparable: the same number of people, chosen in different ways. A larger sample holds
    the smaller ones.
    """

    people: int = param(ge=0, unit="people", doc="How many people.")
    of: WhoField = param(Everyone(), doc="Among whom.")

    def mask(self, world: World) -> np.ndarray:
        """Whom it names, bool[n]; the lot is drawn once for the run."""
        if self.of.fixed:
            return world.kept(("sample", repr(self)), lambda: self._drawn(world))
        return self._drawn(world)

    def _drawn(self, world: World) -> np.ndarray:
        named = np.flatnonzero(self.of.mask(world))
        keys = world.people.key[named]
        luck = world.draws.uniform(Purpose.TARGET, keys, SAMPLE)
        return mask_of(world, named[np.lexsort((keys, luck))[: self.people]])


BUILT_IN = (
    Everyone,
    Nobody,
    Share,
    Role,
    Subgroup,
    MostFollowed,
    FriendsOfRandom,
    AtRisk,
    Believers,
    Chosen,
    Rows,
    Sample,
)
kind(Who, lambda: BUILT_IN, GROUP)
