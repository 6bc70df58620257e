"""What plug-ins may do to a world: publish, correct, label, hide, tell, support, suspend."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from infodemic_sim import kernels
from infodemic_sim.errors import ParameterError
from infodemic_sim.kernels.layout import CORRECTION_DISCLOSES, KINDS, MESSAGE_DISCLOSES, OWN, TRUST
from infodemic_sim.world.grouping import runs, side_by_side
from infodemic_sim.world.publishing import PROFESSIONAL
from infodemic_sim.world.retelling import RetellingVerbs
from infodemic_sim.world.ties import TieVerbs

if TYPE_CHECKING:
    from infodemic_sim.platforms.ranking import Ranking

TOLD = np.dtype(
    [
        ("person", np.int64),
        ("topic", np.int64),
        ("side", np.int64),
        ("kind", np.int64),
        ("source", np.int64),
        ("strength", np.float64),
    ]
)
"""One thing told to one person outside feeds."""


class Verbs(RetellingVerbs, TieVerbs):
    """The verbs of ``World``; they change its arrays and count what was done."""

    told: list[np.ndarray]
    rankings: dict[int, Ranking]
    watching: np.ndarray

    def correct(
        self,
        slots: np.ndarray,
        actors: np.ndarray,
        strength: float = 1.0,
        *,
        first_voice: float | None = None,
        source: str | None = None,
    ) -> None:
        """Attach a correction by each actor to a message; the first one on a message stays.

        Of several in one step, that of the lowest person key counts as the first. Corrections without a
        source are voices: the first alone has the weight ``first_voice``, two or more have full weight
        (Bode and Vraga 2018), and a sourced correction takes their place.

        Parameters
        ----------
        first_voice : weight of a single voice, 0 to 1; none: the corrections name a source.
        source : whose trust counts, one of TRUST; none: that of each actor's role.
        """
        if not slots.size:
            return
        rows = self.state.messages.slots
        order = np.lexsort((self.state.people.key[actors], slots))
        first, voices = runs(slots[order])
        at = slots[order[first]]
        uncorrected = rows["correction"][at] < 0
        self._count_first(at[uncorrected])
        open_ = uncorrected | (rows["voices"][at] > 0)
        chosen, by = at[open_], actors[order][first[open_]]
        speaks = self.sources(by) if source is None else np.full(by.size, TRUST.index(source), np.int8)
        if first_voice is None:
            rows["voices"][chosen] = 0
            rows["correction"][chosen], rows["correction_strength"][chosen] = speaks, strength
        else:
            silent = rows["correction"][chosen] < 0
            rows["correction"][chosen[silent]] = speaks[silent]
            number = np.minimum(rows["voices"][chosen].astype(int) + voices[open_], 255)
            rows["voices"][chosen] = number
            rows["correction_strength"][chosen] = np.where(number > 1, strength, strength * first_voice)
        np.add.at(self.state.counts["corrections_made"], rows["topic"][slots], 1)
        if first_voice is None:
            self._attach_disclosures(chosen, by)

    def _count_first(self, slots: np.ndarray) -> None:
        """False messages that get their first correction, and the steps that it took."""
        rows = self.state.messages.slots
        false = slots[rows["side"][slots] < 0]
        topics, corrected = rows["topic"][false], self.state.counts["corrected"]
        np.add.at(corrected[:, 0], topics, 1)
        np.add.at(corrected[:, 1], topics, self.state.step - rows["born"][false])

    def _attach_disclosures(self, slots: np.ndarray, actors: np.ndarray) -> None:
        """Corrections that health professionals attach may tell who a patient is."""
        rows = self.state.messages.slots
        rows["discloses"][slots] &= np.uint8(MESSAGE_DISCLOSES)
        professionals = self.state.people.role[actors] == PROFESSIONAL
        if not professionals.any():
            return
        slots, actors = slots[professionals], actors[professionals]
        keys = kernels.draws.absorb_all(self.state.people.key[actors], rows["key"][slots])
        for platform in range(len(self.state.timelines)):
            here = rows["platform"][slots] == platform
            told = self._disclosures(actors[here], "correction", keys[here], platform)
            rows["discloses"][slots[here]] |= np.uint8(CORRECTION_DISCLOSES) * told

    def new_label(self, strength: float, issuer: int, sharing: float = 0.0, floor: float = 0.0) -> int:
        """Register one of the eight kinds of label of a run: its number.

        Parameters
        ----------
        strength : logits taken from perceived veracity at full trust; negative ones are added.
        issuer : whose word the label is, index of TRUST.
        sharing : share of reshares that it prevents directly at full trust, beside what veracity does.
        floor : share of both effects that needs no trust in the issuer.
        """
        number = self.state.issuers.shape[0]
        if number == 8:
            raise ParameterError("a scenario can hold 8 labelling interventions at most; leave one out.")
        self.state.issuers = np.vstack([self.state.issuers, [strength, issuer, sharing, floor]])
        return number

    def label(self, slots: np.ndarray, issuer: int) -> None:
        """Put a warning label of one issuer (bit 0 … 7) on messages."""
        self.state.messages.slots["labels"][slots] |= np.uint8(1 << issuer)
        self.state.counts["labels_given"][0] += slots.size

    def demote(self, slots: np.ndarray, factor: float) -> None:
        """Multiply the visibility of messages; 1 changes nothing, 0 hides them for good."""
        if factor == 0.0:
            self._withhold(slots[self._shown(slots)], 1)
        self.state.messages.slots["visibility"][slots] *= np.float32(factor)
        self._hidden(slots if factor < 1.0 else slots[:0])
        self.touched.append(slots)

    def hold(self, slots: np.ndarray) -> None:
        """Hold messages back: nobody is shown them until each hold is released."""
        self._withhold(slots[self._shown(slots)], 1)
        self.state.messages.slots["held"][slots] += 1
        self._hidden(slots)
        self.touched.append(slots)

    def release(self, slots: np.ndarray) -> None:
        """End one hold of each of these messages."""
        self.state.messages.slots["held"][slots] -= 1
        self._withhold(slots[self._shown(slots)], -1)
        self.touched.append(slots)

    def _shown(self, slots: np.ndarray) -> np.ndarray:
        """Which of these messages feeds may show: bool[m]."""
        rows = self.state.messages.slots
        return np.asarray((rows["held"][slots] == 0) & (rows["visibility"][slots] > 0.0))

    def _withhold(self, slots: np.ndarray, sign: int) -> None:
        """Count people's posts of messages that vanish from feeds, or return: none is added in between."""
        rows = self.state.messages.slots[slots]
        posts = rows["shares"] + (rows["origin"] == OWN)
        places = (rows["platform"], rows["topic"], rows["side"] + 1)
        np.add.at(self.state.counts["withheld"], places, sign * posts.astype(np.int64))

    def _hidden(self, slots: np.ndarray) -> None:
        rows = self.state.messages.slots[slots]
        np.add.at(self.state.counts["hidden"], (rows["topic"], rows["side"] + 1), 1)

    def suspend(self, people: np.ndarray, new: int, platform: int | None = None) -> None:
        """In this step these people neither post nor reshare, and nobody is shown what they posted.

        Parameters
        ----------
        new : how many of them are suspended from now on, for the count.
        platform : where; None: everywhere.
        """
        for lever in (self.levers.posting, self.levers.sharing, self.levers.reach):
            lever.scale(people, 0.0, platform)
        self.state.counts["suspended"][0] += new

    def rank(self, platform: int, ranking: Ranking) -> None:
        """Order the feeds of a platform in this step by another ranking."""
        self.rankings[platform] = ranking

    def tell(
        self,
        people: np.ndarray,
        topic: int,
        *,
        side: int = 1,
        kind: str = "correction",
        source: str = "provider",
        strength: float = 1.0,
    ) -> None:
        """Tell people something in person: it moves belief as a message does, and takes no place in a feed.

        Parameters
        ----------
        people : positions, int[m]; who is named twice is told twice.
        source : whose trust counts, one of TRUST.
        strength : persuasion relative to the declared one of the kind.
        """
        rows = np.zeros(people.size, TOLD)
        rows["person"], rows["topic"], rows["side"] = people, topic, side
        rows["kind"], rows["source"], rows["strength"] = KINDS.index(kind), TRUST.index(source), strength
        self.told.append(rows)
        self.state.counts["told"][0] += people.size

    def resolve(self, complaints: int) -> None:
        """Complaints about the health service are put right, which raises its quality."""
        self.state.health["resolved"][0] += complaints
        self.state.counts["resolved"][0] += complaints

    def support(self, people: np.ndarray, share: float, counted: str | None = "support_contacts") -> None:
        """A supportive contact lowers the isolation of each of these people by a share.

        counted : the counter of ``observe.new_counts`` to which such contacts are added, if any.
        """
        np.multiply.at(self.state.people.isolation, people, 1.0 - share)
        if counted is not None:
            self.state.counts[counted][0] += people.size

    def remembered(self, slots: np.ndarray) -> np.ndarray:
        """Messages as something that can be kept longer than they stand: uint64[m, 2] of (key, slot)."""
        return side_by_side(self.state.messages.slots["key"][slots], slots)

    def standing(self, objects: np.ndarray) -> np.ndarray:
        """Which remembered messages, uint64[m, 2] of (key, slot), still stand somewhere: bool[m]."""
        if not len(objects):
            return np.zeros(0, bool)
        rows, slots = self.state.messages.slots, objects[:, 1].astype(np.int64)
        return np.asarray((rows["live"][slots] != 0) & (rows["key"][slots] == objects[:, 0]))

    def live_messages(self, topic: int | None = None, side: int | None = None) -> np.ndarray:
        """Slots of the messages that still stand somewhere, int32[m], in order of key."""
        rows = self.state.messages.slots
        wanted = rows["live"] != 0
        if topic is not None:
            wanted &= rows["topic"] == topic
        if side is not None:
            wanted &= rows["side"] == side
        slots = np.flatnonzero(wanted).astype(np.int32)
        return slots[np.argsort(rows["key"][slots], kind="stable")]
