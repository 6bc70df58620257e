"""The feed rule once more: slow, in plain Python, written from the text of the model.

Nothing here is shared with the package but the addresses of draws and the tables of a ranking. People
are told apart by their keys, never by positions; feeds sort every candidate by its exact race time and
write out all background posts. A run of the package must agree with this bit for bit.
"""

from __future__ import annotations

import math
import struct
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, field

from infodemic_sim.randomness import Purpose, address, name_key
from infodemic_sim.randomness import extended as absorb

LABEL_BITS = range(8)
CORRECTION = "correction"
KIND_NUMBERS = {"claim": 0, "correction": 1, "experience": 2, "feedback": 3}
SOURCES = {"provider": "provider", "fact_checker": "fact_checker", "moderator": "platform"}
OWN, RESHARE, INTERVENTION = "own", "reshare", "intervention"
FORGET_EVERY = 24


@dataclass
class Line:
    """What one person believes and has read on one topic."""

    start: float
    lasting: float = 0.0
    short: float = 0.0
    readings: dict[int, float] = field(default_factory=lambda: {+1: 0.0, -1: 0.0})

    @property
    def belief(self) -> float:
        return self.start + self.lasting + self.short


@dataclass
class Person:
    """Traits and state of one person; the second half is what interventions make of them in a step."""

    key: int
    role: str
    visits_per_hour: list[float]  # by platform, 0 where the person is not on it
    posting_share: list[float]  # by platform
    credulity: float
    discernment: float
    trust: dict[str, float]
    isolation: float
    own_isolation: float
    lines: list[Line]
    sharing: float
    inattention: float
    inoculation: float = 0.0
    posting: float = 1.0
    visiting: float = 1.0
    reach: float = 1.0
    label_sight: int = 0
    watching: bool = False
    hearing: bool = False
    present: bool = True
    seen: set[int] = field(default_factory=set)
    reads: dict[tuple[int, int, int], int] = field(
        default_factory=dict
    )  # (platform, topic, side or 0: of a plan)

    def follows(self, platform: Platform) -> list[tuple[int, float]]:
        return platform.followees[self.key]


@dataclass
class Message:
    """One message, and what has happened to it."""

    key: int
    author: int
    born: int
    platform: int
    topic: int
    side: int
    kind: str
    source: str
    appeal: float
    origin: str
    strength: float = 1.0
    visibility: float = 1.0
    held: int = 0
    discloses: bool = False
    correction_discloses: bool = False
    labels: int = 0
    correction: str | None = None
    correction_strength: float = 1.0
    shares: int = 0
    depth: int = 0
    last: int = 0


@dataclass
class Post:
    """A message standing on a timeline, with the post it was passed on from."""

    message: Message
    person: int
    step: int
    depth: int
    parent: Post | None = None


@dataclass
class Board:
    """One space: its newest posts, each with the identity of its timeline and its place there."""

    timelines: list[int]  # identities; posts go round them
    members: list[int]
    posts: list[tuple[int, int, Post | None]] = field(default_factory=list)  # place; None: taken down
    received: int = 0


@dataclass
class Spaces:
    """Who is in which space, and what goes there."""

    of: dict[int, list[int]]  # key of the person to keys of spaces
    boards: dict[int, Board]
    chatter_per_fellow: float  # background posts within the horizon
    share: float
    wanted: float | None = None  # chats that a forward would go to; None: nothing is forwarded
    limit: int | None = None
    often: int = 1
    limit_often: int | None = None


@dataclass
class Platform:
    """One platform: settings as plain numbers, tables as lists, and everybody's timeline."""

    followees: dict[int, list[tuple[int, float]]]  # key of the reader to (key, ranking factor of the tie)
    horizon_steps: int
    timeline_depth: int
    posts_per_session: int
    chatter_per_followee: float  # background posts within the horizon
    reshare_rate: float
    bystanders: float
    recency: list[float]
    popularity: list[float]
    law: list[float]
    appeal_power: float
    sharpness: float
    homophily: float
    accuracy_weight: float
    judged_rightly: float
    strict: bool
    timelines: dict[int, list[Post]] = field(default_factory=dict)
    spaces: Spaces | None = None


