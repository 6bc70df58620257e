"""A ranking of feeds: nothing is lost by waiting a while."""

from __future__ import annotations

from infodemic_sim import ASSUMED, Ranking, param


class SlowNews(Ranking):
    """Posts keep their whole pull for some hours, and lose it by halves only then."""

    fresh: float = param(
        12.0, ge=0, unit="h", doc="Age up to which a post is as good as new.", source=ASSUMED
    )

    def recency(self, age: float) -> float:
        """Pull of a post by its age in hours."""
        return float(2.0 ** (-max(0.0, age - self.fresh) / self.half_life))
