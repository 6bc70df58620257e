# %% [markdown]
# # 09. A policy brief from start to finish
#
# **You learn** the whole way from a question to a page that one can hand in: the scenario as a file, how sure
# to be, the price, who gains, what rests on assumptions, and the report.

# %%
from pathlib import Path

import infodemic_sim as ids

# %% [markdown]
# ## The question
#
# A health authority of a small town asks: *misinformation on a vaccine goes round. We can let our
# professionals answer, pay for a short film that warns of tricks, or do both. What does it bring, what does
# it cost, and who gains?*
#
# ## The scenario is a file
#
# Others must be able to check and repeat it, so it is written down. What the file leaves out has a declared
# default. `infodemic new` writes one in which every parameter is explained, `infodemic check` says what is
# wrong with it.

# %%
folder = Path("out")
folder.mkdir(exist_ok=True)
(folder / "town.yaml").write_text(
    """
population:
  graph: {type: scale_free, people: 400, mean_degree: 20, triads: 1.0, seed: 1}
  providers: 0.03
topics:
  - name: vaccine
platforms:
  - name: network
interventions:
  - type: provider_correction
    capacity: {per_actor_per_day: 20}
    cost: {minutes: 5}
  - type: inoculation
    when: {type: once, day: 0}
    uptake: 0.6
    cost: {money: 0.05}
days: 10
warm_up: 3
hours_per_step: 3
primary: credence
plans:
  today: []
  providers answer: [provider_correction]
  film: [inoculation]
  both: [provider_correction, inoculation]
""",
    "utf-8",
)
file = ids.read_scenario(folder / "town.yaml")
town, plans = file.scenario, file.plans
plans

# %% [markdown]
# ## How sure?
#
# Decide first how narrow the interval has to be. `until=0.008` adds replicates until the change in credence
# is known to ± 0.8 percentage points for each plan, 10 at least and 15 at most. So nobody can stop when they
# like the result.

# %%
comparison = ids.compare(
    {
        name: town.but(interventions=[part for part in town.interventions if part.key in keys])
        for name, keys in plans.items()
    },
    replicates=15,
    seed=1,
    until=0.008,
)
print(len(comparison.finished), "replicates; narrow enough:", comparison.reached)

# %%
effects = comparison.effects()
ids.plots.comparison_figure(comparison, effects)

# %% [markdown]
# ## Several plans, one answer
#
# Who tries many plans will find one that looks good by luck. `p_adjusted` and the intervals `low_together` to
# `high_together` count how many were tried. Say of a plan that it works if it still does then.

# %%
primary = effects[effects.outcome == "primary"].set_index("plan")
primary[["difference", "low", "high", "low_together", "high_together", "p_adjusted"]].round(5)

# %% [markdown]
# Do the two reinforce or hinder each other? The interaction is what both do together, less what each does
# alone.

# %%
interaction = ids.interactions(comparison, {"both": ("providers answer", "film")})
interaction[interaction.measure == "credence"][["plan", "difference", "low", "high"]].head(1).round(5)

# %% [markdown]
# ## The price
#
# Staff time and money stay apart, as their exchange rate is for those who decide.

# %%
comparison.deeds()[["plan", "intervention", "acts", "people", "staff_minutes", "money"]].round(1)

# %% [markdown]
# ## Who gains?
#
# By health literacy. The *gap* is the credence of those who were best off today less that of those who were
# worst off; a plan that lowers it brings the two nearer to each other.

# %%
equity = comparison.equity("literacy")
equity[["plan", "part", "baseline", "difference", "low", "high"]].round(4)

# %% [markdown]
# ## What must be said beside it
#
# A brief that leaves this out is advertising.

# %%
print(*comparison.notes() or ["The package has nothing to add."], sep="\n")

# %% [markdown]
# - The model is not the town: it holds what its sources and assumptions say, of people who are drawn.
# - Numbers marked `ASSUMED` in the report have no published value. Notebook 06 says how to find out which
#   matter.
# - Ten days are short, and the effect is on belief. What people then do is simulated by `behaviour`, if it is
#   asked for.
#
# ## The report
#
# One page with all of that, its parameters and sources; it opens without a network. The folder holds every
# number, and what is needed to get the same numbers again.

# %%
written = ids.report.write_comparison(comparison, "out/brief", overwrite=True)
print(*(path.name for path in written), sep="\n")

# %% [markdown]
# Open `out/brief/report.html`. Its first two sentences are the answer; check that they say what you would
# say.
#
# ## Exercises
#
# **Exercise 1.** Somebody else gets the folder. How do they load the comparison and see that it has the same
# effects?

# %% tags=["hide-cell"]
loaded = ids.Comparison.load("out/brief")
print("the same:", loaded.effects().equals(effects))

# %% [markdown]
# **Exercise 2.** How strongly the two interventions work is known within ranges only. Compare with
# `draws="declared"`, which draws each strength anew in each replicate. How much wider do the intervals get
# with as many replicates?

# %% tags=["hide-cell"]
as_many = len(comparison.finished)
unsure = ids.compare(comparison.plans, replicates=as_many, seed=1, draws="declared").effects()
wide = unsure[unsure.outcome == "primary"].set_index("plan")
for plan in primary.index:
    ratio = (wide.high - wide.low)[plan] / (primary.high - primary.low)[plan]
    print(f"{plan}: {ratio:.1f} times as wide")

# %% [markdown]
# **Exercise 3.** Write the two sentences of your brief from the table, with intervals, and so that they
# change with the numbers.

# %% tags=["hide-cell"]
best = primary.difference.idxmax()
row, cost = primary.loc[best], comparison.deeds().groupby("plan").staff_minutes.sum()[best]
print(
    f"Of the plans tried, '{best}' raises credence in the accurate position most: "
    f"by {100 * row.difference:.2f} percentage points within {town.days:g} days "
    f"(95 % interval {100 * row.low:.2f} to {100 * row.high:.2f})."
)
print(f"It takes {cost / 60:.1f} hours of staff; what the model assumes stands in the report.")
