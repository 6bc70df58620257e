"""Random parts of every built-in kind, made from what the parameters declare."""

from functools import cache
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from hypothesis import strategies as st
from pydantic.fields import FieldInfo

from infodemic_sim.errors import ParameterError
from infodemic_sim.graphs import (
    ConfigurationModel,
    ErdosRenyi,
    GraphFile,
    PlantedCommunities,
    Rewired,
    ScaleFree,
    SimsomGraph,
    SmallWorld,
)
from infodemic_sim.health import Arrivals
from infodemic_sim.interventions import Capacity, Intervention, WorkingHours
from infodemic_sim.interventions.foreseen import Ground, mistakes
from infodemic_sim.interventions.hours import WEEK
from infodemic_sim.interventions.policy import PolicyIntervention
from infodemic_sim.interventions.when import Between, Once
from infodemic_sim.interventions.who import Everyone, Nobody, Role, Rows
from infodemic_sim.mistakes import parts_in
from infodemic_sim.params import Part, bounds
from infodemic_sim.population import LITERACY, ROLES, TrustShift
from infodemic_sim.scenario import MECHANISMS, OF_PLATFORMS, Scenario
from infodemic_sim.scenario_file.kinds import kind_in
from infodemic_sim.society.recommenders import FriendOfFriend, Mix, Popular, SimilarBelief
from infodemic_sim.spread.feed import FeedSpread
from infodemic_sim.spread.seir import SEIR
from infodemic_sim.spread.sir import SIR
from infodemic_sim.spread.sis import SIS

IN_HOURS = [name for name in Capacity.model_fields if name.startswith("hours")]
IN_ACTS = [name for name in Capacity.model_fields if name not in IN_HOURS]
ONE_BY_ONE = (FriendOfFriend, SimilarBelief, Popular)
"""Recommenders that a mix may hold."""
SEEDS = st.integers(0, 2**63 - 1)
TEXT = st.one_of(
    st.text(max_size=12), st.sampled_from(["no", "1e-3", "null", "0o17", " a ", "# x", "*a", "y"])
)


@cache
def any_of(part: type[Part]) -> st.SearchStrategy[Any]:
    """Parts of one class."""
    if part in SPECIAL:
        return SPECIAL[part]
    return fields_of(part).map(lambda fields: made(part, fields)).filter(lambda found: found is not None)


def made(part: type[Part], fields: dict[str, Any]) -> Part | None:
    """A part; None where its parameters do not go together."""
    if issubclass(part, PolicyIntervention):  # for all or for nobody
        fields["who"] = Everyone() if len(repr(fields["who"])) % 2 else Nobody()
        fields["uptake"] = float(fields["uptake"] > 0.5)
    if issubclass(part, Intervention):
        fields["capacity"] = suiting(part, fields["capacity"])
    try:
        return part(**fields)
    except ParameterError:
        return None


def suiting(part: type[Intervention], capacity: Capacity) -> Capacity:
    """A capacity without the limits of single people that mean nothing for an intervention."""
    odd = [
        name
        for name in capacity.given
        if ("per_actor" in name and part.counted_by)
        or (name.startswith("hours_per_actor") and not part.staff)
    ]
    return capacity.but(**dict.fromkeys(odd))


