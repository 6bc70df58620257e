"""Presets: platforms of five well-known kinds, to start from.

Each is a ``Platform`` whose parameters differ from the defaults where the kind does, with the source of
each number. A file names one, ``platforms: [microblog]``, or changes it, ``{preset: microblog, membership:
0.5}``. Presets bring no ties of their own: give ``graph``, or the population's is used.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Annotated, Any

from pydantic import BeforeValidator

from infodemic_sim.errors import ParameterError, UnknownNameError, did_you_mean
from infodemic_sim.mistakes import made, refused, short
from infodemic_sim.params import ASSUMED, Declaration, declaration
from infodemic_sim.platforms.base import Platform
from infodemic_sim.platforms.forwarding import Forwarding
from infodemic_sim.platforms.ranking import Chronological, Engagement, Interest, Ranking
from infodemic_sim.platforms.spaces import Forum, Groups

Values = Mapping[str, tuple[Any, str]]
"""Values by parameter, each with its source."""

CARING = ("patient", "caregiver", "provider", "peer_supporter", "moderator")
"""Roles that go to a patient forum."""


def microblog(**changes: Any) -> Platform:
    """Short public posts that are passed on at a click and gone within hours.

    Ties are follows (give a directed graph). Half of a post's views come within about 80 minutes and few
    after a day [Pfeffer2023], so steps may be half an hour at most. 23 % of adults use one [Auxier2021].
    """
    return _made("microblog", changes)


def friends_network(**changes: Any) -> Platform:
    """Friends and groups; the feed favours close ties and what agrees with the reader.

    Ties are friendships (give a graph of friendships). Posts last for days, and a part goes to groups
    instead of friends. 69 % of adults use one [Auxier2021].
    """
    return _made("friends_network", changes)


def image_feed(**changes: Any) -> Platform:
    """Pictures and short films of accounts that people follow; hardly anything is passed on.

    Ties are follows (give a directed graph). 40 % of adults use one [Auxier2021].
    """
    return _made("image_feed", changes)


def patient_forum(**changes: Any) -> Platform:
    """A forum of patients, those who care for them, and some professionals.

    There are no ties: everybody reads the same board, where posts stand for weeks. A reshare is a reply
    that brings a post up again; corrections stand right below and are read by most.
    """
    return _made("patient_forum", changes)


def messaging_app(**changes: Any) -> Platform:
    """Chats in small groups, newest first; messages are forwarded from group to group.

    There are no ties: a contact is a group of two. A message can be forwarded to five chats at once, and to
    one if it came over five forwards or more [WhatsApp2020]. 23 % of adults use one [Auxier2021].
    """
    return _made("messaging_app", changes)


PRESETS: dict[str, Callable[..., Platform]] = {
    function.__name__: function
    for function in (microblog, friends_network, image_feed, patient_forum, messaging_app)
}

VALUES: dict[str, Values] = {
    "microblog": {
        "ranking": (Engagement(half_life=4 / 3), "Pfeffer2023"),
        "horizon": (24.0, "Pfeffer2023"),
        "membership": (0.23, "Auxier2021"),
        "sessions_per_day": (6.0, ASSUMED),
        "posts_per_session": (30, ASSUMED),
        "longest_step": (0.5, ASSUMED),
    },
    "friends_network": {
        "ranking": (Interest(half_life=6.0), ASSUMED),
        "horizon": (72.0, ASSUMED),
        "membership": (0.69, "Auxier2021"),
        "sessions_per_day": (5.0, ASSUMED),
        "chatter_per_day": (2.0, ASSUMED),
        "reshare_rate": (0.7, ASSUMED),
        "spaces": (Groups(size=50.0, per_person=1.0, keeps=64, to_spaces=0.25), ASSUMED),
        "longest_step": (3.0, ASSUMED),
    },
    "image_feed": {
        "ranking": (Interest(half_life=12.0, popularity_weight=1.0), ASSUMED),
        "horizon": (72.0, ASSUMED),
        "membership": (0.40, "Auxier2021"),
        "sessions_per_day": (4.0, ASSUMED),
        "chatter_per_day": (2.0, ASSUMED),
        "reshare_rate": (0.2, ASSUMED),
        "bystanders": (0.3, ASSUMED),
        "longest_step": (6.0, ASSUMED),
    },
    "patient_forum": {
        "ranking": (Ranking(half_life=48.0), ASSUMED),
        "horizon": (336.0, ASSUMED),
        "sessions_per_day": (1.0, ASSUMED),
        "posts_per_session": (10, ASSUMED),
        "reshare_rate": (0.5, ASSUMED),
        "bystanders": (0.9, ASSUMED),
        "ties": (False, ASSUMED),
        "spaces": (Forum(roles=CARING, share=0.3, chatter_per_day=0.02), ASSUMED),
        "longest_step": (24.0, ASSUMED),
    },
    "messaging_app": {
        "ranking": (Chronological(), ASSUMED),
        "horizon": (48.0, ASSUMED),
        "membership": (0.23, "Auxier2021"),
        "sessions_per_day": (10.0, ASSUMED),
        "bystanders": (0.8, ASSUMED),
        "ties": (False, ASSUMED),
        "spaces": (Groups(size=12.0, per_person=5.0, keeps=64, chatter_per_day=0.5), ASSUMED),
        "forwarding": (Forwarding(), "WhatsApp2020"),
        "longest_step": (3.0, ASSUMED),
    },
}


def declarations_of(name: str) -> Iterator[Declaration]:
    """What a preset says otherwise than a plain platform, as rows of the parameter table."""
    for parameter, (value, source) in VALUES[name].items():
        yield declaration(Platform, parameter)._replace(owner=name, default=value, source=source)


def _made(name: str, changes: dict[str, Any]) -> Platform:
    return Platform(**_fields(name, changes))


def _fields(name: str, changes: Mapping[str, Any]) -> dict[str, Any]:
    values = {parameter: value for parameter, (value, _) in VALUES[name].items()}
    return {"name": name, **values, **changes}


def _platform(value: Any) -> Any:
    """A platform from the name of a preset, or from a preset with changes; anything else passes through."""
    if isinstance(value, str):
        return _named(value, {}, ())
    if isinstance(value, dict) and "preset" in value:
        return _named(
            value["preset"], {key: item for key, item in value.items() if key != "preset"}, ("preset",)
        )
    return value


def _named(name: Any, changes: dict[str, Any], path: tuple[str, ...]) -> Platform:
    if name not in PRESETS:
        name = name if isinstance(name, str) else short(name)
        error: ParameterError = UnknownNameError(f"'{name}' is not a preset. {did_you_mean(name, PRESETS)}")
        raise refused(path, error)
    return made(Platform, _fields(name, changes))


PlatformField = Annotated[Platform, BeforeValidator(_platform)]