@dataclass
class Rule:
    """Constants of perceived veracity, belief and sharing."""

    congruence: float
    repetition: float
    isolation: float
    bound: float
    saturation: float
    lasting_share: float
    persuasion: dict[str, float]
    keep_lasting: float
    keep_short: float
    keep_readings: float
    keep_isolation: float
    trust_lost: float
    reactance: float
    distrust: float
    labels: dict[int, tuple[float, str, float, float]] = field(default_factory=dict)
    """By bit: logits, issuer, share of reshares prevented directly, share that needs no trust."""


@dataclass
class Topic:
    """How often each role starts a post (per hour), which side it takes, and how sides are drawn."""

    rate: dict[str, float]
    fixed_side: dict[str, int]
    conviction: float


@dataclass
class Mutation:
    """How often what is passed on changes, what of appeal is inherited, and which way it turns."""

    chance: float
    inherited: float
    appeal_spread: float
    turns_false: float
    turns_accurate: float


def sigmoid(logit: float) -> float:
    if logit >= 0.0:
        return 1.0 / (1.0 + math.exp(-logit))
    odds = math.exp(logit)
    return odds / (1.0 + odds)


def uniform(where: int) -> float:
    """The number in (0, 1) at an address."""
    return ((where >> 12) * 2 + 1) * 2.0**-53


def normal(where: int) -> float:
    """The standard normal number at an address."""
    radius = math.sqrt(-2.0 * math.log(uniform(where)))
    return radius * math.cos(2.0 * math.pi * uniform(absorb(where, 1)))


def single(value: float) -> float:
    """The nearest number in single precision."""
    return float(struct.unpack("f", struct.pack("f", value))[0])


def poisson(u: float, mean: float) -> int:
    """The Poisson count whose distribution function first reaches u."""
    count, term = 0, math.exp(-mean)
    total = term
    while u > total and count < 1000:
        count += 1
        term *= mean / count
        total += term
    return count


