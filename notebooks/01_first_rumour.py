# %% [markdown]
# # 01. A first outbreak of rumour
#
# **You learn** how to make a network of people, let a rumour run over it, and see what is chance and what is
# not. You need to know nothing but how to run a cell: click on it and press Shift and Enter.

# %%
import infodemic_sim as ids

# %% [markdown]
# ## People and their ties
#
# A network says who sees whom. Networks of people have friends of friends who are friends, and a short way
# from anybody to anybody. The *small world* of Watts and Strogatz has both: everybody knows their neighbours
# on a ring, and a few ties lead far away. `seed` fixes what is drawn at random, so that you and your
# neighbour get the same.

# %%
town = ids.small_world(1_000, mean_degree=10, rewiring=0.1, seed=1)
print(ids.graphs.describe(town))

# %% [markdown]
# ## A rumour
#
# In the rule of Maki and Thompson (1973) there are three kinds of people. *Ignorants* have not heard the
# rumour. *Spreaders* tell it, to one person after the other. A spreader who meets somebody who knows it
# already finds that it is no news any more, and becomes a *stifler*, who tells it to nobody.

# %%
rumour = ids.MakiThompson(starters=5, contacts=2.0)
run = rumour.run(town, seed=1)
print(f"{run.reached} of {town.n} people heard the rumour. It was over after {run.steps} days.")

# %%
figure = ids.plots.new_figure(7, 3.5)
ax = figure.add_subplot()
curves = run.table()
for status, colour in {"ignorant": "black", "spreader": "tab:red", "stifler": "tab:blue"}.items():
    ax.plot(curves.index, curves[status], color=colour, label=status)
ax.set_xlabel("Days")
ax.set_ylabel("People")
ax.legend(frameon=False)
figure

# %% [markdown]
# The number of spreaders rises while most people they meet have not heard the rumour, and falls when most
# have. It dies out by itself although some people never hear it: those who could have told them have lost
# interest.
#
# ## What is chance?
#
# That was one run. Another run of the same rumour in the same town differs, as people happen to meet others.
# `replicate` numbers the runs.

# %%
runs = [rumour.run(town, seed=1, replicate=number) for number in range(100)]
shares = [100 * one.reached / town.n for one in runs]

figure = ids.plots.new_figure(7, 3)
ax = figure.add_subplot()
ax.hist(shares, bins=25, color="tab:blue")
ax.set_xlabel("People who heard the rumour (%)")
ax.set_ylabel("Runs")
figure

# %% [markdown]
# A single run may lie anywhere in this picture. So a single run answers no question: always look at many.
#
# ## What mathematics says
#
# Where everybody can meet everybody, and there are very many people, the share who never hear the rumour is
# known exactly. Does the simulation agree?

# %%
everybody = ids.complete_graph(1_000)
left = [
    1 - ids.MakiThompson(starters=1).run(everybody, seed=1, replicate=k).reached / 1_000 for k in range(100)
]
print(
    f"never heard it: simulated {100 * sum(left) / len(left):.1f} %, "
    f"computed {100 * ids.theory.rumour_ignorants():.1f} %"
)

# %% [markdown]
# Close, and not equal: there are a thousand people, not infinitely many, and a hundred runs. Notebook 05 says
# when such a difference is too large.
#
# ## Where does the network come in?
#
# In the same town with the same ties, but with more of them leading far away:

# %%
figure = ids.plots.new_figure(7, 3.5)
ax = figure.add_subplot()
for rewiring in (0.0, 0.01, 0.1, 1.0):
    place = ids.small_world(1_000, mean_degree=10, rewiring=rewiring, seed=1)
    reached = [100 * rumour.run(place, seed=1, replicate=k).reached / place.n for k in range(30)]
    ax.plot([str(rewiring)] * len(reached), reached, "o", alpha=0.3, color="tab:blue")
    ax.plot([str(rewiring)], [sum(reached) / len(reached)], "_", markersize=30, color="black")
ax.set_xlabel("Share of ties that lead far away")
ax.set_ylabel("People who heard the rumour (%)")
figure

# %% [markdown]
# Each dot is a run, each bar a mean. Among neighbours alone a rumour soon meets people who know it, and dies
# where it began. Ties that lead far away carry it to people who have not heard it.
#
# ## Exercises
#
# **Exercise 1.** Let 50 people start instead of 5. Do ten times as many people hear the rumour?

# %% tags=["hide-cell"]
for starters in (5, 50):
    many = [ids.MakiThompson(starters=starters).run(town, seed=1, replicate=k).reached for k in range(50)]
    print(f"{starters} start: {sum(many) / len(many):.0f} people hear it on average")

# %% [markdown]
# **Exercise 2.** People are more patient: they stop after three failed contacts (`failures=3`). How many
# people never hear the rumour where everybody can meet everybody, in the simulation and by
# `ids.theory.rumour_ignorants(3)`?

# %% tags=["hide-cell"]
patient = ids.MakiThompson(starters=1, failures=3)
never = [1 - patient.run(everybody, seed=2, replicate=k).reached / everybody.n for k in range(100)]
print(
    f"simulated {100 * sum(never) / len(never):.2f} %, computed {100 * ids.theory.rumour_ignorants(3):.2f} %"
)

# %% [markdown]
# **Exercise 3.** In the rule of Daley and Kendall (`ids.DaleyKendall`) two spreaders who meet both lose
# interest. Do fewer people hear the rumour than in that of Maki and Thompson?

# %% tags=["hide-cell"]
for rule in (ids.MakiThompson, ids.DaleyKendall):
    told = [rule(starters=5).run(town, seed=1, replicate=k).reached for k in range(100)]
    print(f"{rule.__name__}: {sum(told) / len(told):.0f} people hear it on average")
