"""Ranking change: a platform orders its feeds in another way."""

from __future__ import annotations

from typing import ClassVar

from infodemic_sim.interventions.policy import PolicyIntervention
from infodemic_sim.params import param
from infodemic_sim.platforms.base import RankingField
from infodemic_sim.platforms.ranking import AccuracyWeighted
from infodemic_sim.world import World


class RankingChange(PolicyIntervention):
    """While it is in force, feeds of a platform are ordered by another ranking, for everybody.

    Each platform has a ranking of its own, so one is changed at a time.

    It is in force while the schedule says so and capacity, which counts steps, allows. Of two changes that
    turn out to be due at once on one platform, the first by key holds, and the other's is no act.
    """

    needs: ClassVar[frozenset[str]] = frozenset({"ranking"})

    platform: str | None = param(None, doc="Name of the platform; none: the first.")
    ranking: RankingField = param(AccuracyWeighted(), doc="How feeds are ordered instead.")

    def enact(self, world: World) -> bool:
        """Order the feeds of this step, unless another change does so already."""
        platform = world.platform_index(self.platform)
        if platform in world.rankings:
            return False
        world.rank(platform, self.ranking)
        return True
