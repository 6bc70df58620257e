"""Random small scenarios whose parameters reach to the ends of their bounds, for Hypothesis."""

from __future__ import annotations

from hypothesis import strategies as st

import infodemic_sim as ids
from infodemic_sim.platforms import Forum, Forwarding, Groups
from tests.identities.small import all_built_in, graph, scenario, topic


def either(*values: float, low: float = 0.0, high: float = 1.0) -> st.SearchStrategy[float]:
    """A number between bounds, or one of the extreme values."""
    return st.one_of(st.sampled_from(values), st.floats(low, high))


RANKINGS = st.one_of(
    st.builds(
        ids.Engagement,
        half_life=either(0.01, 1e4, low=0.1, high=50.0),
        sharpness=either(0.1, 20.0, low=0.5, high=3.0),
    ),
    st.builds(ids.Interest, homophily=either(0.0, 30.0), tie_weight=either(0.0, 1e6)),
    st.just(ids.Chronological()),
    st.builds(ids.SimSoMRanking, appeal_power=either(0.0, 6.0)),
)
PLATFORMS = st.builds(
    ids.Platform,
    name=st.just("a"),
    ranking=RANKINGS,
    membership=either(0.0, 1.0),
    sessions_per_day=either(0.0, 200.0, high=40.0),
    posts_per_session=st.sampled_from([1, 3, 20, 1000]),
    horizon=st.sampled_from([1.0, 6.0, 48.0]),
    timeline_depth=st.sampled_from([1, 2, 4, 64]),
    chatter_per_day=either(0.0, 500.0, high=5.0),
    reshare_rate=either(0.0, 100.0),
    bystanders=either(0.0, 1.0),
)
SPACES = st.one_of(
    st.builds(
        Groups,
        size=either(2.0, 1e6, low=2.0, high=12.0),
        per_person=either(1e-9, 20.0, low=0.5, high=5.0),
        keeps=st.sampled_from([1, 7, 300]),
        to_spaces=either(0.0, 1.0),
        chatter_per_day=either(0.0, 100.0),
        roles=st.sampled_from([(), ("public",), ("influencer",)]),
    ),
    st.builds(Forum, keeps=st.sampled_from([1, 30]), share=either(0.0, 1.0), to_spaces=either(0.0, 1.0)),
)
FORWARDING = st.builds(
    Forwarding,
    wanted=either(1.0, 100.0, low=1.0, high=5.0),
    limit=st.sampled_from([None, 0, 1, 3]),
    often=st.sampled_from([1, 2, 5]),
    limit_often=st.sampled_from([None, 0, 1]),
)
BESIDE = st.fixed_dictionaries({"spaces": SPACES, "forwarding": FORWARDING, "ties": st.booleans()})
"""What the second platform has beside ties, or in their place."""
TOPICS = st.builds(
    topic,
    st.just("one"),
    accurate_share=either(0.001, 0.999, low=0.1, high=0.9),
    spread=either(1e-6, 50.0, low=0.1, high=3.0),
    conviction=either(0.0, 100.0),
    appeal_spread_accurate=either(0.0, 3.0),
    appeal_spread_false=either(0.0, 3.0),
)
RULES = st.builds(
    ids.FeedSpread,
    congruence=either(0.0, 5.0),
    repetition=either(0.0, 5.0),
    isolation_effect=either(0.0, 5.0),
    bound=either(1e-3, 20.0, low=0.1, high=5.0),
    saturation=either(1e-3, 1e6, low=0.1, high=9.0),
    lasting_share=either(0.0, 1.0),
    lasting_half_life=either(0.01, 1e6, low=1.0, high=300.0),
    short_half_life=either(0.01, 1e6, low=1.0, high=300.0),
    reading_half_life=either(0.01, 1e6, low=1.0, high=300.0),
    persuasion_claim=either(0.0, 20.0),
    persuasion_correction=either(0.0, 20.0),
    reactance=either(0.0, 1.0),
    distrust=either(0.0, 1.0),
)
PEOPLE = st.fixed_dictionaries(
    {
        "sharing": either(0.0, 50.0),
        "sharing_spread": either(0.0, 4.0),
        "accuracy_weight": either(0.0, 1.0),
        "credulity": either(-50.0, 50.0, low=-2.0, high=2.0),
        "discernment": either(-50.0, 50.0, low=-2.0, high=2.0),
        "trust_providers": either(1e-6, 1 - 1e-6, low=0.1, high=0.9),
        "bots": st.sampled_from([0.0, 0.2]),
    }
)
BEHAVIOUR = st.builds(
    ids.Behaviour,
    leaning=either(-10.0, 10.0, low=-2.0, high=2.0),
    decisions=either(0.0, 24.0),
    second_thoughts=either(0.0, 24.0),
    lag=either(0.001, 3660.0, low=0.5, high=9.0),
)
EPIDEMIC = st.builds(
    ids.Epidemic,
    transmission=either(0.0, 100.0),
    latent=either(1e-6, 3660.0, low=0.1, high=5.0),
    infectious=either(1e-6, 3660.0, low=0.1, high=5.0),
    starters=st.sampled_from([0, 1, 3, 1000]),
    starts=either(0.0, 1.99, low=0.0, high=2.0),
    efficacy=either(0.0, 1.0),
    contact_reduction=either(0.0, 1.0),
)
AROUND = st.fixed_dictionaries(
    {
        "ties": st.one_of(
            st.none(),
            st.builds(
                ids.ChangingTies,
                unfollowing=either(0.0, 1.0),
                follows_per_day=either(0.0, 24.0),
                recommender=st.sampled_from(
                    [ids.FriendOfFriend(), ids.SimilarBelief(looks=1), ids.Popular(), ids.Mix()]
                ),
                spare_places=st.sampled_from([0, 1, 30]),
            ),
        ),
        "turnover": st.one_of(
            st.none(),
            st.builds(
                ids.Turnover,
                present_at_start=either(0.0, 1.0),
                joining_per_day=either(0.0, 24.0, high=2.0),
                leaving_per_day=either(0.0, 24.0, high=2.0),
            ),
        ),
        "mutation": st.one_of(
            st.none(),
            st.builds(
                ids.Mutation,
                chance=either(0.0, 1.0),
                inherited=either(0.0, 1.0),
                appeal_spread=either(0.0, 3.0),
                turns_false=either(0.0, 1.0),
                turns_accurate=either(0.0, 1.0),
            ),
        ),
        "behaviour": BEHAVIOUR,
        "epidemic": EPIDEMIC,
    }
)


def seeing(part: ids.Intervention, ties: bool) -> ids.Intervention:
    """Peer supporters look along ties where the second platform has any; all else is as it is."""
    return part.but(reaches="spaces") if isinstance(part, ids.PeerSupport) and not ties else part


SCENARIOS = st.builds(
    lambda platform, spaces, beside, about, rule, people, size, plan, around: scenario(
        graph(size, mean_degree=min(6.0, size - 1.0)),
        people=people,
        platforms=(platform.but(spaces=spaces), platform.but(name="b", membership=1.0, **beside)),
        topics=(about, topic("two")),
        spread=rule,
        days=2.0,
        warm_up=0.0,
        interventions=[seeing(part, beside["ties"]) for part in plan],
        **around,
    ),
    PLATFORMS,
    st.one_of(st.none(), SPACES),
    BESIDE,
    TOPICS,
    RULES,
    PEOPLE,
    st.sampled_from([2, 25, 40]),
    st.sampled_from([(), tuple(all_built_in())]),
    AROUND,
)
