# %% [markdown]
# # 07. Calibrate to real cascades
#
# **You learn** how to infer a parameter from what was observed, to carry what stays unknown into a
# comparison, and to ask whether the model then agrees with what it was *not* fitted to.
#
# The evidence is real. The budget is a toy, so that the notebook takes seconds: a real calibration takes many
# more runs, and a model with more in it (see the end).

# %%
from statistics import NormalDist

import numpy as np
import pandas as pd

import infodemic_sim as ids

# %% [markdown]
# ## What was seen
#
# Shu and others (2020) collected 252,787 posts that linked to news which Politifact had judged. How far was a
# post on fake news passed on? These are the shares of posts whose cascade had at least 2, 10 and 50 posts,
# and 95 % intervals from drawing articles with replacement, because posts on one article share its fate
# (`experiments/calibration_cascades`).

# %%
sizes = [2, 10, 50]
shares = np.array([0.128, 0.0177, 0.0043])
low = np.array([0.113, 0.0149, 0.0034])
high = np.array([0.144, 0.0210, 0.0053])

# %% [markdown]
# ## A model of one parameter
#
# Whoever sees a post passes it on with some chance: an independent cascade. What chance? Evidence is a class
# with two methods: `observed` gives the numbers and their errors, `simulated` the same numbers of one run.
# The parameter is to be inferred from the first number alone (`fitted`); the other two are predictions.
#
# Posts may differ in appeal: then their chances lie around the mean as a log-normal law has it. With a spread
# of zero all posts are alike.


# %%
class Passed(ids.calibration.Evidence):
    """Shares of cascades of at least 2, 10 and 50 posts."""

    appeal_spread: float = ids.param(0.0, ge=0, doc="Spread of the log-normal appeal of posts.")

    def observed(self):
        """Numbers, errors, intervals, and which of them parameters are inferred from."""
        names = tuple(f"{size} posts or more" for size in sizes)
        errors = (high - low) / (2 * 1.96)
        return ids.calibration.Observed(
            names, shares, np.diag(errors**2), low, high, fitted=np.array([True, False, False])
        )

    def simulated(self, scenario, draw):
        """The same shares among 2,000 cascades of posts of 20 appeals."""
        network, rule = scenario.population.graph.build(), scenario.spread
        z = np.array([NormalDist().inv_cdf((k + 0.5) / 20) for k in range(20)])
        appeals = np.exp(self.appeal_spread * z - self.appeal_spread**2 / 2)
        found = []
        for number, chance in enumerate(np.minimum(1.0, rule.chance * appeals)):
            alike = rule.but(chance=float(chance))
            found.append(alike.sizes(network, seed=draw % 2**62 + number, replicates=100))
        return np.array([(np.concatenate(found) >= size).mean() for size in sizes])


# %% [markdown]
# The question names a scenario, the parameter with what is thought possible of it, and the evidence. The
# network is a recipe (`ids.graphs.ScaleFree`) instead of a network, so that the calibration can write down
# what it was asked.


# %%
network = ids.graphs.ScaleFree(people=1_000, mean_degree=20.0, seed=1)
today = ids.Scenario(
    population=ids.Population(graph=network),
    spread=ids.IndependentCascade(starters=1),
    days=20.0,
    warm_up=0.0,
    hours_per_step=24.0,
)


def question(appeal_spread):
    """Which chance of passing on agrees with the evidence?"""
    return ids.Calibration(
        scenario=today,
        parameters={"spread.chance": {"low": 0.004, "high": 0.02, "scale": "log"}},
        evidence=Passed(appeal_spread=appeal_spread),
        particles=16,
        generations=3,
        seed=1,
    )


alike = ids.calibrate(question(0.0), "out/alike", predictions=10)
print(f"{alike.progress.runs.sum()} runs")
alike.summary().round(4)

# %% [markdown]
# The table tells what is known of the parameter now: its mean, and the range that holds it with 90 %.
# `width_left` is how much of the width before the evidence is left.

