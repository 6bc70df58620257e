"""One step of the feed rule, from arrays to arrays; the inner loops are in ``kernels``."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np

from infodemic_sim.kernels import elementary, publishing, reading, slow
from infodemic_sim.kernels.layout import HEARS_EXPERIENCES, WATCHES_FALSE, Feed, Readers
from infodemic_sim.kernels.persuasion import hear
from infodemic_sim.kernels.seen import USUALLY_READ
from infodemic_sim.platforms.ranking import Ranking, popularity_table, power
from infodemic_sim.randomness import Purpose
from infodemic_sim.spread.feed_changes import Changes
from infodemic_sim.spread.feed_posting import FeedPosting
from infodemic_sim.spread.feed_tables import (
    NOTHING,
    feed_tables,
    memberships,
    shifted,
    sight_of,
    visits_per_hour,
)
from infodemic_sim.world import World
from infodemic_sim.world.upkeep import forget, make_room

if TYPE_CHECKING:
    from infodemic_sim.spread.feed import FeedSpread

ROWS = 1 << 14
"""People in one piece of work; fixed, so that results cannot depend on the number of threads."""

MOST_READ = 1 << 30
"""Messages for which readers get room in the second round: all that they may read."""

NOTHING_READ = np.empty((0, 3), np.int64)
"""No rows of (person, slot, platform)."""


class FeedRunner:
    """The feed rule made ready for one world: tables, addresses and threads, but no state."""

    def __init__(self, rule: FeedSpread, world: World, threads: int) -> None:
        self.world, self.rule = world, rule
        self.hours = world.setting.hours_per_step
        self.pool = ThreadPoolExecutor(threads) if threads > 1 else None
        self.changes = Changes(world)
        self.memberships = memberships(world)
        self.rankings = [platform.ranking for platform in world.setting.platforms]
        world.touched.append(world.live_messages())  # as another ranking may have left them
        self.sights = [sight_of(world, p, on) for p, on in enumerate(self.memberships)]
        self.feeds = [
            feed_tables(world, p, self.sights[p], self.rankings[p]) for p in range(len(self.sights))
        ]
        self.visits = [visits_per_hour(world, p, on) for p, on in enumerate(self.memberships)]
        self.budgets = [
            np.full(world.n, platform.posts_per_session, np.int16) for platform in world.setting.platforms
        ]
        self.widest = [int(np.diff(sight.indptr).max(initial=0)) for sight in self.sights]
        self.posting = FeedPosting(world, self.changes, self.memberships)
        self.horizons = np.array(
            [round(platform.horizon / self.hours) for platform in world.setting.platforms], np.int32
        )

    def close(self) -> None:
        """Give threads back."""
        if self.pool is not None:
            self.pool.shutdown()

    def settle(self) -> None:
        """Refresh the pull of messages that were reshared, published or demoted."""
        world, messages = self.world, self.world.state.messages
        for p, platform in enumerate(world.setting.platforms):
            self._order_feeds(p, world.rankings.get(p, platform.ranking))
            self.changes.settle(p, self.sights[p], self.feeds[p])
        if not world.touched:
            return
        slots = np.concatenate(world.touched).astype(np.int32)
        world.touched.clear()
        base = world.draws.base(Purpose.JUDGE)
        for p, ranking in enumerate(self.rankings):
            publishing.weigh(
                p,
                slots,
                messages.slots,
                popularity_table(ranking),
                ranking.appeal_power,
                ranking.accuracy_weight,
                ranking.judged_rightly,
                base,
                power(ranking),
                messages.weight,
            )

    def _order_feeds(self, p: int, ranking: Ranking) -> None:
        """Go over to another ranking of platform p: its tables, and the pull of all its messages."""
        if ranking is self.rankings[p] or ranking == self.rankings[p]:
            return
        self.rankings[p] = ranking
        self.feeds[p] = feed_tables(self.world, p, self.sights[p], ranking)
        self.world.touched.append(self.world.live_messages())

    def _hear(self) -> None:
        """What people were told in person comes before what they read."""
        if self.world.told:
            told = np.concatenate(self.world.told)
            words = [np.ascontiguousarray(told[name]) for name in told.dtype.names or ()]
            lines, constants = self.world.state.lines, self.rule.constants(self.world, 0)
            hear(*words, self.readers(0), constants, lines)

    def advance(self) -> None:
        """Sessions, reading, resharing, posting and slow processes of one step."""
        self._hear()
        self.world.met.clear()
        watched = []
        passed_on = []
        for p in range(len(self.feeds)):
            shares, seen = self._read(p)
            passed_on.append(shares)
            watched.append(seen)
        self._hand_over(watched)
        self.world.new_slots.clear()
        for p, shares in enumerate(passed_on):
            self.posting.advance(p, shares)
        self.world.state.fresh = np.concatenate([np.empty(0, np.int32), *self.world.new_slots])
        self._slow()
        self.settle()
        forget(self.world, self.horizons)

    def _read(self, p: int) -> tuple[np.ndarray, np.ndarray]:
        """Everybody with a session meets the feed of platform p: reshares, and what watchers read.

        The few who read more than there is room for in their table of read messages come in a second
        round, for which their tables have grown; readers of one step do not depend on each other.
        """
        world, state, timelines = self.world, self.world.state, self.world.state.timelines[p]
        readers = self.readers(p)
        base = world.draws.base(Purpose.SESSIONS, state.step, p)
        rates = self._sessions_per_hour(p)
        visitors = slow.begin_sessions(readers.key, rates, self.hours, base, timelines.sessions)
        if self.changes.at_work:
            self.changes.count_background(p, self.feeds[p], visitors)
        shares, watched, met, postponed = self._round(p, readers, visitors, USUALLY_READ)
        if postponed.size:
            more, seen, also_met, _ = self._round(p, readers, postponed, MOST_READ)
            shares, watched = in_order(shares, more), in_order(watched, seen)
            met = np.concatenate([met, also_met])
        world.met.append(met)
        return shares, watched

    def _hand_over(self, read: list[np.ndarray]) -> None:
        """Who read what that others wait for: rows (person, slot, reasons), int32[w, 3], by platform."""
        found = [np.column_stack([rows, np.full(len(rows), p)]) for p, rows in enumerate(read) if rows.size]
        if not found:
            self.world.state.watched = self.world.heard = NOTHING_READ
            return
        rows = np.concatenate(found).astype(np.int64, copy=False)
        reasons, told = rows[:, 2], rows[:, [0, 1, 3]]
        self.world.state.watched = told[reasons & WATCHES_FALSE != 0]
        self.world.heard = told[reasons & HEARS_EXPERIENCES != 0]

    def _round(self, p: int, readers: Readers, visitors: np.ndarray, most: int) -> tuple[np.ndarray, ...]:
        """Visitors, int32[v] ascending, read in pieces of fixed size: reshares, watched, met, postponed."""
        world, state = self.world, self.world.state
        make_room(state.seen, visitors, readers.sessions, readers.budget, most)
        feed = self._feed(p)
        here = (state.step, p)
        purposes: dict[Purpose, tuple[int, ...]] = {Purpose.RACE: here, Purpose.CHATTER: here}
        purposes |= {Purpose.BYSTANDER: (), Purpose.RESHARE: ()}
        fixed = (
            state.step,
            feed,
            readers,
            self.rule.constants(world, p),
            state.seen.arrays(),
            state.messages.slots,
            state.lines,
            state.timelines[p].reads,
            np.array([world.draws.base(purpose, *words) for purpose, words in purposes.items()]),
            self.widest[p],
        )

        def piece(visiting: np.ndarray) -> Any:
            return reading.read_feeds(visiting, *fixed)

        cut = pieces_of(visitors, world.n)
        pieces = list(self.pool.map(piece, cut) if self.pool else map(piece, cut))
        shares, watched, postponed, met, corrections, disclosures, in_spaces = zip(*pieces, strict=True)
        state.counts["corrections_read"][p] += sum(corrections)
        state.counts["disclosures_read"][p] += sum(disclosures)
        state.counts["read_in_spaces"][p] += sum(in_spaces)
        return tuple(np.concatenate(rows) for rows in (shares, watched, met, postponed))

    def _feed(self, p: int) -> Feed:
        """Platform p as its readers meet it in this step."""
        feed, state = self.feeds[p], self.world.state
        oldest = state.step - (feed.recency.size - 1)
        return feed._replace(
            weight=state.messages.weight,
            reach=self._reach(p),
            filled=np.packbits(state.timelines[p].newest >= oldest, bitorder="little"),
        )

    def readers(self, p: int) -> Readers:
        """People as the kernels take them on platform p: traits, and levers of this step."""
        world, people, levers = self.world, self.world.people, self.world.levers
        rate = world.setting.platforms[p].reshare_rate
        sharing = levers.sharing.value_on(p)
        sharing = sharing if rate == 1.0 else sharing * rate
        return Readers(
            key=people.key,
            sessions=world.state.timelines[p].sessions,
            budget=self.budgets[p],
            discernment=shifted(people.discernment, levers.discernment),
            credulity=shifted(people.credulity, levers.credulity),
            sharing=sharing,
            inattention=levers.accuracy_weight.value_on(p),
            inoculation=levers.inoculation.value,
            isolation=people.isolation,
            trust=people.trust,
            label_sight=levers.label_sight.value,
            watching=world.watching,
        )

    def _sessions_per_hour(self, p: int) -> np.ndarray:
        lever, visits = self.world.levers.sessions, self.changes.of_those_here(self.visits[p])
        return visits * lever.value_on(p) if lever.moved_on(p) else visits

    def _reach(self, p: int) -> np.ndarray:
        """The reach lever as the ranking uses it, 1 for spaces; empty while nobody touches it."""
        lever = self.world.levers.reach
        if not lever.moved_on(p):
            return NOTHING
        of_spaces = np.ones(self.sights[p].keys.size - self.world.n)
        return np.concatenate([elementary.power(lever.value_on(p), power(self.rankings[p])), of_spaces])

    def _slow(self) -> None:
        """Beliefs and readings fade, isolation returns to each person's own level."""
        rule, people = self.rule, self.world.people
        slow.fade(
            self.world.state.lines,
            decay(self.hours, rule.lasting_half_life),
            decay(self.hours, rule.short_half_life),
            decay(self.hours, rule.reading_half_life),
        )
        share = 1.0 - decay(self.hours, rule.isolation_half_life)
        slow.approach(people.isolation, people.own_isolation, share)


def pieces_of(visitors: np.ndarray, n: int) -> list[np.ndarray]:
    """Visitors, int[v] ascending, by pieces of ``ROWS`` of the n people; at least one, which may be empty."""
    if n <= ROWS:
        return [visitors]
    edges = [0, *np.searchsorted(visitors, np.arange(ROWS, n, ROWS)).tolist(), visitors.size]
    return [visitors[a:b] for a, b in pairwise(edges) if b > a] or [visitors]


def decay(hours: float, half_life_days: float) -> float:
    """What is left of a quantity after some hours."""
    return float(2.0 ** (-hours / (24.0 * half_life_days)))


def in_order(first: np.ndarray, second: np.ndarray) -> np.ndarray:
    """Rows of two rounds in order of the person in their first column."""
    rows = np.concatenate([first, second])
    return np.asarray(rows[np.argsort(rows[:, 0], kind="stable")])
