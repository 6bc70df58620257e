# %% [markdown]
# # 03. Your own network
#
# **You learn** how to read a network from a file, add what you know about its people, look at it, and use it
# in a scenario; and how to find out whether its shape matters.

# %%
from pathlib import Path

import infodemic_sim as ids

# %% [markdown]
# ## A file of ties
#
# The usual file has a line for each tie: two names. So that this notebook needs no download, the next cell
# writes such a file; put your own in its place. Packed files (.gz), GraphML, GEXF, GML, Pajek, Matrix Market
# and JSON are read too. Use networks without names: numbers will do.

# %%
example = ids.planted_communities(350, sizes=[90, 110, 150], mean_degree=12, homophily=0.99, seed=1)
lines = [f"{v} {u}" for v in range(example.n) for u in example.followees(v) if v < u]
folder = Path("out")
folder.mkdir(exist_ok=True)
(folder / "ties.txt").write_text("\n".join(lines))
print(*lines[:4], sep="\n")

# %%
graph = ids.read_graph(folder / "ties.txt")
print(ids.graphs.describe(graph))

# %% [markdown]
# Always look at this table first. *Changes* tells what the reader left out, such as ties that stood there
# twice. A file does not say what its lines mean: here they are friendships, both ways. With `directed=True`
# the line `u v` says that u sees v.
#
# ## What is known about people
#
# A second table may tell more about each person. Its first column is the name used in the file of ties.

# %%
areas = ["north"] * 90 + ["south"] * 110 + ["coast"] * 150
rows = [f"{person},{area}" for person, area in enumerate(areas)]
(folder / "people.csv").write_text("\n".join(["person,area", *rows]))
graph = ids.graphs.read_attributes(graph, folder / "people.csv")
graph

# %% [markdown]
# ## A scenario on it
#
# `subgroups` names the columns by which results are told apart. The file does not say who is a patient and
# who a health professional, so these are drawn at random with the shares that `Population` is given; a column
# of roles could say it (`role_column`).

# %%
people = ids.Population(graph=graph, providers=0.03, subgroups=["area", "literacy"])
today = ids.Scenario(population=people, days=10.0, warm_up=4.0, primary="credence")
north = ids.Inoculation(who=ids.Subgroup(partition="area", part="north"), when=ids.Once(day=0))
comparison = ids.compare(
    {"today": today, "inoculate the north": today.but(interventions=[north])}, replicates=5, seed=1
)
effects = comparison.effects()
where = effects[(effects.measure == "discernment") & effects.subgroup.str.startswith("area=")]
where[["plan", "subgroup", "baseline", "difference", "low", "high"]].round(4)

# %% [markdown]
# People of the north tell true from false better; others do not, as nobody else took part. What does this do
# to what people of the north believe?

# %%
ids.plots.trajectories(comparison, "credence", subgroup="area=north", difference=True).figure

# %% [markdown]
# ## Does the shape matter?
#
# A null model has the same people with as many ties each, but joined at random. If a result is the same
# there, then the shape of your network (its groups, its friends of friends) had no part in it.

# %%
mixed = ids.rewired(graph, keep="degrees", seed=1)
rumour = ids.MakiThompson(starters=3)
figure = ids.plots.new_figure(7, 3)
ax = figure.add_subplot()
for name, network in {"your network": graph, "same ties each, mixed": mixed}.items():
    reached = [100 * rumour.run(network, seed=1, replicate=k).reached / network.n for k in range(100)]
    ax.hist(reached, bins=20, range=(0, 100), alpha=0.6, label=name)
ax.set_xlabel("People who heard a rumour (%)")
ax.set_ylabel("Runs")
ax.legend(frameon=False)
figure

# %% [markdown]
# ## Names stay inside
#
# A network may hold real people. Ask it questions about populations, never about persons. Results hold shares
# and counts; names of the file appear in none of them, and `keep_labels=False` forgets them once attributes
# are joined.
#
# ## Exercises
#
# **Exercise 1.** You have a network of `networkx`. Which function takes it, and how many ties has the karate
# club?

# %% tags=["hide-cell"]
import networkx

club = ids.from_networkx(networkx.karate_club_graph())
print(ids.graphs.describe(club))

# %% [markdown]
# **Exercise 2.** Read the file once more so that `u v` means that u follows v. What share of ties is
# returned?

# %% tags=["hide-cell"]
follows = ids.read_graph(folder / "ties.txt", directed=True)
print("returned:", ids.graphs.describe(follows).reciprocity)

# %% [markdown]
# **Exercise 3.** Does it help more to teach the most followed people than as many drawn at random? Compare
# `ids.MostFollowed(share=0.1)` with `ids.Sample(people=35)` as `who` of `ids.Seeding`. Intervals of two plans
# that overlap do not answer this: both have the same luck, so ask for their own difference (`ids.contrasts`).

# %% tags=["hide-cell"]
whom = {"at random": ids.Sample(people=35), "most followed": ids.MostFollowed(share=0.1)}
plans = {name: today.but(interventions=[ids.Seeding(who=who)]) for name, who in whom.items()}
taught = ids.compare({"today": today, **plans}, replicates=12, seed=1)
apart = ids.contrasts(taught, {"most followed": {"at random": 1.0}})
apart = apart[apart.outcome == "primary"].iloc[0]
print(f"most followed less random: {apart.difference:.4f} ({apart.low:.4f} to {apart.high:.4f}) of credence")
ids.plots.effects_ranked(taught.effects(), "credence").figure
