# %% [markdown]
# # 02. Interventions compared
#
# **You learn** how to describe a town and its social network in a few lines, how to compare what could be
# done about misinformation, and how to read an effect with its interval, its cost and its side effects.

# %%
import infodemic_sim as ids

# %% [markdown]
# ## Today
#
# A *scenario* says who talks about what, where, and by which rule. All that is left out has a declared
# default with a source (`infodemic list parameters` prints them). Here: 500 people who follow 20 others on
# average, of whom 4 in 100 are health professionals; they talk about one health question for eight days.
#
# `primary` is the outcome that leads: *credence*, the mean probability that people give to the accurate
# position. In so small a town it tells more than the share of people who are misinformed, which moves only
# when somebody changes sides.

# %%
town = ids.scale_free(500, mean_degree=20, triads=1.0, seed=1)
people = ids.Population(graph=town, providers=0.04, fact_checkers=0.005)
today = ids.Scenario(population=people, days=8.0, warm_up=3.0, primary="credence")
today

# %% [markdown]
# ## What could be done
#
# A *plan* is the same scenario with interventions. Each intervention says who, when, how many and at what
# cost; see `ids.ProviderCorrection?` for its parameters.

# %%
plans = {
    "today": today,
    "providers correct": today.but(
        interventions=[ids.ProviderCorrection(capacity=ids.Capacity(per_actor_per_day=20))]
    ),
    "accuracy prompts": today.but(interventions=[ids.AccuracyPrompt()]),
    "inoculation": today.but(interventions=[ids.Inoculation(when=ids.Once(day=0), uptake=0.5)]),
    "warning labels": today.but(interventions=[ids.WarningLabel(recall=0.5)]),
}
comparison = ids.compare(plans, replicates=6, seed=42)

# %% [markdown]
# The first plan is the baseline. Each of the six replicates is one possible course of events. All five plans
# live through the same six: the same people meet the same posts with the same luck, as far as the plan does
# not change it.
#
# ## The answer
#
# By how much does each plan raise credence in the accurate position?

# %%
effects = comparison.effects()
ids.plots.effects_ranked(effects, "credence").figure

# %% [markdown]
# A row is a plan, the best on top. The mark is the mean change against today, the line its 95 % interval. A
# filled mark: the interval leaves out zero, so this plan does something that chance alone hardly would. A
# hollow mark: one cannot tell yet. Right is better.
#
# When does the change come about?

# %%
ids.plots.trajectories(comparison, "credence", difference=True).figure

# %% [markdown]
# ## Why the same luck for all?
#
# Two runs of the same plan differ because of luck, often by more than two plans do. With the same luck, this
# part cancels. `pairing_gain` tells how many times more replicates would be needed without it.

# %%
primary = effects[effects.outcome == "primary"].set_index("plan")
primary[["difference", "low", "high", "probability_of_benefit", "pairing_gain", "replicates_needed"]].round(4)

# %% [markdown]
# ## Nothing is free
#
# What did each plan cost, and what did it do to accurate posts?

# %%
comparison.deeds()[["plan", "intervention", "acts", "people", "staff_minutes", "money"]].round(1)

# %%
ids.plots.comparison_figure(comparison, effects)

# %% [markdown]
# *Accurate posts lost* counts accurate posts and reshares that people made today and not under the plan, or
# that the plan took from all feeds. A plan that silences false and accurate posts alike would look good in
# the first panel and bad in the last.
#
# ## Exercises
#
# **Exercise 1.** Prompts are about passing on. How many reshares of false posts (`reshares_false`) do they
# spare if a quarter of all people take part (`uptake=0.25`), and if all do? Take 30 replicates: reshares vary
# much. Two intervals that overlap do not say whether plans differ; `ids.contrasts` sets one against another.

# %% tags=["hide-cell"]
uptake = {
    "today": today,
    "a quarter": today.but(interventions=[ids.AccuracyPrompt(uptake=0.25)]),
    "everybody": today.but(interventions=[ids.AccuracyPrompt()]),
}
prompts = ids.compare(uptake, replicates=30, seed=1)
apart = ids.contrasts(prompts, {"everybody": {"a quarter": 1.0}})
apart = apart[(apart.measure == "reshares_false") & (apart.subgroup == "all")].iloc[0]
print(f"everybody less a quarter: {apart.difference:.1f} ({apart.low:.1f} to {apart.high:.1f}) reshares")
ids.plots.effects_ranked(prompts.effects(), "reshares_false").figure

# %% [markdown]
# **Exercise 2.** Providers begin to correct on day 4 instead of day 0 (`when=ids.Between(start=4, stop=8)`).
# How much of their effect on belief is left?

# %% tags=["hide-cell"]
dates = {
    "today": today,
    "from day 0": today.but(interventions=[ids.ProviderCorrection()]),
    "from day 4": today.but(interventions=[ids.ProviderCorrection(when=ids.Between(start=4, stop=8))]),
}
ids.plots.trajectories(ids.compare(dates, replicates=12, seed=1), "credence", difference=True).figure

# %% [markdown]
# **Exercise 3.** Does inoculation with an uptake of zero change anything? Look at the largest difference in
# the whole table of effects.

# %% tags=["hide-cell"]
nobody = ids.compare(
    {"today": today, "nobody": today.but(interventions=[ids.Inoculation(uptake=0.0)])}, replicates=2, seed=1
)
print("largest difference of any measure:", nobody.effects().difference.abs().max())
