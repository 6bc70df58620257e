"""The verb of posting: messages, new or known, come to stand on timelines."""

from __future__ import annotations

import numpy as np

from infodemic_sim import kernels
from infodemic_sim.world.space_verbs import SpaceVerbs


class Posting(SpaceVerbs):
    """What ``World`` does where a post is put on timelines; each is logged if posts are."""

    touched: list[np.ndarray]

    def post(
        self,
        people: np.ndarray,
        slots: np.ndarray,
        platform: int,
        depth: np.ndarray,
        parent: np.ndarray,
        read_on: np.ndarray | None = None,
    ) -> np.ndarray:
        """Put posts of known messages on timelines, authors' first posts and reshares alike; slots posted.

        Parameters
        ----------
        people : positions, int[m]. depth, parent : int[m], place of each in its cascade.
        read_on : int[m], timeline on which each was read; None for first posts. A forward that no chat
            is left for is not posted.
        """
        state, timelines = self.state, self.state.timelines[platform]
        rows, which = self.copies(people, slots, platform, depth, read_on)
        if self.members[platform] is not None:  # only into a space can it be that nothing is posted
            posted = np.zeros(people.size, bool)
            posted[which] = True
            which = (np.cumsum(posted) - 1)[which]
            people, slots, depth, parent = (each[posted] for each in (people, slots, depth, parent))
        slots = slots.astype(np.int32)
        first = len(state.logs["posts"]) if "posts" in state.logs else 0
        self._log_posts(people, slots, parent)
        kernels.publishing.push(
            rows,
            which,
            slots,
            depth,
            first,
            state.step,
            timelines.line,
            timelines.head,
            timelines.newest,
            timelines.depths,
            timelines.posts,
            state.messages.slots,
        )
        self.touched.append(slots)
        return slots

    def _log_posts(self, people: np.ndarray, slots: np.ndarray, parent: np.ndarray) -> None:
        log = self.state.logs.get("posts")
        if log is not None:
            rows = np.zeros(people.size, log.rows.dtype)
            rows["message"], rows["parent"] = self.state.messages.slots["serial"][slots], parent
            rows["person"], rows["step"] = people, self.state.step
            log.append(rows)