class FeedTwin:
    """People, platforms and messages of one run, moved on step by step."""

    def __init__(
        self,
        *,
        seed: int,
        replicate: int,
        hours: float,
        people: list[Person],
        platforms: list[Platform],
        topics: list[Topic],
        rule: Rule,
        mutation: Mutation | None = None,
    ) -> None:
        self.seed, self.replicate, self.hours, self.step = seed, replicate, hours, 0
        self.people = {person.key: person for person in people}
        self.platforms, self.topics, self.rule = platforms, topics, rule
        self.mutation = mutation
        self.messages: dict[int, Message] = {}
        self.posts: list[Post] = []
        self.fresh: list[int] = []
        self.watched: list[tuple[int, int, int]] = []
        self.heard: list[tuple[int, int, int]] = []
        self.sessions: dict[tuple[int, int], int] = {}
        self.last_reads: list[tuple[int, int]] = []
        self.met: list[tuple[int, int, int, Message]] = []  # (platform, reader, followee, message)
        self.start_counting()

    def base(self, purpose: Purpose, *words: int) -> int:
        return int(address(self.seed, self.replicate, purpose, *words))

    def start_counting(self) -> None:
        """Day 0: what was read and posted before does not count."""
        self.counts: dict[tuple[int, int, int, str], int] = {}
        self.corrections_read = [0] * len(self.platforms)
        self.read_in_spaces: dict[tuple[int, int, int], int] = {}
        for person in self.people.values():
            person.reads = {}

    # --- one step -------------------------------------------------------------------------------------

    def advance(self) -> None:
        """Everybody reads, people post, all posts are published together, slow processes go on."""
        self.watched, self.heard, self.fresh, self.last_reads, self.met = [], [], [], [], []
        shared: list[list[tuple[Person, Post, int | None]]] = [[] for _ in self.platforms]
        for person in reversed(self.people.values()):  # any order will do
            for p, platform in enumerate(self.platforms):
                shared[p] += [(person, *shown) for shown in self.visit(person, p, platform)]
        for p, platform in enumerate(self.platforms):
            for topic in range(len(self.topics)):
                started = [key for person in self.people.values() for key in self.starts(person, p, topic)]
                for key, person in sorted(started, key=lambda start: start[0]):
                    self.start_post(person, p, topic, key)
            changed = [(person, post) for person, post, _ in shared[p] if self.changes(person, post.message)]
            told_anew = [self.retold(person, p, post.message) for person, post in changed]
            for message in sorted(told_anew, key=lambda m: (m.topic, KIND_NUMBERS[m.kind], m.key)):
                self.publish(message)
                self.fresh.append(message.key)
            for person, post, space in sorted(shared[p], key=lambda s: (s[1].message.key, s[0].key)):
                if not self.changes(person, post.message):
                    self.reshare(person, p, platform, post, space)
        for person in self.people.values():
            self.fade(person)
        if self.step % FORGET_EVERY == 0:
            self.forget()
        self.step += 1

    def visit(self, person: Person, p: int, platform: Platform) -> list[tuple[Post, int | None]]:
        """Posts that the person passes on after the sessions of this step, and where they were read."""
        mean = person.visits_per_hour[p] * person.visiting * self.hours
        base = self.base(Purpose.SESSIONS, self.step, p)
        there = person.present and mean > 0.0
        sessions = min(255, poisson(uniform(absorb(base, person.key)), mean)) if there else 0
        self.sessions[p, person.key] = sessions
        places = sessions * platform.posts_per_session
        shown = self.feed(person, p, platform, places) if places else []
        passed_on = []
        for post, space in sorted(shown, key=lambda seen: seen[0].message.key):
            self.last_reads.append((person.key, post.message.key))
            if space is not None and post.message.side:
                place = (p, post.message.topic, post.message.side)
                self.read_in_spaces[place] = self.read_in_spaces.get(place, 0) + 1
            if post.message.side and space is None:
                self.met.append((p, person.key, post.person, post.message))
            if self.read(person, p, platform, post.message):
                passed_on.append((post, space))
        return passed_on

    # --- the feed -------------------------------------------------------------------------------------

    def feed(self, person: Person, p: int, platform: Platform, places: int) -> list[tuple[Post, int | None]]:
        """The stored posts among the first ``places`` arrivals of the race."""
        ranked = self.ranked(person, p, platform)
        followees = [self.people[key] for key, _ in person.follows(platform)]
        present = sum(followee.posting_share[p] > 0.0 and followee.present for followee in followees)
        expected = platform.chatter_per_followee * present
        if platform.spaces:
            boards = [platform.spaces.boards[space] for space in platform.spaces.of[person.key]]
            here = [sum(self.people[key].present for key in board.members) for board in boards]
            expected += platform.spaces.chatter_per_fellow * sum(members - 1 for members in here)
        arrivals = self.background(person, p, expected * platform.law[-1]) if expected > 0.0 else []
        shown = []
        for place, (time, *_, post, space) in enumerate(ranked):
            clock = expected * share_ahead(platform.law, time) if expected > 0.0 else 0.0
            if place + bisect_left(arrivals, clock) >= places:
                break
            shown.append((post, space))
        return shown

    def in_sight(
        self, person: Person, platform: Platform
    ) -> Iterator[tuple[int, int, tuple[float, float], Post, int | None]]:
        """Posts of followees and in spaces: identity of the timeline, place, tie and reach, post, space.

        A message stands once on a person's timeline, but may come twice to one of a space in one step:
        then places tell the posts apart.
        """
        for poster, tie in person.follows(platform):
            reach = self.people[poster].reach ** platform.sharpness
            for post in platform.timelines.get(poster, []):
                yield poster, 0, (tie, reach), post, None
        if platform.spaces:
            for space in platform.spaces.of[person.key]:
                for timeline, place, post in platform.spaces.boards[space].posts:
                    if post is not None:
                        yield timeline, place, (1.0, 1.0), post, space

    def ranked(
        self, person: Person, p: int, platform: Platform
    ) -> list[tuple[float, float, int, int, Post, int | None]]:
        """Each message that the person could be shown, by its best post, in order of race time."""
        racing = absorb(self.base(Purpose.RACE, self.step, p), person.key)
        best: dict[int, tuple[float, float, int, int, Post, int | None]] = {}
        for timeline, place, closeness, post, space in self.in_sight(person, platform):
            message = post.message
            if self.step - post.step > platform.horizon_steps:
                continue
            if message.author == person.key or message.key in person.seen:
                continue
            score = self.score(person, platform, closeness, post)
            if score <= 0.0:
                continue
            luck = uniform(absorb(racing, message.key & 0x7FFFFFFF))
            time = (1.0 if platform.strict else -math.log(luck)) / score
            entry = (time, luck, timeline, place, post, space)
            if message.key not in best or entry[:4] < best[message.key][:4]:
                best[message.key] = entry
        return sorted(best.values(), key=lambda entry: entry[:4])

    def score(self, person: Person, platform: Platform, closeness: tuple[float, float], post: Post) -> float:
        """recency · pull of the message · homophily · tie · reach, each to the power of sharpness."""
        message = post.message
        pull = platform.popularity[min(message.shares, len(platform.popularity) - 1)] * message.visibility
        if message.held:
            return 0.0
        if platform.appeal_power:
            pull *= math.pow(message.appeal, platform.appeal_power)
        if platform.accuracy_weight:
            luck = uniform(absorb(self.base(Purpose.JUDGE), message.key))
            judged = message.side if luck < platform.judged_rightly else -message.side
            pull *= math.exp(platform.accuracy_weight * judged)
        if platform.sharpness != 1.0:
            pull = math.pow(pull, platform.sharpness)
        score = platform.recency[self.step - post.step] * pull
        lean = math.tanh(person.lines[message.topic].belief)
        score *= math.exp(platform.homophily * message.side * lean)
        tie, reach = closeness
        return score * tie * reach

    def background(self, person: Person, p: int, end: float) -> list[float]:
        """All background posts of this visit, on a clock that runs to their expected number."""
        base = absorb(self.base(Purpose.CHATTER, self.step, p), person.key)
        arrivals = [-math.log(uniform(absorb(base, 0)))]
        while arrivals[-1] < end:
            arrivals.append(arrivals[-1] - math.log(uniform(absorb(base, len(arrivals)))))
        return arrivals

    # --- reading --------------------------------------------------------------------------------------

    def read(self, person: Person, p: int, platform: Platform, message: Message) -> bool:
        """Read a message and the correction on it; whether the person passes it on."""
        person.seen.add(message.key)
        logit = self.veracity_logit(person, message.topic, message.side, message.labels)
        veracity = sigmoid(logit)
        self.learn(
            person, message.topic, message.side, message.kind, message.source, message.strength, veracity
        )
        if message.discloses:
            self.lose_trust(person, message.source)
        if message.side:
            place = (p, message.topic, message.side)
            person.reads[place] = person.reads.get(place, 0) + 1
        of_plan = (p, message.topic, 0)
        person.reads[of_plan] = person.reads.get(of_plan, 0) + (message.origin == INTERVENTION)
        if (
            message.correction is not None
            and self.luck(Purpose.BYSTANDER, person, message) < platform.bystanders
        ):
            self.corrections_read[p] += 1
            person.reads[of_plan] += 1
            logit += message.side * self.rule.congruence * self.read_correction(person, message)
            if message.correction_discloses:
                self.lose_trust(person, message.correction)
        if person.watching and message.side < 0:
            self.watched.append((person.key, message.key, p))
        if person.hearing and message.kind == "experience":
            self.heard.append((person.key, message.key, p))
        weight = person.inattention + (1.0 - person.inattention) * min(1.0, 2.0 * sigmoid(logit))
        propensity = person.sharing * platform.reshare_rate
        propensity *= self.hesitation(person, message.labels)
        chance = 1.0 - math.exp(-propensity * message.appeal * weight)
        return self.luck(Purpose.RESHARE, person, message) < chance

    def luck(self, purpose: Purpose, person: Person, message: Message) -> float:
        return uniform(absorb(absorb(self.base(purpose), person.key), message.key))

    def veracity_logit(self, person: Person, topic: int, side: int, labels: int) -> float:
        """g - labels, and for claims y (d + rho b) + kappa ln(1 + x) - [y = -1] (I - chi isolation)."""
        rule, line = self.rule, person.lines[topic]
        taken = 0.0
        for logits, weight, _ in self.labels_shown(person, labels):
            taken += logits * weight
        logit = person.credulity - taken
        if side == 0:
            return logit
        logit += side * (person.discernment + rule.congruence * line.belief)
        logit += rule.repetition * math.log(1.0 + line.readings[side])
        if side < 0:
            logit += rule.isolation * person.isolation - person.inoculation
        return logit

    def labels_shown(self, person: Person, labels: int) -> list[tuple[float, float, float]]:
        """Of each label that the person is shown: logits, how far it works on them, direct effect."""
        shown = [self.rule.labels[bit] for bit in LABEL_BITS if labels & person.label_sight & (1 << bit)]
        return [
            (logits, floor + (1.0 - floor) * person.trust[issuer], sharing)
            for logits, issuer, sharing, floor in shown
        ]

    def hesitation(self, person: Person, labels: int) -> float:
        left = 1.0
        for _, weight, sharing in self.labels_shown(person, labels):
            left *= 1.0 - sharing * weight
        return left

    def hear(self, person: Person, topic: int, side: int, kind: str, source: str, strength: float) -> None:
        """What somebody is told in person."""
        veracity = sigmoid(self.veracity_logit(person, topic, side, 0))
        self.learn(person, topic, side, kind, source, strength, veracity)

    def lose_trust(self, person: Person, source: str) -> None:
        """In single precision, as trust is kept."""
        person.trust[source] = single(person.trust[source] * single(1.0 - self.rule.trust_lost))

    def read_correction(self, person: Person, message: Message) -> float:
        veracity = sigmoid(self.veracity_logit(person, message.topic, +1, 0))
        assert message.correction is not None
        strength = message.correction_strength
        return self.learn(person, message.topic, +1, CORRECTION, message.correction, strength, veracity)

    def learn(
        self, person: Person, topic: int, side: int, kind: str, source: str, strength: float, veracity: float
    ) -> float:
        """y pi_kind trust v n(x) clip(1 - y (b - b0) / B, 0, 1), split into what lasts and what does not.

        A correction that somebody reacts to moves them by a share of that, the other way: y is turned round.
        """
        if side == 0:
            return 0.0
        rule, line = self.rule, person.lines[topic]
        against = kind == CORRECTION and side * line.belief < 0.0 and person.trust[source] < rule.distrust
        toward, share = (-side, rule.reactance) if rule.reactance and against else (side, 1.0)
        room = min(1.0, max(0.0, 1.0 - toward * (line.lasting + line.short) / rule.bound))
        novelty = 1.0 / (1.0 + line.readings[side] / rule.saturation)
        push = toward * share * rule.persuasion[kind] * strength * person.trust[source]
        moved = push * veracity * novelty * room
        line.lasting += rule.lasting_share * moved
        line.short += (1.0 - rule.lasting_share) * moved
        if strength > 0.0:
            line.readings[side] += 1.0
        return moved

    # --- posting --------------------------------------------------------------------------------------

    def starts(self, person: Person, p: int, topic: int) -> list[tuple[int, Person]]:
        """Keys of the posts that the person starts on a topic."""
        about = self.topics[topic]
        mean = about.rate[person.role] * person.posting_share[p] * self.hours * person.posting
        if mean <= 0.0 or not person.present:
            return []
        luck = uniform(absorb(self.base(Purpose.POST, self.step, p, topic), person.key))
        base = int(address(name_key("message"), self.step, p, topic, 0))
        return [(absorb(absorb(base, person.key), k), person) for k in range(poisson(luck, mean))]

    def start_post(self, person: Person, p: int, topic: int, key: int) -> None:
        """Publish a post of one's own: what the role says, or what one believes."""
        about = self.topics[topic]
        side = about.fixed_side.get(person.role, 0)
        if side == 0:
            chance = sigmoid(about.conviction * person.lines[topic].belief)
            side = +1 if uniform(absorb(self.base(Purpose.VERACITY), key)) < chance else -1
        message = Message(
            key=key,
            author=person.key,
            born=self.step,
            platform=p,
            topic=topic,
            side=side,
            kind="claim",
            source=SOURCES.get(person.role, "peer"),
            appeal=self.appeal_of(key),
            origin=OWN,
        )
        self.publish(message)
        self.fresh.append(key)

    def appeal_of(self, key: int) -> float:
        """Appeal of a new message: data, set by whoever drives the twin."""
        raise NotImplementedError

    def changes(self, person: Person, message: Message) -> bool:
        """Whether the message becomes another when this person passes it on."""
        return self.mutation is not None and self.luck(Purpose.RETELL, person, message) < self.mutation.chance

    def retold(self, person: Person, p: int, message: Message) -> Message:
        """What becomes of it: a message of the person's own, caused by the one that was read."""
        rule = self.mutation
        assert rule is not None
        base = int(address(name_key("message"), self.step, p, message.topic, KIND_NUMBERS[message.kind]))
        key = absorb(absorb(base, person.key), message.key)
        turns = {+1: rule.turns_false, -1: rule.turns_accurate, 0: 0.0}[message.side]
        turned = uniform(absorb(self.base(Purpose.DRIFT), key)) < turns
        return Message(
            key=key,
            author=person.key,
            born=self.step,
            platform=p,
            topic=message.topic,
            side=-message.side if turned else message.side,
            kind=message.kind,
            source=SOURCES.get(person.role, "peer"),
            appeal=self.retold_appeal(key, message.appeal),
            origin=OWN,
            strength=message.strength,
        )

    def retold_appeal(self, key: int, appeal: float) -> float:
        """a^h exp(s z - s^2 / 2)."""
        assert self.mutation is not None
        spread = self.mutation.appeal_spread
        luck = normal(absorb(self.base(Purpose.APPEAL), key))
        return math.pow(appeal, self.mutation.inherited) * math.exp(spread * luck - spread**2 / 2)

    def publish(self, message: Message) -> None:
        """A new message stands on its author's timeline; one hidden from the start is only counted."""
        assert message.key not in self.messages, "two messages with one key"
        self.messages[message.key] = message
        self.count(message, message.origin)
        if message.visibility > 0.0:
            where = self.first_places(message.author, message)
            self.stand(Post(message, message.author, self.step, 0), where)

    def reshare(self, person: Person, p: int, platform: Platform, post: Post, space: int | None) -> None:
        """The message stands on more timelines, one step deeper in its cascade."""
        message = post.message
        if platform.spaces and platform.spaces.wanted is not None:
            where = self.forward_to(person.key, message, post.depth, space)
        else:
            where = self.first_places(person.key, message)
        if not where:
            return
        self.count(message, RESHARE)
        self.stand(Post(message, person.key, self.step, post.depth + 1, post), where)
        message.shares += 1
        message.depth = max(message.depth, post.depth + 1)

    def lots(self, person: int, message: Message) -> list[tuple[float, int]]:
        """Spaces of a person in the order in which a message would go to them; none: to followers alone."""
        spaces = self.platforms[message.platform].spaces
        if spaces is None or not spaces.of[person]:
            return []
        draws = [self.base(purpose, message.platform) for purpose in (Purpose.SPACE, Purpose.CHAT)]
        inside, lot = (absorb(absorb(base, person), message.key) for base in draws)
        if uniform(inside) >= spaces.share:
            return []
        return sorted((uniform(absorb(lot, space)), space) for space in spaces.of[person])

    def first_places(self, person: int, message: Message) -> list[int | None]:
        """Where a post goes that is not forwarded: one space, or None for the person's own timeline."""
        return [space for _, space in self.lots(person, message)[:1]] or [None]

    def forward_to(self, person: int, message: Message, hops: int, read_in: int | None) -> list[int | None]:
        """Where a forward goes: chats other than the one it was read in, as many as wanted and allowed."""
        spaces = self.platforms[message.platform].spaces
        assert spaces is not None
        assert spaces.wanted is not None
        lots = self.lots(person, message)
        if not lots:
            return [None]
        base = self.base(Purpose.FORWARD, message.platform)
        luck = uniform(absorb(absorb(base, person), message.key))
        number, tail = 1, 1.0 - 1.0 / spaces.wanted
        while luck < tail and number < 1000:
            number, tail = number + 1, tail * (1.0 - 1.0 / spaces.wanted)
        often = hops >= spaces.often
        rules = [number, spaces.limit, spaces.limit_often if often else None]
        most = min(rule for rule in rules if rule is not None)
        return [space for _, space in lots if space != read_in][:most]

    def stand(self, post: Post, where: list[int | None]) -> None:
        """Put a post on timelines; the oldest gives way when there is no place left."""
        message = post.message
        platform = self.platforms[message.platform]
        for space in where:
            if space is None:
                timeline = platform.timelines.setdefault(post.person, [])
                timeline.append(post)
                del timeline[: -platform.timeline_depth]
            else:
                assert platform.spaces is not None
                board = platform.spaces.boards[space]
                turn, timeline = divmod(board.received, len(board.timelines))
                place = turn % platform.timeline_depth
                board.posts.append((board.timelines[timeline], place, post))
                board.received += 1
                del board.posts[: -len(board.timelines) * platform.timeline_depth]
        message.last = self.step
        self.posts.append(post)

    def take_down(self, p: int, space: int, key: int) -> None:
        """A message is removed from one space; its place stays empty until it is its turn."""
        spaces = self.platforms[p].spaces
        assert spaces is not None
        board = spaces.boards[space]
        board.posts = [
            (timeline, place, None if post and post.message.key == key else post)
            for timeline, place, post in board.posts
        ]

    def count(self, message: Message, origin: str) -> None:
        place = (message.platform, message.topic, message.side, origin)
        self.counts[place] = self.counts.get(place, 0) + 1

    # --- slow processes -------------------------------------------------------------------------------

    def fade(self, person: Person) -> None:
        """Beliefs and readings fade, isolation returns to the person's own level."""
        for line in person.lines:
            line.lasting *= self.rule.keep_lasting
            line.short *= self.rule.keep_short
            for side in line.readings:
                line.readings[side] *= self.rule.keep_readings
        person.isolation += (1.0 - self.rule.keep_isolation) * (person.own_isolation - person.isolation)

    def forget(self) -> None:
        """Messages of which no post stands within the horizon are dropped from memory."""
        gone = {
            key
            for key, message in self.messages.items()
            if self.step - message.last > self.platforms[message.platform].horizon_steps
        }
        for key in gone:
            del self.messages[key]
        for person in self.people.values():
            person.seen -= gone


def share_ahead(law: list[float], time: float) -> float:
    """Share of background posts that arrive before a race time, between the points 2^(k/16 - 24)."""
    place = (math.log2(time) + 24.0) * 16.0
    if place <= 0.0:
        return law[0] * time / 2.0**-24
    k = int(place)
    if k >= len(law) - 1:
        return law[-1]
    return law[k] + (place - k) * (law[k + 1] - law[k])
