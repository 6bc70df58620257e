# %% [markdown]
# # 06. Sweep and sensitivity
#
# **You learn** how to run a plan under many conditions at once, how such a study goes on after it was
# stopped, and how to find out which of the numbers that nobody knows exactly would change your conclusion.

# %%
import infodemic_sim as ids

# Steps of three hours instead of one: coarser, but quick enough for a notebook.
town = ids.scale_free(300, mean_degree=16, triads=1.0, seed=1)
people = ids.Population(graph=town, providers=0.04)
scenario = ids.Scenario(
    population=people,
    interventions=[ids.Inoculation(when=ids.Once(day=0)), ids.ProviderCorrection()],
    days=6.0,
    warm_up=2.0,
    hours_per_step=3.0,
    primary="credence",
)

# %% [markdown]
# ## A sweep
#
# A *study* runs its plans at every point of a *design*. The design names parameters by their path in the
# scenario; a grid tries each value with each other. Here: does inoculation help more if more people take
# part, and does it matter how strongly misinformation persuades?

# %%
study = ids.Study(
    scenario=scenario,
    plans={"today": [], "inoculation": ["inoculation"], "corrections": ["provider_correction"]},
    design=ids.Grid(
        parameters={
            "interventions.inoculation.uptake": [0.2, 0.5, 0.9],
            "spread.persuasion_claim": [0.55, 1.2],
        }
    ),
    replicates=6,
    seed=1,
)
results = ids.sweep(study, "out/study")
effects = results.effects("credence")

# %%
inoculation = effects[effects.plan == "inoculation"].rename(
    columns={"interventions.inoculation.uptake": "uptake", "spread.persuasion_claim": "persuasion"}
)
ids.plots.heat_map(inoculation, "credence", rows="persuasion", columns="uptake").figure

# %% [markdown]
# Each cell is the change in credence with its 95 % interval; bold numbers exclude zero. Look across: from
# left to right more people take part. Look down: misinformation persuades more.
#
# Not all of these were run one by one. Where the design changes nothing that a plan depends on, its runs are
# used again:

# %%
design = results.design
print(f"{len(design)} runs in the design, {design.run.nunique()} different ones were made")

# %% [markdown]
# ## It goes on where it stopped
#
# The results are files in the folder `out/study`. The same call makes what is missing, and no more; so a
# study of days on a cluster may be stopped at any time. Called again, there is nothing left to do:

# %%
made = []
again = ids.sweep(study, "out/study", progress=lambda finished, total: made.append(finished))
print("runs made now:", len(made))

# %% [markdown]
# ## What matters?
#
# A grid of ten parameters with three values each has almost 60,000 points. *Screening* needs far fewer.
# Morris' method walks through the space of all parameters, changing one at a time, and looks how much the
# outcome moves. `declared` is the range that the sources of a default leave open.

# %%
question = ids.Sensitivity(
    scenario=scenario,
    plans={"today": [], "corrections": ["provider_correction"]},
    parameters={
        "spread.persuasion_claim": "declared",
        "spread.persuasion_correction": "declared",
        "population.trust_providers": {"low": 0.25, "high": 0.75},
    },
    number=4,
    replicates=2,
    seed=1,
)
answer = question.run("out/what_matters")
change = "corrections − today"
ids.plots.sensitivity_bars(answer.table, change, "credence").figure

# %% [markdown]
# A bar says how far the *effect of corrections* moves, on average, when the parameter takes a large step. The
# longest bar is where better knowledge is worth most. Does it turn the conclusion? The tornado shows the
# effect at both ends of each range.

# %%
ids.plots.tornado(answer.table, change, "credence").figure

# %%
print(*answer.sentences(), sep="\n")

# %% [markdown]
# So few runs of so small a town only screen. For a study that is published, take many more (`number`,
# `replicates`), on several cores (`workers`), or from the command line: `infodemic sweep` and `infodemic
# sensitivity` take the same as files.
#
# ## Exercises
#
# **Exercise 1.** Draw the same heat map for the plan *corrections*. Why do all columns show the same?

# %% tags=["hide-cell"]
corrections = effects[effects.plan == "corrections"].rename(
    columns={"interventions.inoculation.uptake": "uptake", "spread.persuasion_claim": "persuasion"}
)
ids.plots.heat_map(corrections, "credence", rows="persuasion", columns="uptake").figure
# Nobody is inoculated under this plan, so the uptake of it cannot matter: these are the same runs.

# %% [markdown]
# **Exercise 2.** Fill the space of two parameters evenly with `ids.LatinHypercube` in place of the grid: six
# points, `population.providers` from 0.01 to 0.08 and `population.trust_providers` from 0.25 to 0.75. Is the
# effect of corrections larger where there are more providers? Two intervals that overlap leave this open; but
# replicates have the same luck at all points, so the difference between points can be taken in each of them.

# %% tags=["hide-cell"]
spread_out = ids.LatinHypercube(
    number=6,
    seed=1,
    parameters={
        "population.providers": {"low": 0.01, "high": 0.08},
        "population.trust_providers": {"low": 0.25, "high": 0.75},
    },
)
filled = study.but(
    design=spread_out, plans={"today": [], "corrections": ["provider_correction"]}, replicates=12
)
swept = ids.sweep(filled, "out/filled")
values = swept.values("credence").pivot_table("value", ["replicate", "population.providers"], "plan")
change = 100 * (values["corrections"] - values["today"]).unstack()  # a row for each replicate
more = change.iloc[:, 3:].mean(axis=1) - change.iloc[:, :3].mean(axis=1)
mean, either = more.mean(), 2.2 * more.sem()  # Student's t for 12 replicates
print(f"many providers less few: {mean:.2f} ({mean - either:.2f} to {mean + either:.2f}) percentage points")
found = swept.effects("credence").sort_values("population.providers")
found[["population.providers", "difference", "low", "high"]].round(4)

# %% [markdown]
# **Exercise 3.** Ask the files in SQL: what is the mean credence at the end of each plan?

# %% tags=["hide-cell"]
results.query(
    "SELECT plan, avg(value) AS credence FROM design JOIN runs USING (run) "
    "WHERE measure = 'credence' AND platform = 'all' AND topic = 'all' AND subgroup = 'all' GROUP BY plan"
)
