"""Who follows whom and who is there, once more: slow, over keys of people, never positions."""

from __future__ import annotations

import math
from collections.abc import Callable

from infodemic_sim.randomness import Purpose
from infodemic_sim.randomness import extended as absorb
from infodemic_sim.scenario import Scenario
from infodemic_sim.society import FriendOfFriend, Mix, Popular, Recommender, SimilarBelief
from tests.twin.feed_twin import FeedTwin, Platform, sigmoid, uniform


class SocietyTwin:
    """Moves the ties of a feed twin on, and who is there; places are counted, not laid out."""

    def __init__(self, twin: FeedTwin, scenario: Scenario) -> None:
        self.twin, self.ties, self.turnover = twin, scenario.ties, scenario.turnover
        self.with_ties = [platform.ties for platform in scenario.platforms]
        self.made: list[set[tuple[int, int]]] = [set() for _ in twin.platforms]
        """Ties that are new, on each platform: they have no weight."""
        self.cut_now: list[set[tuple[int, int]]] = []
        spare = self.ties.spare_places if self.ties else 0
        self.places = [
            {key: len(row) + spare for key, row in platform.followees.items()} for platform in twin.platforms
        ]

    def advance(self) -> None:
        """After the feed has moved on: some unfollow, some follow, some join, some leave."""
        step = self.twin.step - 1
        self.cut_now = [set() for _ in self.twin.platforms]
        for p, platform in enumerate(self.twin.platforms):
            if self.ties is not None and self.with_ties[p]:
                for pair in self.partings(p):
                    self.cut(p, pair)
                follows = [pair for key in self.twin.people for pair in self.follow(p, platform, key, step)]
                for pair in follows:
                    platform.followees[pair[0]].append((pair[1], 1.0))
                    self.made[p].add(pair)
        if self.turnover is not None:
            self.come_and_go(step)

    def following(self, p: int, key: int) -> set[int]:
        return {other for other, _ in self.twin.platforms[p].followees[key]}

    def partings(self, p: int) -> set[tuple[int, int]]:
        """Who unfollows whom: chance · |c_i - c_j| for each post read of the side one leans against."""
        assert self.ties is not None
        found = set()
        for where, reader, other, message in self.twin.met:
            own, theirs = (self.twin.people[key].lines[message.topic].belief for key in (reader, other))
            if where != p or message.side * own >= 0.0:
                continue
            address = self.twin.base(Purpose.UNFOLLOW, p)
            luck = uniform(absorb(absorb(absorb(address, reader), other), message.key))
            if luck < self.ties.unfollowing * abs(sigmoid(own) - sigmoid(theirs)):
                found.add((reader, other))
        return found

    def cut(self, p: int, pair: tuple[int, int]) -> None:
        reader, other = pair
        rows = self.twin.platforms[p].followees
        rows[reader] = [(key, factor) for key, factor in rows[reader] if key != other]
        self.made[p].discard(pair)
        self.cut_now[p].add(pair)

    def follow(self, p: int, platform: Platform, key: int, step: int) -> list[tuple[int, int]]:
        """The new tie of a person in this step, if there is one."""
        assert self.ties is not None
        chance = -math.expm1(-self.ties.follows_per_day * self.twin.hours / 24.0)
        if (
            not self.is_there(p, key)
            or uniform(absorb(self.twin.base(Purpose.FOLLOW, step, p), key)) >= chance
        ):
            return []
        if len(platform.followees[key]) >= self.places[p][key]:
            return []
        lot = absorb(self.twin.base(Purpose.RECOMMEND, step, p), key)
        other = self.suggest(self.ties.recommender, p, key, lot)
        return [] if other is None else [(key, other)]

    def is_there(self, p: int, key: int) -> bool:
        person = self.twin.people[key]
        return person.present and person.posting_share[p] > 0.0

    def suggest(self, part: Recommender, p: int, key: int, lot: int) -> int | None:
        if isinstance(part, Mix):
            luck, edge = uniform(lot), 0.0
            for number, (each, share) in enumerate(zip(part.of, part.shares, strict=True)):
                edge += share
                if luck < edge or number == len(part.of) - 1:
                    return self.suggest(each, p, key, absorb(lot, number))
        if isinstance(part, FriendOfFriend):
            return self.friend_of_friend(p, key, lot)
        assert isinstance(part, SimilarBelief | Popular)
        keys = sorted(self.twin.people)
        drawn = [keys[int(uniform(absorb(lot, k)) * len(keys))] for k in range(part.looks)]
        measure = self.distance if isinstance(part, SimilarBelief) else self.unpopularity
        return self.best(p, key, drawn, measure)

    def best(
        self, p: int, key: int, drawn: list[int], measure: Callable[[int, int, int], float]
    ) -> int | None:
        possible = [other for other in drawn if self.may_follow(p, key, other)]
        return min(possible, key=lambda other: measure(p, key, other)) if possible else None

    def may_follow(self, p: int, key: int, other: int) -> bool:
        return self.is_there(p, other) and other != key and other not in self.following(p, key)

    def friend_of_friend(self, p: int, key: int, lot: int) -> int | None:
        friends = {absorb(lot, friend): friend for friend in self.following(p, key)}
        if not friends:
            return None
        lot = absorb(min(friends), 0)
        theirs = [
            other for other in self.following(p, friends[min(friends)]) if self.may_follow(p, key, other)
        ]
        return min(theirs, key=lambda other: absorb(lot, other)) if theirs else None

    def distance(self, p: int, key: int, other: int) -> float:
        one, two = self.twin.people[key].lines, self.twin.people[other].lines
        apart = 0.0
        for mine, theirs in zip(one, two, strict=True):
            apart += abs(sigmoid(mine.belief) - sigmoid(theirs.belief))
        return apart

    def unpopularity(self, p: int, key: int, other: int) -> float:
        return -sum(other in self.following(p, each) for each in self.twin.people)

    def come_and_go(self, step: int) -> None:
        assert self.turnover is not None
        days = self.twin.hours / 24.0
        for person in self.twin.people.values():
            rate = self.turnover.leaving_per_day if person.present else self.turnover.joining_per_day
            luck = uniform(absorb(self.twin.base(Purpose.TURNOVER, step), person.key))
            if luck < -math.expm1(-rate * days):
                person.present = not person.present

    def keep_ties(self, p: int, now: Platform) -> None:
        """Under a new ranking, ties are those of now, and new ones have no weight."""
        before = self.twin.platforms[p].followees
        for key, row in before.items():
            factors = dict(now.followees[key])
            now.followees[key] = [
                (other, 1.0 if (key, other) in self.made[p] else factors[other]) for other, _ in row
            ]