def fields_of(part: type[Part], /, **fixed: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    """Values of every parameter of a part; those of some may be given."""
    free = {name: field for name, field in part.model_fields.items() if name not in fixed}
    return st.fixed_dictionaries(
        {name: values(field.annotation, field) for name, field in free.items()} | fixed
    )


def values(annotation: Any, field: FieldInfo) -> st.SearchStrategy[Any]:
    """Valid values of a parameter."""
    if type(None) in get_args(annotation):
        inner = [choice for choice in get_args(annotation) if choice is not type(None)]
        return st.none() | values(inner[-1], field)
    if get_origin(annotation) is Annotated and not list(parts_in(annotation)):
        return values(get_args(annotation)[0], FieldInfo.from_annotation(annotation))
    if get_origin(annotation) is tuple:
        return st.lists(values(get_args(annotation)[0], field), max_size=3).map(tuple)
    if get_origin(annotation) is Union and not list(parts_in(annotation)):
        return st.one_of(*(values(choice, field) for choice in get_args(annotation)))
    if get_origin(annotation) is Literal:
        return st.sampled_from(get_args(annotation))
    if kind := kind_in(annotation):
        return st.sampled_from(kind.built_in).flatmap(any_of)
    if parts := list(parts_in(annotation)):
        return any_of(parts[0])
    return {int: integers, float: floats, bool: lambda _: st.booleans(), str: lambda _: TEXT}[annotation](
        field
    )


def integers(field: FieldInfo) -> st.SearchStrategy[int]:
    limits = bounds(field)
    low = limits.get("ge", limits.get("gt", -1001) + 1)
    return st.integers(int(low), int(limits.get("le", limits.get("lt", low + 1001) - 1)))


def floats(field: FieldInfo) -> st.SearchStrategy[float]:
    limits = bounds(field)
    return st.floats(
        limits.get("ge", limits.get("gt")),
        limits.get("le", limits.get("lt")),
        exclude_min="gt" in limits,
        exclude_max="lt" in limits,
        allow_nan=False,
        allow_infinity=False,
    )


def planted(sizes: list[int], **rest: Any) -> PlantedCommunities:
    return PlantedCommunities(people=sum(sizes), sizes=tuple(sizes), **rest)


def between(days: tuple[float, float]) -> Between:
    return Between(min(days), max(days))


def scenario(fields: dict[str, Any]) -> Scenario:
    """Names are made different, what interventions name and need is there, since they must."""
    rule = fields["spread"]
    for many in ("topics", "platforms"):
        fields[many] = fields[many] if rule.feed else fields[many][:1]
    if not rule.feed:
        fields |= dict.fromkeys(MECHANISMS)
        fields["topics"] = tuple(part.but(false_posts=1.0) for part in fields["topics"])
        fields["platforms"] = tuple(
            part.but(spaces=None, forwarding=None, ties=True) for part in fields["platforms"]
        )
    mechanisms = {name: fields[name] for name in MECHANISMS if fields[name] is not None}
    levers = rule.levers.union(*(part.levers for part in mechanisms.values()))
    levers -= {lever for lever, part in OF_PLATFORMS.items() if getattr(fields["platforms"][0], part) is None}
    fields["interventions"] = [part for part in fields["interventions"] if part.needs <= levers]
    if fields["primary"] in rule.unmeasured:
        fields["primary"] = "misinformed"
    for many in ("topics", "platforms", "interventions"):
        fields[many] = tuple(part.but(name=f"{part.name} {k}") for k, part in enumerate(fields[many]))
    fields["platforms"] = tuple(
        part.but(horizon=max(24.0, part.horizon), longest_step=None) for part in fields["platforms"]
    )
    there = {"topic": fields["topics"][0].name, "platform": fields["platforms"][0].name}
    plan = [
        renamed(part, there).but(who=renamed(part.who, there), when=renamed(part.when, there))
        for part in fields["interventions"]
    ]
    names = ("population", "topics", "platforms", "days", "hours_per_step")
    ground = Ground(**{name: fields[name] for name in names})
    fields["interventions"] = tuple(part for part in plan if not list(mistakes(part, ground)))
    fields |= {name: renamed(part, there) for name, part in mechanisms.items()}
    if fields["epidemic"] is not None and fields["behaviour"] is None:
        fields["epidemic"] = fields["epidemic"].but(efficacy=0.0, contact_reduction=0.0)
    return Scenario(**fields)


def renamed(part: Any, there: dict[str, str]) -> Any:
    """A part that names topics and platforms which are there, where it names any."""
    return part.but(**{kind: name for kind, name in there.items() if getattr(part, kind, None) is not None})


DAY = st.floats(0, 99)
HOUR = st.floats(0, 24)
LIMITS, WORK = st.none() | st.integers(0, 9), st.none() | st.sampled_from([0.0, 1e300])
SPECIAL: dict[type[Part], st.SearchStrategy[Any]] = {
    ConfigurationModel: st.builds(
        ConfigurationModel,
        degrees=st.lists(st.sampled_from([0, 2, 4]), min_size=5, max_size=9).map(tuple),
        seed=SEEDS,
    ),
    ErdosRenyi: st.builds(
        ErdosRenyi,
        people=st.integers(9, 2**31 - 1),
        mean_degree=st.floats(0, 8),
        directed=st.booleans(),
        seed=SEEDS,
    ),
    Arrivals: st.builds(Arrivals, path=st.sampled_from(["/a b/é.csv", "/arrivals.csv.gz"])),
    GraphFile: fields_of(
        GraphFile,
        path=st.sampled_from(["/a b/é.txt", "/net.csv"]),
        attributes=st.just("/people.csv") | st.none(),
    ).map(lambda fields: GraphFile(**fields)),
    PlantedCommunities: st.builds(
        planted,
        st.lists(st.integers(5, 99), min_size=2, max_size=4),
        mean_degree=st.floats(0, 1),
        homophily=st.floats(0, 1),
        directed=st.booleans(),
        seed=SEEDS,
    ),
    ScaleFree: st.builds(
        ScaleFree,
        people=st.integers(20, 10**6),
        mean_degree=st.floats(2, 9),
        triads=st.floats(0, 1),
        seed=SEEDS,
    ),
    SimsomGraph: st.builds(
        SimsomGraph,
        people=st.integers(20, 10**6),
        mean_degree=st.integers(1, 9),
        closure=st.floats(0, 1),
        seed=SEEDS,
    ),
    SmallWorld: st.builds(
        SmallWorld,
        people=st.integers(20, 10**6),
        mean_degree=st.sampled_from([2, 4, 6]),
        rewiring=st.floats(0, 1),
        seed=SEEDS,
    ),
    Between: st.tuples(DAY, DAY).map(between),
    Once: st.builds(Once, day=DAY),
    Capacity: st.one_of(
        st.builds(Capacity, **dict.fromkeys(IN_ACTS, LIMITS)),
        st.builds(Capacity, **dict.fromkeys(IN_ACTS, LIMITS), **dict.fromkeys(IN_HOURS, WORK)),
    ),
    WorkingHours: st.tuples(HOUR, HOUR)
    .filter(lambda hours: hours[0] != hours[1])
    .flatmap(
        lambda hours: st.builds(
            WorkingHours,
            start=st.just(min(hours)),
            stop=st.just(max(hours)),
            weekdays=st.lists(st.sampled_from(WEEK), min_size=1, max_size=3).map(tuple),
            day_0=st.sampled_from(WEEK),
        )
    ),
    TrustShift: st.sampled_from(
        [("role", role) for role in ROLES] + [("literacy", level) for level in LITERACY]
    ).flatmap(
        lambda named: fields_of(TrustShift, partition=st.just(named[0]), part=st.just(named[1])).map(
            lambda fields: TrustShift(**fields)
        )
    ),
    Rows: st.builds(Rows, people=st.integers(9, 99), rows=st.lists(st.integers(0, 8), max_size=3).map(tuple)),
    Mix: st.sampled_from([(0.25, 0.75), (0.5, 0.5), (1.0, 0.0), (0.0, 0.4, 0.6)]).flatmap(
        lambda shares: st.builds(
            Mix,
            of=st.tuples(*(st.sampled_from(ONE_BY_ONE).flatmap(any_of) for _ in shares)),
            shares=st.just(shares),
        )
    ),
    Role: st.sampled_from(ROLES).map(lambda role: Role(role=role)),
}
SPECIAL[Rewired] = st.one_of(
    fields_of(Rewired, keep=st.sampled_from(["degrees", "nothing"]), column=st.none()),
    fields_of(Rewired, keep=st.just("communities"), column=TEXT),
).map(lambda fields: Rewired(**fields))
CHANCE = st.floats(0, 1)  # a rate, too
for rule, chances in {SIR: 2, SIS: 2, SEIR: 3}.items():
    names = ("transmission", "recovery", "incubation")[:chances]
    SPECIAL[rule] = fields_of(rule, **dict.fromkeys(names, CHANCE)).map(
        lambda fields, rule=rule: rule(**fields)
    )
TOPIC, PLATFORM = (next(parts_in(Scenario.model_fields[many].annotation)) for many in ("topics", "platforms"))
SPREAD = Scenario.model_fields["spread"]
SPECIAL[Scenario] = fields_of(
    Scenario,
    spread=any_of(FeedSpread) | values(SPREAD.annotation, SPREAD),  # of few other rules there is much to say
    topics=st.lists(any_of(TOPIC), min_size=1, max_size=2).map(tuple),
    platforms=st.lists(any_of(PLATFORM), min_size=1, max_size=2).map(tuple),
    days=st.integers(1, 99).map(float),
    warm_up=st.integers(0, 9).map(float),
    primary=st.sampled_from(["misinformed", "credence", "false_share"]),
    hours_per_step=st.sampled_from([0.25, 1.0, 24.0]),
).map(scenario)
scenarios = SPECIAL[Scenario]
