"""Evidence of how far posts are passed on: sizes of cascades of fake and real news articles [Shu2020]."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd

from infodemic_sim.calibration.evidence import Evidence, Observed
from infodemic_sim.calibration.tables import data_folder, numbers, observations
from infodemic_sim.errors import ParameterError
from infodemic_sim.measures.cascades import counted
from infodemic_sim.params import Several, param
from infodemic_sim.randomness import Draws, Purpose
from infodemic_sim.scenario import Scenario
from infodemic_sim.simulation import running
from infodemic_sim.world.upkeep import cascade_table

LABELS = {"fake": -1, "real": 1}
"""Sides of messages in the model that stand for articles so labelled."""
COUNTS, ARTICLES, POSTS = (
    "tweet_cascade_size_hist.csv",
    "article_metrics.csv",
    "tweet_cascades_size2plus.csv.gz",
)


class CascadeSizes(Evidence):
    """Shares of posts whose cascade has at least so many posts, for false and for accurate ones.

    The source knows about 100 reshares of a post at most, so sizes are cut there, its own and ours. Posts on
    one article share its fate, so errors come from drawing articles, not posts, with replacement.
    """

    folder: str | None = param(
        None, doc="Folder of the Politifact tables; none: cascades/politifact in the folder of real data."
    )
    sizes: Several[int] = param((2, 10, 50), unit="posts", doc="Sizes that are asked for.", source="Shu2020")
    largest: int = param(100, ge=2, unit="posts", doc="Size at which sizes are cut.", source="Shu2020")
    settled: float = param(
        24.0, ge=0, unit="h", doc="Posts younger than this at the end are left out: they are still spreading."
    )
    tied: bool = param(
        False,
        doc="Whether errors are taken as tied, as articles tie them: then ratios of the shares, which the "
        "articles tell far better than the shares themselves, have to come out too.",
    )
    resamples: int = param(4000, ge=100, le=1_000_000, doc="Times that articles are drawn.")

    def observed(self) -> Observed:
        parts = [self._of(label) for label in LABELS]
        names = [f"{label}: size {size} or more" for label in LABELS for size in self.sizes]
        width = len(self.sizes)
        covariance = np.zeros((2 * width, 2 * width))
        for place, (_, drawn) in enumerate(parts):
            here = slice(place * width, (place + 1) * width)
            ties = np.cov(drawn, rowvar=False)
            covariance[here, here] = ties if self.tied else np.diag(np.diag(ties))
        low, high = np.percentile(np.hstack([drawn for _, drawn in parts]), [2.5, 97.5], axis=0)
        values = np.concatenate([share for share, _ in parts])
        return Observed(tuple(names), values, covariance, low, high, np.ones(values.size, bool))

    def prepared(self, scenario: Scenario) -> Scenario:
        if not scenario.spread.feed:
            raise ParameterError("cascade_sizes needs posts of two sides: use the spread rule feed_spread.")
        if not self.sizes or min(self.sizes) < 2 or max(self.sizes) > self.largest:
            raise ParameterError(
                f"cascade_sizes.sizes must be from 2 to {self.largest}, where sizes are cut."
            )
        if self.settled >= 24.0 * scenario.days:
            raise ParameterError(f"cascade_sizes.settled leaves nothing of {scenario.days:g} days: lower it.")
        return scenario.but(record="end", cascades="sizes")

    def simulated(self, scenario: Scenario, draw: int) -> np.ndarray:
        last = scenario.warm_up_steps + scenario.steps
        with running(scenario, seed=draw) as run:
            for _ in range(last):
                run.step()
            found = cascade_table(run.world)
        over = found["born"] < last - round(self.settled / scenario.hours_per_step)
        found = found[counted(found, scenario.warm_up_steps) & over]
        return np.concatenate(
            [self._shares(found["size"][found["side"] == side]) for side in LABELS.values()]
        )

    def _shares(self, sizes: np.ndarray) -> np.ndarray:
        cut = np.minimum(sizes, self.largest)
        return np.array([(cut >= size).mean() if cut.size else np.nan for size in self.sizes])

    def _of(self, label: str) -> tuple[np.ndarray, np.ndarray]:
        """Shares over all posts, float64[k], and in each draw of articles, float64[resamples, k]."""
        posts, counts = self._by_article(label)
        places = np.arange(self.resamples * posts.size)
        luck = Draws(0, 0).uniform(Purpose.RESAMPLE, places, LABELS[label])
        chosen = (luck * posts.size).astype(np.int64).reshape(self.resamples, posts.size)
        drawn = counts[chosen].sum(axis=1) / posts[chosen].sum(axis=1)[:, None]
        return self._histogram(label), drawn

    def _histogram(self, label: str) -> np.ndarray:
        """Shares over all posts, from the table of sizes."""
        path = self._path(COUNTS)
        table = observations(path, ("label", "size", "count"))
        mine = table[table["label"] == label]
        sizes, counts = numbers(mine, "size", path).to_numpy(), numbers(mine, "count", path).to_numpy()
        if not counts.sum():
            raise ParameterError(f"{path}: there are no posts with the label '{label}'.")
        return (
            np.array([counts[np.minimum(sizes, self.largest) >= size].sum() for size in self.sizes])
            / counts.sum()
        )

    def _by_article(self, label: str) -> tuple[np.ndarray, np.ndarray]:
        """Posts on each article, float64[a], and how many of them reached each size, float64[a, k]."""
        articles = observations(self._path(ARTICLES), ("cascade_id", "label", "n_tweets"))
        articles = articles[articles["label"] == label].set_index("cascade_id")
        path = self._path(POSTS)
        rows = observations(path, ("article_id", "label", "size"))
        rows = rows[rows["label"] == label]
        cut = numbers(rows, "size", path).clip(upper=self.largest)
        reached = pd.DataFrame({size: (cut >= size).groupby(rows["article_id"]).sum() for size in self.sizes})
        counts = reached.reindex(articles.index, fill_value=0).to_numpy(float)
        return numbers(articles, "n_tweets", self._path(ARTICLES)).to_numpy(), counts

    def _path(self, name: str) -> Path:
        folder = Path(self.folder) if self.folder else data_folder(None) / "cascades" / "politifact"
        return folder / name
