"""What institutions may do to the world: verbs that wait for their turn."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import numpy as np

from infodemic_sim.errors import (
    DuplicateKeyError,
    MissingLeverError,
    ParameterError,
    UnknownNameError,
    did_you_mean,
)
from infodemic_sim.kernels.layout import KINDS, TRUST, WATCHES_FALSE
from infodemic_sim.mesa_model.messages import Messages
from infodemic_sim.mesa_model.people import positions
from infodemic_sim.randomness import address, each_extended, name_key
from infodemic_sim.world import World

Deed = Callable[[World], None]


class Deeds:
    """The verbs of ``Institution``. Each is checked when it is used, and done in the institution's turn.

    People are a mask bool[n], positions int[m], or views such as a selection from ``model.people``.
    """

    key: str
    world: World
    model: Any
    queue: list[Deed]
    causes: set[tuple[Any, ...]]

    def watch(self, people: Any) -> None:
        """These people hand over the false messages that they read in this step."""
        chosen = positions(people, self.world.n)

        def deed(world: World) -> None:
            world.watching[chosen] |= WATCHES_FALSE

        self._ask(deed, "corrections")

    def correct(self, messages: Messages, strength: float = 1.0) -> None:
        """Those who came across messages attach a correction, where nobody has yet."""
        readers_of(messages)

        def deed(world: World) -> None:
            due = messages.standing(world)
            world.correct(due.slots, readers_of(due), strength)

        self._ask(deed, "corrections")

    def reply(
        self,
        messages: Messages,
        share: float = 1.0,
        *,
        kind: str = "correction",
        side: int = 1,
        strength: float = 1.0,
        visibility: float = 1.0,
    ) -> None:
        """Those who came across messages post an answer on their own timelines, with chance ``share``."""
        check_post(kind, side)
        people = readers_of(messages)
        self._once((kind, *pair) for pair in zip(people.tolist(), messages.keys.tolist(), strict=True))
        how: dict[str, Any] = {"kind": kind, "side": side, "strength": strength, "visibility": visibility}

        def deed(world: World) -> None:
            for platform, topic, there in messages.standing(world).by_place(world):
                causes = self._causes(there.keys)
                world.publish_some(readers_of(there), causes, share, platform=platform, topic=topic, **how)

        self._ask(deed, "posts")

    def publish(
        self,
        people: Any,
        share: float = 1.0,
        *,
        side: int,
        kind: str = "claim",
        topic: str | None = None,
        platform: str | None = None,
        cause: str = "",
        strength: float = 1.0,
        visibility: float = 1.0,
    ) -> None:
        """These people post, each with chance ``share``: side +1 accurate, -1 misinformation, 0 neither.

        Parameters
        ----------
        topic, platform : names; none: the first.
        cause : tells posts of one kind apart that the institution asks for in one step.
        strength, visibility : persuasion and pull of the posts, 1 as declared.
        """
        check_post(kind, side)
        world, authors = self.world, positions(people, self.world.n)
        there: dict[str, Any] = {
            "platform": world.platform_index(platform),
            "topic": world.topic_index(topic),
        }
        how: dict[str, Any] = {"kind": kind, "side": side, "strength": strength, "visibility": visibility}
        self._once([(kind, cause, *there.values())])
        words = np.full(authors.size, address(world.step, name_key(cause)))

        def deed(world: World) -> None:
            world.publish_some(authors, self._causes(words), share, **there, **how)

        self._ask(deed, "posts")

    def new_label(
        self, effect: float, issuer: str = "fact_checker", sharing: float = 0.0, floor: float = 0.0
    ) -> int:
        """Register one of the eight kinds of label of a run (see ``start``): its number.

        effect : logits of perceived veracity that it takes at full trust in its issuer.
        sharing, floor : see ``World.new_label``.
        """
        if issuer not in TRUST:
            raise UnknownNameError(f"'{issuer}' is not an issuer. {did_you_mean(issuer, TRUST)}")
        self._check("labels")
        return self.world.new_label(effect, TRUST.index(issuer), sharing, floor)

    def label(self, messages: Messages, number: int) -> None:
        """Put a warning label on messages."""
        self._ask(lambda world: world.label(messages.standing(world).slots, number), "labels")

    def show_labels(self, people: Any, number: int) -> None:
        """These people are shown the labels of this kind in this step."""
        chosen = positions(people, self.world.n)
        self._ask(lambda world: world.levers.label_sight.show(chosen, number), "labels")

    def demote(self, messages: Messages, factor: float) -> None:
        """Multiply the visibility of messages in feeds; 0 hides them."""
        self._ask(lambda world: world.demote(messages.standing(world).slots, factor), "hiding")

    def support(self, people: Any, share: float) -> None:
        """A supportive contact lowers the isolation of each of these people by a share."""
        chosen = positions(people, self.world.n)
        self._ask(lambda world: world.support(chosen, share), "support")

    def cut_ties(self, people: Any, others: Any, platform: str | None = None) -> None:
        """Each of these people unfollows one other; a scenario must have ``ties`` for it."""
        self._change_ties("cut_ties", people, others, platform)

    def add_ties(self, people: Any, others: Any, platform: str | None = None) -> None:
        """Each of these people follows one other from now on, if they have a free place for it."""
        self._change_ties("add_ties", people, others, platform)

    def _change_ties(self, verb: str, people: Any, others: Any, platform: str | None) -> None:
        pairs, where = (
            (positions(people, self.world.n), positions(others, self.world.n)),
            self.world.platform_index(platform),
        )
        if pairs[0].size != pairs[1].size:
            raise ParameterError(
                f"needs as many others as people, but got {pairs[1].size} for {pairs[0].size}: name pairs."
            )
        self._ask(lambda world: getattr(world, verb)(*pairs, where), "ties")

    def _ask(self, deed: Deed, lever: str) -> None:
        self._check(lever)
        self.queue.append(deed)

    def _check(self, lever: str) -> None:
        if lever not in self.model.plan.levers:
            raise MissingLeverError(f"{self.key} needs the lever '{lever}', {self.model.plan.lacks(lever)}")

    def _causes(self, words: np.ndarray) -> np.ndarray:
        return each_extended(name_key(self.key), words)

    def _once(self, causes: Iterable[tuple[Any, ...]]) -> None:
        for cause in causes:
            if cause in self.causes:
                raise DuplicateKeyError(
                    f"{self.key} posts the same twice in one step: tell them apart by cause=."
                )
            self.causes.add(cause)


def readers_of(messages: Messages) -> np.ndarray:
    """Positions of those who came across messages, int64[m]."""
    if messages.people is None:
        raise ParameterError("this needs messages that people came across, such as watched() gives.")
    return messages.people


def check_post(kind: str, side: int) -> None:
    """Refuse what no message can be."""
    if kind not in KINDS:
        raise UnknownNameError(f"'{kind}' is not a kind of message. {did_you_mean(kind, KINDS)}")
    if side not in (-1, 0, 1):
        raise ParameterError(
            f"side must be +1 (accurate), -1 (misinformation) or 0 (neither), but got {side}."
        )
