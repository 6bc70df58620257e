"""The society in which information moves: whom people follow, who is there, and what is passed on changed."""

from infodemic_sim.mechanism import Mechanism
from infodemic_sim.society.mutation import Mutation
from infodemic_sim.society.recommenders import FriendOfFriend, Mix, Popular, Recommender, SimilarBelief
from infodemic_sim.society.ties import ChangingTies
from infodemic_sim.society.turnover import Turnover

MECHANISMS: dict[str, type[Mechanism]] = {"ties": ChangingTies, "turnover": Turnover, "mutation": Mutation}
"""Each by the field of a scenario that switches it on, in the order in which they act."""

__all__ = [
    "MECHANISMS",
    "ChangingTies",
    "FriendOfFriend",
    "Mix",
    "Mutation",
    "Popular",
    "Recommender",
    "SimilarBelief",
    "Turnover",
]