# %%
ids.plots.posterior_figure(alike)

# %% [markdown]
# ## Does the model agree?
#
# It should, where it was fitted. What of the other two numbers?

# %%
ids.plots.agreement_with_evidence(alike).figure

# %% [markdown]
# Filled: fitted; hollow: predicted. Where all posts are alike, large cascades are far too rare: the model is
# wrong in this, whatever the value of its parameter. That is worth more than a good fit: it says that
# something is missing.
#
# Is it that some posts appeal more than others?

# %%
differing = ids.calibrate(question(1.0), "out/differing", predictions=10)
ids.plots.agreement_with_evidence(differing).figure

# %%
both = [
    posterior.check().assign(posts=name)
    for name, posterior in {"alike": alike, "differing": differing}.items()
]
pd.concat(both)[["posts", "number", "used", "observed", "ours", "inside"]].round(4)

# %% [markdown]
# A few posts of high appeal make large cascades, which one chance for all posts cannot. The table says which
# of the predictions lie inside their intervals now, and so what is still missing.
#
# ## Carry on what is not known
#
# A comparison at the best value would be too sure. `draws` gives a value for each replicate, drawn from what
# is known; intervals then hold chance and ignorance. What would inoculation of everybody do to a rumour that
# 20 people start?

# %%
rumour = today.but(spread=ids.IndependentCascade(starters=20))
plan = rumour.but(interventions=[ids.Inoculation(when=ids.Once(day=0))])
comparison = ids.compare(
    {"today": rumour, "inoculation": plan}, replicates=20, seed=1, draws=alike.draws(20, seed=1)
)
ids.plots.trajectories(comparison, "misinformed").figure

# %% [markdown]
# ## The real thing
#
# The package brings two calibrations of the feed model: against these cascades (it needs the tables of Shu
# and others), and against four trials. They take far longer: `infodemic calibrate cascades`. This is
# what they ask:

# %%
for name in ("cascades", "trials"):
    print(name)
    for path, given in ids.read_calibration(name).priors().items():
        print(f"    {path}: {given.low:g} to {given.high:g}")

# %% [markdown]
# ## Exercises
#
# **Exercise 1.** Check the calibration on data of which you know the truth: put shares that the model itself
# gives at a chance of 0.01 in the place of those that were seen. Does the 90 % range hold 0.01?

# %% tags=["hide-cell"]
truth = today.but(spread=ids.IndependentCascade(chance=0.01))
kept = shares, low, high
shares = Passed(appeal_spread=1.0).simulated(truth, 99)
low, high = shares - 0.01, shares + 0.01
found = ids.calibrate(question(1.0), "out/known", predictions=10).summary().iloc[0]
shares, low, high = kept
print(f"90 % range {found.q05:.4f} to {found.q95:.4f}: holds 0.01: {found.q05 <= 0.01 <= found.q95}")

# %% [markdown]
# **Exercise 2.** For posts on real news the shares were 0.157, 0.0258 and 0.0071 (95 %: 0.137 to 0.176,
# 0.0208 to 0.0316, 0.0053 to 0.0092). Calibrate to these. Is the chance of passing on higher than for fake
# news?

# %% tags=["hide-cell"]
shares = np.array([0.157, 0.0258, 0.0071])
low, high = np.array([0.137, 0.0208, 0.0053]), np.array([0.176, 0.0316, 0.0092])
real = ids.calibrate(question(1.0), "out/real", predictions=10)
shares, low, high = kept
print(f"real {real.summary()['mean'][0]:.4f}, fake {differing.summary()['mean'][0]:.4f}")

# %% [markdown]
# **Exercise 3.** How many runs did each generation of the first calibration make to keep 16? How many points
# of equal weight are these worth at the end?

# %% tags=["hide-cell"]
print(f"{len(alike.points)} points are worth {alike.effective:.1f} of equal weight")
alike.progress
