"""Do groups of patients help those in them, and what do moderators change?

python -m experiments.support_groups --workers 2
"""

from matplotlib.figure import Figure

import infodemic_sim as ids
from experiments.common import Experiment, Size, Tables, conduct, town

MEMBERS = ("patient", "caregiver", "peer_supporter", "moderator")
GROUPS = ids.Platform(
    name="groups",
    ties=False,
    spaces=ids.Groups(roles=MEMBERS, size=25.0, per_person=1.5, keeps=64),
    horizon=168.0,
    posts_per_session=10,
    sessions_per_day=2.0,
    bystanders=0.9,
)
"""Groups of about 25, in which posts stand for a week."""
PATIENTS = "role=patient"
OUTCOMES = ("isolation", "wellbeing", "misinformed")
IN_GROUPS = ("exposures_false_spaces", "exposures_accurate_spaces")


def plans(size: Size) -> dict[str, ids.Scenario]:
    """Without groups, patients tell their experience on the network; with them, in the groups."""
    plain = town(size)
    people = plain.population.but(
        patients=0.15, caregivers=0.1, peer_supporters=0.02, moderators=0.02, subgroups=("role",)
    )
    alone = plain.but(
        population=people, experiences=ids.Experiences(), wellbeing=ids.Wellbeing(), primary="isolation"
    )
    groups = alone.but(
        platforms=[*alone.platforms, GROUPS], experiences=ids.Experiences(platform=GROUPS.name)
    )
    support = ids.PeerSupport(reaches="spaces", platform=GROUPS.name)
    moderation = ids.GroupModeration(uptake=1.0)
    return {
        "no groups": alone,
        "groups": groups,
        "groups, moderators": groups.but(interventions=[moderation]),
        "groups, peer support": groups.but(interventions=[support]),
        "groups, peer support, moderators": groups.but(interventions=[support, moderation]),
    }


def tables(comparison: ids.Comparison) -> Tables:
    """What changes for patients against no groups; what groups carry, and what moderators change about it."""
    effects = comparison.effects()
    patients = effects[effects["measure"].isin(OUTCOMES) & (effects["subgroup"] == PATIENTS)]
    patients = patients[(patients["platform"] == "all") & (patients["topic"] == "all")]
    against = {plan: {"groups": 1.0} for plan in comparison.names if plan.startswith("groups,")}
    contrasts = ids.contrasts(comparison, against)
    carried = contrasts[contrasts["measure"].isin((*IN_GROUPS, "support_contacts", "staff_minutes"))]
    carried = carried[(carried[["platform", "topic", "subgroup"]] == "all").all(axis=1)]
    return {"support_groups": patients, "in_groups": carried}


def figure(found: Tables) -> Figure:
    drawing = ids.plots.new_figure(12, 6)
    axes = drawing.subplots(2, 2).ravel()
    patients = found["support_groups"].assign(subgroup="all")  # the figure says that they are patients
    for ax, measure in zip(axes, OUTCOMES, strict=False):
        ids.plots.effects_ranked(patients, measure, ax)
        ax.set_title("of patients, against no groups", loc="left", fontsize=9)
    ids.plots.effects_ranked(found["in_groups"], "exposures_false_spaces", axes[3])
    axes[3].set_title("against groups alone", loc="left", fontsize=9)
    axes[3].locator_params(axis="x", nbins=4)
    return drawing


EXPERIMENT = Experiment("support_groups", Size(2_000, 60, 12), plans, tables, figure)

if __name__ == "__main__":
    conduct(EXPERIMENT)
