"""Privacy: what people publish can tell who a patient is."""

from __future__ import annotations

from typing import ClassVar

import numpy as np

from infodemic_sim.kernels.layout import KINDS
from infodemic_sim.mechanism import Mechanism
from infodemic_sim.params import ASSUMED, param
from infodemic_sim.world import World
from infodemic_sim.world.world import Disclosure


class Privacy(Mechanism):
    """Health professionals' answers and patients' stories can disclose who a patient is.

    A text discloses with the probability r of its kind and author, times the author's lever; only patients,
    caregivers, peer supporters and providers can. Whoever reads a disclosure trusts its source less:
    t <- t (1 - delta).
    """

    levers: ClassVar[frozenset[str]] = frozenset({"disclosure"})
    measures: ClassVar[frozenset[str]] = frozenset(
        {
            "disclosures",
            "disclosures_professionals",
            "disclosures_patients",
            "disclosures_read",
            "trust_providers",
            "trust_peers",
        }
    )

    correction: float = param(
        0.007,
        ge=0,
        le=1,
        unit="share",
        doc="Corrections by health professionals that disclose who a patient is.",
        source="Chretien2011",
    )
    experience: float = param(
        0.166,
        ge=0,
        le=1,
        unit="share",
        doc="Accounts by health professionals of their experience that do.",
        source="Lagu2008",
    )
    story: float = param(
        0.321,
        ge=0,
        le=1,
        unit="share",
        doc="Accounts by patients and those close to them that do; measured on professionals' stories.",
        source="Ahmed2020",
    )
    feedback: float = param(
        0.166, ge=0, le=1, unit="share", doc="Posts about a visit that do.", source=ASSUMED
    )
    trust_lost: float = param(
        0.05,
        ge=0,
        le=1,
        unit="share",
        doc="Trust in the source lost with each disclosure read.",
        source=ASSUMED,
    )

    def disclosure(self) -> Disclosure:
        """As the world takes it."""
        chances = {
            "correction": (self.correction, self.correction),
            "experience": (self.experience, self.story),
            "feedback": (self.feedback, self.feedback),
        }
        return Disclosure(np.array([chances.get(kind, (0.0, 0.0)) for kind in KINDS]), self.trust_lost)

    def begin(self, world: World) -> dict[str, np.ndarray]:
        """Texts of each person so far that could have disclosed something: int64[n]."""
        return {"texts": np.zeros(world.n, np.int64)}
