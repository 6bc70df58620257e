# %% [markdown]
# # 05. Theory meets simulation
#
# **You learn** how to test a simulation: hold it against results that mathematics knows exactly, say
# beforehand how far chance may take it, and see where theory ends and simulation has to begin.

# %%
import numpy as np

import infodemic_sim as ids

# %% [markdown]
# ## A crowd of eight: the exact law
#
# Of a few people who can all meet one another, the chance of every outcome of a rumour can be computed. If
# the simulation is right, its shares differ from these chances by luck alone. Luck has a size: a share that
# is *p* in truth has the standard error √(*p*(1 − *p*)/*n*) in *n* runs.

# %%
runs, people = 4_000, 8
crowd = ids.complete_graph(people)
rule = ids.MakiThompson(starters=1)
left = [people - rule.run(crowd, seed=5, replicate=k).reached for k in range(runs)]
seen = np.bincount(left, minlength=people) / runs
law = ids.theory.maki_thompson_law(people - 1)
error = np.sqrt(law * (1 - law) / runs)

figure = ids.plots.new_figure(7, 3)
ax = figure.add_subplot()
ax.bar(range(people), law, color="lightgrey", label="exact law")
ax.errorbar(
    range(people), seen, yerr=2 * error, fmt="o", color="tab:blue", label="simulated, ± 2 standard errors"
)
ax.set_xlabel("People who never hear the rumour")
ax.set_ylabel("Share of runs")
ax.legend(frameon=False)
figure

# %%
possible = error > 0
distance = (seen - law)[possible] / error[possible]
print("distances in standard errors:", distance.round(1))
print(f"largest: {abs(distance).max():.1f}")

# %% [markdown]
# Distances of one or two standard errors are what luck does. One of four would happen in fewer than one of
# ten thousand comparisons: then look for a mistake, in the program or in the theory. Fix that limit *before*
# you look; a tolerance that is chosen afterwards tests nothing.
#
# ## A threshold
#
# In an *independent cascade* whoever takes a claim up passes it on along each tie with the same chance *T*.
# Below a critical chance all cascades stay small, above it some reach a large part of the network. Theory
# (Newman 2002) knows both the threshold and the share that a large cascade reaches.

# %%
ties = 4
network = ids.erdos_renyi(5_000, mean_degree=ties, seed=1)
law = ids.theory.DegreeLaw.poisson(ties)
critical = ids.theory.critical_transmissibility(law)
chances = np.linspace(0.1, 0.9, 9)
means, errors = [], []
for chance in chances:
    sizes = ids.IndependentCascade(chance=float(chance)).sizes(network, seed=2, replicates=300) / network.n
    large = sizes[sizes > 0.05]
    means.append(large.mean() if large.size > 1 else np.nan)
    errors.append(large.std(ddof=1) / np.sqrt(large.size) if large.size > 1 else np.nan)

figure = ids.plots.new_figure(7, 3.5)
ax = figure.add_subplot()
fine = np.linspace(0.02, 0.95, 80)
ax.plot(fine, [ids.theory.giant_share(law, t) for t in fine], color="black", label="theory")
ax.errorbar(chances, means, yerr=2 * np.array(errors), fmt="o", color="tab:blue", label="simulated")
ax.axvline(critical, linestyle=":", color="grey")
ax.text(critical, 0.9, " threshold", color="grey")
ax.set_xlabel("Chance of passing it on")
ax.set_ylabel("Share whom a large cascade reaches")
ax.legend(frameon=False, loc="lower right")
figure

# %% [markdown]
# Theory speaks of infinitely many people. Close to the threshold even thousands of people are few, and there
# the dots may leave the line by more than luck.
#
# ## Where theory ends
#
# The formula knows how many ties people have, and nothing else. In a real network friends of friends are
# friends. Take one with groups, and its null model with the same numbers of ties, joined at random:

# %%
grouped = ids.small_world(5_000, mean_degree=4, rewiring=0.05, seed=1)
mixed = ids.rewired(grouped, keep="degrees", seed=1)
for name, place in {"ties joined at random": mixed, "friends of friends are friends": grouped}.items():
    sizes = ids.IndependentCascade(chance=0.6).sizes(place, seed=3, replicates=300) / place.n
    large = sizes[sizes > 0.05]
    share = large.mean() if large.size else 0.0
    said = ids.theory.giant_share(ids.theory.DegreeLaw.of(place), 0.6)
    print(f"{name}: simulated {share:.3f}, theory {said:.3f}")

# %% [markdown]
# With the same ties joined at random theory is right; in the groups it is far off. This is what simulation is
# for: once it agrees with theory where theory holds, one may believe it a step further.
#
# ## Exercises
#
# **Exercise 1.** Repeat the comparison of the crowd of eight with `ids.DaleyKendall` and
# `ids.theory.daley_kendall_law`. What is the largest distance?

# %% tags=["hide-cell"]
rule = ids.DaleyKendall(starters=1)
left = [people - rule.run(crowd, seed=6, replicate=k).reached for k in range(runs)]
seen, law = np.bincount(left, minlength=people) / runs, ids.theory.daley_kendall_law(people - 1)
error = np.sqrt(law * (1 - law) / runs)
print(f"largest distance: {abs((seen - law)[error > 0] / error[error > 0]).max():.1f} standard errors")

# %% [markdown]
# **Exercise 2.** In an epidemic everybody may meet everybody. Draw the curve of infectious people of one run
# of `ids.SIR(time="continuous", transmission=0.5 / 2000, recovery=0.2, starters=20)` on
# `ids.complete_graph(2_000)`, and that of `ids.theory.sir_curves`, over each other.

# %% tags=["hide-cell"]
everybody = ids.complete_graph(2_000)
epidemic = ids.SIR(time="continuous", transmission=0.5 / 2_000, recovery=0.2, starters=20)
run = epidemic.run(everybody, seed=1)
curves = ids.theory.sir_curves(np.arange(run.steps + 1), 0.5, 0.2, 20 / 2_000)
figure = ids.plots.new_figure(7, 3)
ax = figure.add_subplot()
ax.plot(run.table()["infectious"] / everybody.n, label="one run")
ax.plot(curves["time"], curves["infectious"], color="black", label="theory")
ax.set_xlabel("Days")
ax.set_ylabel("Infectious people (share)")
ax.legend(frameon=False)
figure

# %% [markdown]
# **Exercise 3.** A network in which a few people have very many ties (`ids.scale_free(5_000, mean_degree=4,
# seed=1)`) has as many ties as the one above. Is its threshold lower or higher? Use
# `ids.theory.DegreeLaw.of`.

# %% tags=["hide-cell"]
hubs = ids.theory.DegreeLaw.of(ids.scale_free(5_000, mean_degree=4, seed=1))
print(f"with hubs {ids.theory.critical_transmissibility(hubs):.3f}, without {critical:.3f}")
