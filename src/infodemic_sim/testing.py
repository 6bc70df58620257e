"""Public checks that every plug-in must pass; authors call them from tests of their own.

``check_intervention(MyIntervention())`` and ``check_ranking(MyRanking())`` raise AssertionError, with one
sentence that says what is wrong. The checks stand one by one in ``INTERVENTION_CHECKS`` and
``RANKING_CHECKS``, so that a test can be made for each.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, TypeVar

import numpy as np

from infodemic_sim import checkpoint
from infodemic_sim.errors import InfodemicError, MissingLeverError, NotWritableError
from infodemic_sim.graphs import erdos_renyi
from infodemic_sim.interventions import AccuracyPrompt, Capacity, Cost, Intervention, ProviderCorrection
from infodemic_sim.interventions.function import FunctionIntervention
from infodemic_sim.interventions.when import Never
from infodemic_sim.interventions.who import Nobody
from infodemic_sim.levers import LEVERS
from infodemic_sim.params import Part, declarations, is_number
from infodemic_sim.platforms import Interest, Platform, Ranking
from infodemic_sim.platforms.ranking import chatter_law
from infodemic_sim.plugins import type_name, without_type
from infodemic_sim.population import Population
from infodemic_sim.scenario import Scenario
from infodemic_sim.simulation import Run
from infodemic_sim.spread import feed_runner
from infodemic_sim.spread.feed import FeedSpread
from infodemic_sim.topics import Posting, Topic

if TYPE_CHECKING:
    import pandas as pd

Plan = Sequence[Intervention]
Checked = TypeVar("Checked", bound=Part)

PEOPLE = 70
OTHERS = (
    AccuracyPrompt(name="another_prompt"),
    ProviderCorrection(name="another_correction", published=1.0),
)
EXAMPLES: tuple[Any, ...] = (
    *(0.5, 0.25, 1.0, 2.0, 7.0, 1, 2, 7, True, False, None, "another"),
    *(Nobody(), Never(), Capacity(total=7), Cost(minutes=7.0, money=7.0)),
    *("fact_checker", "platform", "institution", "provider", "peer"),
)
"""Values of which at least one must suit any parameter of a plug-in, so that it can be varied."""


# --- what authors call ------------------------------------------------------------------------------


def check_intervention(part: Intervention | type[Intervention] | Callable[..., Any]) -> None:
    """Check an intervention: an instance, a class whose parameters all have defaults, or a plain function.

    It is frozen, can be written down and read again, has a digest that changes with each parameter, and
    declares meanings and sources. It needs known levers, uses no others, and a spread rule without them
    is refused. With nobody, no uptake, no capacity, no time or no effect it leaves every measure of
    every replicate as it was. Replicates can share it; its memory holds arrays alone; a saved run
    continues to the same bits; order of people, order of interventions and threads do not matter.

    Raises
    ------
    AssertionError
        With one sentence on the first thing that is wrong.
    """
    made = instance(part, Intervention)
    for check in INTERVENTION_CHECKS:
        check(made)


def check_ranking(part: Ranking | type[Ranking]) -> None:
    """Check a ranking: an instance, or a class whose parameters all have defaults.

    It is frozen, can be written down and read again, has a digest that changes with each parameter, and
    declares meanings and sources. Pulls are numbers from 0 on, the same each time they are asked for,
    and fresh posts have some. Replicates can share it; a saved run continues to the same bits; order of
    people and threads do not matter.

    Raises
    ------
    AssertionError
        With one sentence on the first thing that is wrong.
    """
    made = instance(part, Ranking)
    for check in RANKING_CHECKS:
        check(made)


def instance(part: Any, base: type[Checked]) -> Checked:
    """The part itself, one made with all defaults, or a plain function as an intervention."""
    if isinstance(part, type) and issubclass(part, base):
        try:
            return part()
        except InfodemicError as error:
            raise AssertionError(f"{part.__name__} has no default: check an instance instead ({error})") from None
    if base is Intervention and callable(part) and not isinstance(part, base):
        part = FunctionIntervention(function=part)
    require(isinstance(part, base), f"{part!r} is not a subclass of {base.__name__}.")
    made: Checked = part
    return made


# --- every part ------------------------------------------------------------------------------------


def frozen(part: Part) -> None:
    """Nothing can be set on it, equal parts are equal, and it can stand in a set."""
    name = next(iter(type(part).model_fields))
    try:
        setattr(part, name, getattr(part, name))
    except (InfodemicError, ValueError, AttributeError):
        pass
    else:
        raise AssertionError(f"{title(part)} can be changed: keep the frozen configuration of its base.")
    require(part.but() == part, f"{title(part)} differs from a copy of itself.")
    require(hash(part.but()) == hash(part), f"{title(part)} and a copy of itself have different hashes.")


def written_and_read(part: Part) -> None:
    """What ``to_dict`` gives is plain data, names the type, and makes an equal part."""
    data = written(part)
    if data is None:
        return
    again = json.loads(json.dumps(data))
    require(again.get("type") == type_name(type(part)), f"{title(part)} does not write its type.")
    require(
        type(part)(**without_type(again)) == part,
        f"{title(part)} is another one once it was written and read.",
    )


def digest_tells(part: Part) -> None:
    """The digest changes with each parameter, and with nothing else."""
    if written(part) is None:
        return
    require(part.but().digest() == part.digest(), f"{title(part)} and a copy have different digests.")
    for name in type(part).model_fields:
        for other in varied(part, name):
            require(
                other.digest() != part.digest(),
                f"{title(part)}.{name} does not change the digest: let to_dict write it.",
            )


def declared(part: Part) -> None:
    """Class and parameters say what they mean, and each number where it comes from."""
    owner = type(part)
    require(bool((owner.__doc__ or "").strip()), f"{title(part)} has no docstring.")
    for row in declarations(owner):
        where = f"{title(part)}.{row.name}"
        require(bool(row.doc.strip()), f"{where} does not say what it means: declare it with param(doc=…).")
        number = is_number(owner.model_fields[row.name].annotation)
        require(
            bool(row.source) or not number,
            f"{where} has no source: name a reference, or ASSUMED, with param(source=…).",
        )


# --- interventions ---------------------------------------------------------------------------------


def levers_are_known(part: Intervention) -> None:
    """It needs levers that exist, its effects are its parameters, and rules without its levers are refused."""
    unknown = sorted(part.needs - set(LEVERS))
    require(not unknown, f"{title(part)} needs the unknown lever {unknown}: known are {sorted(LEVERS)}.")
    missing = sorted(set(part.effects) - set(type(part).model_fields))
    require(not missing, f"{title(part)} has effects that are not its parameters: {missing}.")
    if part.needs:
        try:
            small((part,), spread=_NoLevers())
        except MissingLeverError:
            return
        raise AssertionError(f"{title(part)} is not refused by a spread rule without its levers.")


def levers_are_declared(part: Intervention) -> None:
    """It uses no lever that it does not need."""
    if isinstance(part, FunctionIntervention):
        return
    used: set[str] = set()
    for run in stepped(small((part,)), part):
        used |= levers_used(run)
    undeclared = sorted(used - part.needs)
    require(not undeclared, f"{title(part)} uses the lever {undeclared}, which its needs do not name.")


def zero_is_absence(part: Intervention) -> None:
    """Nobody, no uptake, no capacity, no time or no effect: every measure of every replicate as it was."""
    zeros: list[dict[str, Any]] = [
        {"who": Nobody()},
        {"uptake": 0.0},
        {"when": Never()},
        {"capacity": Capacity(total=0)},
        *({name: type(getattr(part, name))(0)} for name in part.effects),
    ]
    for replicate in range(2):
        today = finished(small(), part, replicate=replicate)
        for zero in zeros:
            found = finished(small((part.but(**zero),)), part, replicate=replicate)
            (name, value), changed = next(iter(zero.items())), differing(today, found)
            require(
                not changed, f"{title(part)} with {name}={value!r} is not absence: it changes {changed[:3]}."
            )


def memory_is_arrays(part: Intervention) -> None:
    """What it remembers is arrays of numbers, so that any run can be saved."""
    for run in stepped(small((part,)), part):
        for name, value in run.world.state.memories.get(part.key, {}).items():
            plain = isinstance(value, np.ndarray) and not value.dtype.hasobject
            require(plain, f"{title(part)} remembers {name}, which is not an array of numbers.")


def order_of_plan(part: Intervention) -> None:
    """The order in which interventions are listed does not matter."""
    plan = (part, *OTHERS)
    same(part, "order of interventions", finished(small(plan), part), finished(small(plan[::-1]), part))


# --- everything that runs ---------------------------------------------------------------------------


def replicates_share(part: Part) -> None:
    """Replicates that take turns, with one object between them, end like replicates on their own."""
    scenario, before = world_with(part), dict(part.__dict__)
    apart = [finished(scenario, part, replicate=k) for k in range(2)]
    taking_turns = zip(*(stepped(scenario, part, replicate=k) for k in range(2)), strict=True)
    *_, runs = taking_turns
    for alone, run in zip(apart, runs, strict=True):
        same(part, "other replicates", alone, run.result().table)
    require(part.__dict__ == before, f"{title(part)} changes itself during a run: keep it in its memory.")


def saved_and_continued(part: Part) -> None:
    """A run that is saved and continued, while interventions act, ends in the same bits."""
    scenario = world_with(part)
    whole, halfway = finished(scenario, part), scenario.warm_up_steps + scenario.steps // 2
    run = next(run for run in stepped(scenario, part) if run.world.step == halfway)
    if written(part) is None:
        again = Run(scenario, seed=run.seed, state=run.world.state.copy())
    else:
        with TemporaryDirectory() as folder:
            checkpoint.save(run, Path(folder, "run.npz"))
            again = checkpoint.resume(scenario, Path(folder, "run.npz"))
    same(part, "saving and continuing", whole, again.finish().table)


def order_of_people(part: Part) -> None:
    """People on other rows, with their identities kept, give the same measures."""
    scenario = world_with(part)
    people = scenario.population
    order = np.random.default_rng(1).permutation(PEOPLE)
    other = scenario.but(population=people.but(graph=people.graph.relabel(order)))
    same(part, "order of people", finished(scenario, part), finished(other, part))


def threads_do_not_matter(part: Part) -> None:
    """One thread or two, and readers in one piece or in many."""
    scenario = world_with(part)
    once = finished(scenario, part)
    with small_pieces():
        for threads in (1, 2):
            same(part, "number of threads", once, finished(scenario, part, threads=threads))


# --- rankings --------------------------------------------------------------------------------------


def pulls_are_numbers(part: Ranking) -> None:
    """Recency and popularity are finite, at least 0, above 0 for a fresh post, and always the same."""
    for name, values in (("recency", np.linspace(0.0, 480.0, 97).tolist()), ("popularity", range(200))):
        pull = getattr(part, name)
        found = [pull(value) for value in values]
        require(all(isinstance(x, int | float) for x in found), f"{title(part)}.{name} must give numbers.")
        require(bool(np.isfinite(found).all()), f"{title(part)}.{name} must give finite numbers.")
        require(min(found) >= 0.0, f"{title(part)}.{name} must not be negative, but gives {min(found):g}.")
        require(found[0] > 0.0, f"{title(part)}.{name}(0) must be above 0, or nobody reads anything.")
        require(found == [pull(value) for value in values], f"{title(part)}.{name} changes when asked again.")


def background_arrives(part: Ranking) -> None:
    """Background posts take places as the ranking would have it: their law rises from nothing."""
    law = chatter_law(part, 48.0)
    rises = bool((np.diff(law) >= 0.0).all()) and law[0] >= 0.0 and law[-1] <= 1.0 + 1e-12
    require(rises, f"{title(part)} gives background posts no law of arrival.")


PART_CHECKS: tuple[Callable[[Any], None], ...] = (frozen, written_and_read, digest_tells, declared)
RUN_CHECKS: tuple[Callable[[Any], None], ...] = (
    replicates_share,
    saved_and_continued,
    order_of_people,
    threads_do_not_matter,
)
INTERVENTION_CHECKS: tuple[Callable[[Any], None], ...] = (
    *PART_CHECKS,
    levers_are_known,
    levers_are_declared,
    zero_is_absence,
    memory_is_arrays,
    order_of_plan,
    *RUN_CHECKS,
)
RANKING_CHECKS: tuple[Callable[[Any], None], ...] = (
    *PART_CHECKS,
    pulls_are_numbers,
    background_arrives,
    *RUN_CHECKS,
)


# --- small runs ------------------------------------------------------------------------------------


class _NoLevers(FeedSpread):
    """A spread rule on which nothing can be done."""

    levers = frozenset()


def small(plan: Plan = (), ranking: Ranking | None = None, **changes: Any) -> Scenario:
    """A small scenario with people of every role, in which much happens."""
    graph = erdos_renyi(PEOPLE, mean_degree=8.0, seed=3)
    graph = graph.with_attributes(key=7.0 * np.arange(PEOPLE) + 5.0)
    people = Population(
        graph=graph,
        sharing=0.15,
        patients=0.2,
        providers=0.15,
        peer_supporters=0.1,
        moderators=0.05,
        fact_checkers=0.05,
        influencers=0.05,
        super_spreaders=0.05,
    )
    about = {"posting": Posting(public=0.5, patient=0.5), "accurate_share": 0.6}
    plain: dict[str, Any] = {
        "topics": [Topic(name="one", **about), Topic(name="two", **about)],
        "platforms": [
            Platform(name="a", posts_per_session=6, **({} if ranking is None else {"ranking": ranking})),
            Platform(name="b", posts_per_session=4, membership=0.7, ranking=ranking or Interest()),
        ],
        "days": 2.0,
        "warm_up": 0.5,
        "interventions": tuple(plan),
    }
    return Scenario(population=people, **{**plain, **changes})


def world_with(part: Part) -> Scenario:
    """A small scenario in which the part is at work."""
    return small(ranking=part) if isinstance(part, Ranking) else small((part,))  # type: ignore[arg-type]


def begun(scenario: Scenario, part: Part, **words: int) -> Run:
    """A run at its start."""
    with told(part):
        return Run(scenario, seed=1, **words)


def finished(scenario: Scenario, part: Part, **words: int) -> pd.DataFrame:
    """The table of a whole run."""
    run = begun(scenario, part, **words)
    try:
        with told(part):
            return run.finish().table
    finally:
        run.close()


def stepped(scenario: Scenario, part: Part, **words: int) -> Iterator[Run]:
    """A run, after each of its steps."""
    run = begun(scenario, part, **words)
    for _ in range(scenario.warm_up_steps + scenario.steps):
        with told(part):
            run.step()
        yield run


def levers_used(run: Run) -> set[str]:
    """Levers that differ from their baselines in this step, or whose deeds were counted."""
    levers, counts = run.world.levers, run.world.state.counts
    posts = counts["posts"]
    used = {
        "labels": levers.label_sight.value.any() or counts["labels_given"].any(),
        "corrections": counts["corrections_made"].any(),
        "posts": posts[..., -1].any(),
        "support": counts["support_contacts"].any(),
    }
    for name in ("sharing", "posting", "sessions", "accuracy_weight", "inoculation", "reach"):
        lever = getattr(levers, name)
        used[name] = bool((lever.value != lever.baseline).any())
    return {name for name, was in used.items() if was}


# --- helpers ---------------------------------------------------------------------------------------


def require(condition: bool, sentence: str) -> None:
    """Raise AssertionError with one sentence, also where Python runs without its asserts."""
    if not condition:
        raise AssertionError(sentence)


def title(part: Part) -> str:
    """How a part is called in a sentence."""
    return part.key if isinstance(part, FunctionIntervention) else type(part).__name__


def written(part: Part) -> dict[str, Any] | None:
    """The part as plain data; None for a function, which cannot be written down."""
    try:
        return part.to_dict()
    except NotWritableError:
        return None


def varied(part: Checked, name: str) -> Iterator[Checked]:
    """The part with other values of one parameter, as far as examples suit it."""
    for value in EXAMPLES:
        try:
            other = part.but(**{name: value})
        except InfodemicError:
            continue
        if getattr(other, name) != getattr(part, name):
            yield other


def differing(one: pd.DataFrame, other: pd.DataFrame) -> list[str]:
    """Measures that are not the same, bit for bit, in two tables."""
    names = [name for name in one.columns if name != "value"]
    require(one[names].equals(other[names]), "two runs of one scenario give tables of different shape.")
    left, right = one["value"].to_numpy(float), other["value"].to_numpy(float)
    return sorted(set(one["measure"][left.view(np.uint64) != right.view(np.uint64)]))


def same(part: Part, reason: str, one: pd.DataFrame, other: pd.DataFrame) -> None:
    """Two tables must hold the same bits."""
    changed = differing(one, other)
    require(not changed, f"{title(part)} depends on the {reason}: it changes {changed[:3]}.")


@contextmanager
def told(part: Part) -> Iterator[None]:
    """An error during a run, as one sentence about the part."""
    try:
        yield
    except Exception as error:
        raise AssertionError(f"{title(part)} fails in a small run: {type(error).__name__}: {error}") from error


@contextmanager
def small_pieces() -> Iterator[None]:
    """Readers are spread over threads in pieces of 16, where a small run would have only one."""
    rows, feed_runner.ROWS = feed_runner.ROWS, 16
    try:
        yield
    finally:
        feed_runner.ROWS = rows
