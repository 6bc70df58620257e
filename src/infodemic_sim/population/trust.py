"""Whom people trust: the level of a source, its spread, and how parts of the people differ."""

from __future__ import annotations

from typing import Self

import numpy as np
from pydantic import model_validator

from infodemic_sim.kernels.layout import TRUST
from infodemic_sim.params import ASSUMED, Part, param
from infodemic_sim.population.partitions import Attributes, Own, check_part, codes_of, parts_of, place_of


class TrustShift(Part):
    """People of one part trust sources more or less than others do.

    The logit of each person's trust in a source is moved by so much; several shifts of one person add up.
    """

    partition: str = param(doc="literacy, role, age, or an attribute of the graph.")
    part: str = param(doc="Name of the part.")
    peer: float = param(0.0, unit="logits", doc="More trust in other people.", source=ASSUMED)
    provider: float = param(0.0, unit="logits", doc="More trust in health professionals.", source=ASSUMED)
    fact_checker: float = param(0.0, unit="logits", doc="More trust in fact-checkers.", source=ASSUMED)
    platform: float = param(0.0, unit="logits", doc="More trust in platforms.", source=ASSUMED)
    institution: float = param(0.0, unit="logits", doc="More trust in institutions.", source=ASSUMED)

    @model_validator(mode="after")
    def _names_a_part(self) -> Self:
        if self.partition == "trust":
            raise ValueError("partition cannot be trust itself: name literacy, role, age or an attribute")
        check_part(self.partition, self.part, None)
        return self


def shifts(
    parts: tuple[TrustShift, ...], people: int, own: Own, attributes: Attributes
) -> dict[int, np.ndarray]:
    """Logits by which trust is moved, float64[people] by place of the source in ``TRUST``."""
    found: dict[int, np.ndarray] = {}
    for shift in parts:
        place = place_of(shift.part, shift.partition, parts_of(shift.partition, attributes))
        mine = codes_of(shift.partition, own, attributes) == place
        for source, name in enumerate(TRUST):
            if logits := getattr(shift, name):
                found.setdefault(source, np.zeros(people))[mine] += logits
    return found
