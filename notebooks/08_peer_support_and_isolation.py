# %% [markdown]
# # 08. Peer support and isolation
#
# **You learn** to look at a benefit and a harm of the same thing: patients who tell one another what they
# live through are less alone, and the groups in which they do so carry misinformation, too.

# %%
import infodemic_sim as ids

# %% [markdown]
# ## Patients, and a place to talk
#
# What a scenario does not name is not simulated. Here we switch on `experiences` (patients and caregivers
# tell what they live through, and others who know it answer) and `wellbeing` (which follows isolation with a
# lag). The groups are a second platform without ties: one reads what stands in the groups one has joined.

# %%
town = ids.scale_free(300, mean_degree=16, triads=1.0, seed=1)
people = ids.Population(
    graph=town, patients=0.2, caregivers=0.1, peer_supporters=0.04, moderators=0.04, subgroups=["role"]
)
alone = ids.Scenario(
    population=people,
    experiences=ids.Experiences(),
    wellbeing=ids.Wellbeing(),
    days=12.0,
    warm_up=3.0,
    hours_per_step=2.0,
    primary="isolation",
)
groups = ids.Platform(
    name="groups",
    ties=False,
    spaces=ids.Groups(roles=["patient", "caregiver", "peer_supporter", "moderator"], size=25.0),
    horizon=168.0,
)
together = alone.but(platforms=[*alone.platforms, groups], experiences=ids.Experiences(platform="groups"))

# %% [markdown]
# ## Three plans
#
# Peer supporters reach out to isolated people in their groups: five contacts a day at most, ten minutes each.
# Moderators take down the false posts that they read there.

# %%
support = ids.PeerSupport(reaches="spaces", platform="groups")
moderation = ids.GroupModeration()
plans = {
    "no groups": alone,
    "groups": together,
    "groups and support": together.but(interventions=[support]),
    "groups, support, moderators": together.but(interventions=[support, moderation]),
}
comparison = ids.compare(plans, replicates=5, seed=1)
effects = comparison.effects()

# %% [markdown]
# ## What patients gain
#
# Isolation is a score from 0 to 1; to the left is better.

# %%
patients = effects[effects.subgroup == "role=patient"].assign(subgroup="all")
ids.plots.effects_ranked(patients, "isolation").figure

# %%
ids.plots.trajectories(comparison, "isolation", subgroup="role=patient", difference=True).figure

# %% [markdown]
# Well-being follows, and later: it has a half-life of its own.

# %%
ids.plots.trajectories(comparison, "wellbeing", subgroup="role=patient", difference=True).figure

# %% [markdown]
# ## What groups carry
#
# False posts that are read in the groups, against groups without support or moderators:

# %%
against = {name: {"groups": 1.0} for name in ("groups and support", "groups, support, moderators")}
carried = ids.contrasts(comparison, against)
ids.plots.effects_ranked(carried, "exposures_false_spaces").figure

# %% [markdown]
# ## One table for all of it
#
# `themes` has a row for each way in which social media touches health care, so that a gain in one place is
# seen beside a loss in another. Here against no groups at all; what the scenario does not simulate has no
# row.

# %%
themes = comparison.themes()
themes = themes[(themes.plan == "groups, support, moderators") & (themes.platform == "all")]
themes[["theme", "measure", "baseline", "difference", "low", "high"]].round(4)

# %%
comparison.deeds()[["plan", "intervention", "acts", "people", "staff_minutes"]].round(1)

# %% [markdown]
# How strongly a contact lowers isolation is known badly: reviews of online support found effects from none
# to moderate, most of them on depression, which stands for isolation here. The default reproduces an effect
# within that range (`infodemic trials`), and `infodemic list interventions` tells the range that is left
# open. So vary it before you believe a conclusion that rests on it.
#
# ## Exercises
#
# **Exercise 1.** What is left of the effect on patients' isolation if a contact works half as well, or not at
# all?

# %% tags=["hide-cell"]
strengths = {
    f"effect {effect:g}": together.but(interventions=[support.but(effect=effect)])
    for effect in (0.045, 0.0225, 0.0)
}
varied = ids.compare({"groups": together, **strengths}, replicates=3, seed=2)
found = varied.effects()
found = found[found.subgroup == "role=patient"].assign(subgroup="all")
print(varied.deeds()[["plan", "acts", "staff_minutes"]])
ids.plots.effects_ranked(found, "isolation").figure
# Contacts that do half as much bring almost as much, at a price: people are offered support as long as
# they stay isolated, so that there are more contacts, and more staff time. And a contact that does nothing
# for the one who is contacted can still become a public account, in which others find themselves again:
# hence the small rest.

# %% [markdown]
# **Exercise 2.** Peer supporters have two hours a day for all of them together
# (`ids.Capacity(hours_per_day=2.0)`). How many contacts is that, and how many are made?

# %% tags=["hide-cell"]
limited = together.but(interventions=[support.but(capacity=ids.Capacity(hours_per_day=2.0))])
deeds = ids.compare({"groups": together, "two hours": limited}, replicates=2, seed=2).deeds()
print(f"possible: {2.0 * 60 / 10 * together.days:.0f} contacts, made: {deeds.acts.iloc[0]:.0f}")

# %% [markdown]
# **Exercise 3.** Does support reach those who are isolated most? Compare its effect on patients, caregivers
# and the public. `comparison.equity("role", "isolation")` sets plans against the first one, in which there
# are no groups, so that what groups do would count as support: take `carried` from above, against groups.

# %% tags=["hide-cell"]
who = carried[(carried.plan == "groups and support") & (carried.measure == "isolation")]
who = who[who.subgroup.isin(["role=patient", "role=caregiver", "role=public"])]
who[["subgroup", "baseline", "difference", "low", "high"]].round(4)
